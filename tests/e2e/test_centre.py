"""A training centre, from its mailbox: it answers, it prints nothing, it leaves and comes back."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.e2e.form import fill, send
from tests.e2e.site import Site, eventually
from tests.ticks import tick


pytestmark = pytest.mark.emulator

BOUNCE = Path(__file__).parents[1] / "data" / "ses" / "bounce.json"
BAKERY = "000 090 019 00019"  # in Périgueux


def _deposit(site: Site, page: Page, email: str) -> list[dict[str, Any]]:
    """Deposit on the phone, asking the centres; give their mails about this need."""
    before = {mail["id"] for mail in site.mails("cfa-")}
    page.goto(site.url + "/")
    fill(page, siret=BAKERY, email=email)
    tick(page.get_by_label("Faire connaître mon besoin aux CFA"))
    send(page)
    deposit_anyway = page.get_by_role("button", name=re.compile("Déposer quand même"))
    done = page.get_by_text("Votre besoin est déposé")
    expect(deposit_anyway.or_(done).first).to_be_visible()
    if deposit_anyway.is_visible():
        deposit_anyway.click()
    expect(done).to_be_visible()
    return eventually(
        lambda: [
            mail
            for mail in site.mails("cfa-", "recherche un apprenti")
            if mail["id"] not in before and email in mail["text"]
        ]
    )


def test_a_centre_answers_from_its_mailbox_and_the_employer_reads_it(
    site: Site, page: Page
) -> None:
    email = "apprenti-cfa@example.org"
    asked = _deposit(site, page, email)

    page.goto(f"{site.facts['mailbox']}/{asked[0]['id']}")
    mail = page.frame_locator("iframe")
    with page.expect_popup() as opened:
        mail.get_by_role("link", name="Nous avons des candidats").click()
    answer = opened.value
    expect(answer.get_by_role("link", name="Appeler le 01 99 00 12 34")).to_be_visible()
    answer.get_by_label("Nombre de candidats").fill("2")
    answer.get_by_label("Un mot pour l’entreprise").fill("Deux élèves motivés.")
    answer.get_by_role("button", name="Oui, nous avons des candidats").click()
    expect(answer.locator("#badge")).to_have_text("Vous avez des candidats")
    expect(answer.locator("#poster-code")).not_to_have_js_property("naturalWidth", 0)
    answer.close()

    news = site.mail(email, "a des candidats pour vous")
    assert "Deux élèves motivés." in news["text"]
    page.goto(site.link(email, "Gérer mes offres"))
    card = page.locator("article.offer").first
    expect(card).to_contain_text("a 2 candidats")
    expect(card).to_contain_text("Deux élèves motivés.")
    expect(card.get_by_role("link", name=asked[0]["to"][0])).to_be_visible()


def test_a_centre_that_leaves_in_one_click_is_asked_no_more_until_it_comes_back(
    site: Site, page: Page
) -> None:
    asked = _deposit(site, page, "un-clic@example.org")
    centre = asked[0]["to"][0]
    out = re.search(r"http://\S+/desinscription\.html#(\S+)", asked[0]["text"])
    assert out
    answer = requests.post(
        f"{site.facts['emulator']}/api/cfa/unsubscribe?t={out[1]}",
        data={"List-Unsubscribe": "One-Click"},
        headers={"Host": site.facts["host"]},
        timeout=20,
    )
    assert (answer.status_code, answer.json()["wanted"]) == (200, False)

    second = _deposit(site, page, "deux-clics@example.org")
    assert centre not in {mail["to"][0] for mail in second}

    page.goto(out[0])
    expect(page.get_by_role("heading", name="Vous ne recevez plus")).to_be_visible()
    page.get_by_role("button", name="Me réinscrire").click()
    expect(page.get_by_text("C’est noté")).to_be_visible()


def test_the_address_of_the_header_leads_a_person_to_the_page(site: Site, page: Page) -> None:
    asked = _deposit(site, page, "en-tete@example.org")
    out = re.search(r"http://\S+/desinscription\.html#(\S+)", asked[0]["text"])
    assert out

    page.goto(f"{site.url}/api/cfa/unsubscribe?t={out[1]}")

    expect(page).to_have_url(out[0])
    expect(page.get_by_role("heading", name="Ne plus recevoir ces e-mails")).to_be_visible()


def test_a_mail_that_comes_back_is_seen_on_the_card(site: Site, page: Page) -> None:
    """The emulator's SES puts nothing on the bus, nor lets anybody: the function is handed it."""
    email = "retour@example.org"
    asked = _deposit(site, page, email)
    centre = asked[-1]["to"][0]
    found = re.search(r"/cfa\.html\?action=candidats#\w+\.(\w+)\.(\w+)\.(\w+)\.", asked[-1]["text"])
    assert found
    recruiter, offer, siren = found.groups()
    event = json.loads(BOUNCE.read_text("utf-8"))
    told = event["detail"]
    told["bounce"]["bouncedRecipients"][0]["emailAddress"] = centre
    told["mail"]["tags"] |= {"letter": [f"cfa_need-{offer}-{siren}"], "recruiter": [recruiter]}

    assert site.invoke("expire_offers", event) == {"recorded": True}

    page.goto(site.link(email, "Gérer mes offres"))
    expect(page.locator("article.offer").first).to_contain_text("adresse en erreur")
