"""On the card of an offer: where it is."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.web.played import MANAGE, Api, Drive
from tests.web.shown import an_offer


AT = "2026-11-24T09:05:00Z"
URL = "https://partner.example/offres/1"


def step(state: str, **over: Any) -> dict[str, Any]:
    return {"state": state, "at": AT, "url": None, "reason": None, **over}


def partner(name: str, *steps: dict[str, Any], outdated: bool = False) -> dict[str, Any]:
    return {"name": name, "steps": list(steps), "outdated": outdated}


def an_offer_told(*partners: dict[str, Any], **given: Any) -> dict[str, Any]:
    where = {"published_at": "2026-11-23T10:00:00Z", "withdrawn_at": None, "partners": partners}
    return an_offer("a", where=where, **given)


def test_a_card_says_where_the_offer_is_and_leads_there(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        hostile = "<img src=x onerror=alert(1)>"
        api.offers = [
            an_offer_told(
                partner("1jeune1solution", step("refused", reason=hostile)),
                partner("La bonne alternance", step("fetched"), step("shown", url=URL)),
                partner("Parcoursup", step("fetched"), outdated=True),
            )
        ]
        page.goto(MANAGE)
        card = page.locator("#offre-a")
        expect(card.get_by_role("heading", name="Où est mon offre")).to_be_visible()
        expect(card).to_contain_text("Publiée le 23 novembre 2026 à 11\u00a0h\u00a000")
        expect(card).not_to_contain_text("Aucun ne nous a encore dit")
        link = card.get_by_role("link", name="Voir l’annonce sur La bonne alternance")
        expect(link).to_have_attribute("href", URL)
        expect(card).to_contain_text(f"Motif\u00a0: «\u00a0{hostile}\u00a0»")
        assert card.locator("img").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 390

    drive(journey)


def test_a_card_of_which_nobody_spoke_says_so(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.goto(MANAGE)
        card = page.locator("#offre-a")
        expect(card).to_contain_text("Aucun ne nous a encore dit ce qu’il en a fait")

    drive(journey)


def test_a_card_of_an_offer_that_ended_leads_nowhere(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        ended = an_offer_told(partner("Parcoursup", step("shown", url=URL)), state="filled")
        ended["where"]["withdrawn_at"] = "2026-11-25T09:00:00Z"
        api.offers = [ended]
        page.goto(MANAGE)
        card = page.locator("#offre-a")
        card.get_by_text("Le besoin, l’OPCO, les CFA et les partenaires").click()
        expect(card).to_contain_text("Retirée le 25 novembre 2026 à 10\u00a0h\u00a000")
        expect(card).to_contain_text("Son retrait n’est pas encore confirmé")
        expect(card.get_by_role("link", name="Voir l’annonce")).to_have_count(0)

    drive(journey)
