"""The page people read of an offer, as it is written."""

import os
import re
from datetime import date
from pathlib import Path

import pytest
from markupsafe import escape

from depot.domain.employer.provenance import Provenance
from depot.domain.feed.record import OfferRecord, record_of
from depot.feed.public import page_path
from local.web import OFFERS
from tests.builders import NOW, PASTRY_COOK, an_offer
from tests.pages import pages, posting_of
from tests.world import days


GOLDEN = Path(__file__).parents[1] / "golden" / "pages"
HOSTILE = (
    '</script><script>alert("1")</script> & <b onclick=x> {{ 7 * 7 }} {% raw %} ]]> &amp; =1+1'
)


def unverified() -> OfferRecord:
    record = record_of(an_offer())
    hidden = dict.fromkeys(
        ("name", "legal_name", "address", "postcode", "city", "insee_code", "naf", "latitude")
    )
    return record.model_copy(update={"workplace": record.workplace.model_copy(update=hidden)})


def full() -> OfferRecord:
    chamber = Provenance(role="chambre", organisation="CMA Dordogne (fictive)")
    return record_of(
        an_offer(
            description="Nous cherchons quelqu’un de matinal.\nFournil de trois personnes.",
            level="3",
            openings=2,
            start_on=date(2027, 1, 4),
            other_metiers=(PASTRY_COOK,),
        ).model_copy(update={"provenance": chamber, "updated_at": NOW + days(2)})
    )


PAGES = {
    "offer": lambda: pages().offer(full()),
    "offer-to-verify": lambda: pages().offer(unverified()),
    "gone": lambda: pages().gone(),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was_read_and_approved(name: str) -> None:
    """Look at what changed, then UPDATE_GOLDEN=1."""
    path, page = GOLDEN / f"{name}.html", PAGES[name]()
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(page)

    assert page.decode() == path.read_text("utf-8")


def test_equal_records_give_equal_pages() -> None:
    assert pages().offer(full()) == pages().offer(full())


def test_what_is_typed_is_shown_and_is_nothing_more() -> None:
    record = record_of(an_offer(description=HOSTILE))
    place = record.workplace.model_copy(update={"name": HOSTILE, "city": HOSTILE})
    page = pages().offer(record.model_copy(update={"title": HOSTILE, "workplace": place})).decode()

    assert page.count("<script") == page.count("</script>") == 1
    assert "<b onclick" not in page
    assert page.count(str(escape(HOSTILE))) >= 4
    assert posting_of(page.encode())["title"] == HOSTILE


def test_who_deposited_for_a_firm_is_told_as_in_the_feed_and_an_employer_is_not() -> None:
    assert "par CMA Dordogne (fictive)." in pages().offer(full()).decode()
    assert "déposée pour cette entreprise" not in pages().offer(unverified()).decode()


def test_no_address_of_a_person_is_on_a_page() -> None:
    page = pages().offer(record_of(an_offer(description="Écrire à jeanne@example.org")))

    assert b"@example" not in page
    assert "[adresse retirée]".encode() in page


def test_everything_a_search_engine_is_told_people_read_as_well() -> None:
    """Google's rule; facts of a search engine's own form apart."""
    page = pages().offer(full()).decode()
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL)
    said = posting_of(page.encode())
    address = said["jobLocation"]["address"]

    for told in (
        *(
            said["title"],
            said["hiringOrganization"]["name"],
            said["hiringOrganization"]["legalName"],
        ),
        *(address["streetAddress"], address["addressLocality"], address["addressRegion"]),
        *(said["identifier"]["value"], said["industry"].partition(" ")[0]),
        *("01 99 00 12 34", "4 janvier 2027", "21 décembre 2026", "D1102", "CAP, BEP"),
    ):
        assert str(told) in text, told


def test_a_page_needs_no_script_and_one_stylesheet() -> None:
    page = pages().offer(full()).decode()

    assert re.findall(r"<script[^>]*>", page) == ['<script type="application/ld+json">']
    assert re.findall(r'rel="stylesheet" href="([^"]+)"', page) == ["/css/offre.css"]
    assert " style=" not in page
    assert len(page.encode()) < 10_000


def test_what_stands_for_an_offer_that_ended_is_not_indexed_and_says_nothing_of_it() -> None:
    page = pages().gone().decode()

    assert '<meta name="robots" content="noindex">' in page
    assert "n’est plus disponible" in page
    assert 'href="/"' in page


def test_a_page_says_where_it_is() -> None:
    record = full()

    page = pages().offer(record).decode()

    assert f'<link rel="canonical" href="https://depot.example{page_path(record.id)}">' in page


def test_the_templates_are_those_of_the_site() -> None:
    assert set(OFFERS) < set(pages().templates.sources)
