"""The public page of an offer in Chromium, under the policy it is served with; and on paper."""

import gzip
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from depot.domain.feed.record import record_of
from infra.headers import PAGE_HEADERS
from tests.builders import PASTRY_COOK, an_offer
from tests.pages import pages
from tests.web.played import MANAGE, ORIGIN, Api, Drive


LIVE, GONE = f"{ORIGIN}/offres/live", f"{ORIGIN}/offres/gone"
LONG = "Nous cherchons quelqu’un de matinal.\n\n" + "Anticonstitutionnellement" * 8
OFFER = record_of(
    an_offer(
        description=LONG,
        level="7",
        openings=2,
        start_on=date(2027, 1, 4),
        other_metiers=(PASTRY_COOK,),
    )
)
PAGES = {LIVE: pages().offer(OFFER), GONE: pages().gone()}


def serve(route: Route) -> None:
    headers = {**PAGE_HEADERS, "Content-Type": "text/html; charset=utf-8"}
    # As for any page of this origin that browsers do not trust, sent over plain HTTP.
    del headers["Strict-Transport-Security"]
    route.fulfill(body=PAGES[route.request.url], headers=headers)


@pytest.fixture
def read(drive: Drive) -> Callable[[Callable[[Page], None]], None]:
    """Open pages of offers on a phone whose console must stay silent."""

    def run(journey: Callable[[Page], None]) -> None:
        complaints: list[str] = []

        def visit(page: Page, _: Api) -> None:
            page.on("console", lambda said: complaints.append(said.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.route("**/offres/*", serve)
            journey(page)

        drive(visit)
        assert [each for each in complaints if "Cross-Origin-Opener-Policy" not in each] == []

    return run


def test_a_candidate_reads_the_offer_and_calls(read) -> None:
    def journey(page: Page) -> None:
        page.goto(LIVE)
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Boulanger / Boulangère en alternance"
        )
        call = page.get_by_role("link", name="01 99 00 12 34")
        expect(call).to_have_attribute("href", "tel:+33199001234")
        expect(page.get_by_role("main")).to_contain_text("4 janvier 2027")
        expect(page.get_by_role("link", name="Déposez votre besoin")).to_be_visible()

    read(journey)


def test_what_is_told_to_search_engines_is_data_that_the_policy_lets_be(read) -> None:
    """The console of ``read`` is silent: nothing was refused."""

    def journey(page: Page) -> None:
        page.goto(LIVE)
        posting = page.locator('script[type="application/ld+json"]').text_content()
        assert json.loads(posting or "")["title"] == "Boulanger / Boulangère"

    read(journey)


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("url", [LIVE, GONE])
def test_nothing_sticks_out(read, url: str, width: int) -> None:
    def journey(page: Page) -> None:
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    read(journey)


def test_on_paper_are_the_offer_its_phone_and_its_address_alone(read) -> None:
    def journey(page: Page) -> None:
        page.goto(LIVE)
        address = page.get_by_text(f"https://depot.example/offres/{OFFER.id}")
        expect(address).to_be_hidden()
        page.emulate_media(media="print")
        expect(address).to_be_visible()
        expect(page.get_by_text("01 99 00 12 34")).to_be_visible()
        expect(page.get_by_role("contentinfo")).to_be_hidden()
        expect(page.get_by_text("Déposez votre besoin")).to_be_hidden()

    read(journey)


def test_who_comes_too_late_is_told_and_led_on(read) -> None:
    def journey(page: Page) -> None:
        page.goto(GONE)
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Cette offre n’est plus disponible"
        )
        expect(page.get_by_role("link", name="Déposer un besoin")).to_have_attribute("href", "/")

    read(journey)


def test_a_page_is_light(site: Path) -> None:
    whole = [PAGES[LIVE], (site / "css/offre.css").read_bytes(), (site / "icon.svg").read_bytes()]

    assert sum(len(gzip.compress(each, 9)) for each in whole) < 15_000


def test_what_a_page_links_to_is_there(site: Path) -> None:
    for name in ("css/offre.css", "icon.svg", "accessibilite.html", "donnees-personnelles.html"):
        assert f'="/{name}"'.encode() in PAGES[LIVE]
        assert (site / name).is_file()


def test_a_card_leads_to_the_page_of_a_live_offer_alone(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        api.offers[1] |= {"state": "filled", "closed_at": "2026-11-26T09:00:00Z"}
        page.goto(MANAGE)
        online = page.locator("#offre-a").get_by_role("link", name="Voir mon offre en ligne")
        expect(online).to_have_attribute("href", "/offres/a")
        page.get_by_text("1 offre terminée").click()
        expect(page.locator("#offre-b")).to_be_visible()
        expect(page.locator("#offre-b").get_by_text("Voir mon offre en ligne")).to_be_hidden()

    drive(journey)
