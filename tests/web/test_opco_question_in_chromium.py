"""The question of the OPCO in Chromium: asked in the form, and on the manage page."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.ticks import tick
from tests.web.played import MANAGE, Api, Drive, fill_the_deposit, send_the_deposit
from tests.web.shown import an_offer


def _candidates(outcome: str, *candidates: str) -> dict[str, Any]:
    opco = {"outcome": outcome, "candidates": list(candidates)}
    return {"verification": "verified", "name": "AU BON PAIN", "address": None, "opco": opco}


def test_the_form_says_the_opco_when_it_is_known(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        api.company = _candidates("identified", "OPCO EP")
        fill_the_deposit(page)
        expect(page.get_by_text("Votre OPCO : OPCO EP")).to_be_visible()
        expect(page.get_by_text("Quel est votre OPCO")).to_be_hidden()
        page.get_by_label("Numéro SIRET").fill("")
        expect(page.get_by_text("Votre OPCO : OPCO EP")).to_have_count(0)

    drive(journey)


def test_the_form_asks_which_opco_when_several_are_possible_and_keeps_the_answer(
    drive: Drive,
) -> None:
    def journey(page: Page, api: Api) -> None:
        api.company = _candidates("multiple", "AKTO", "OCAPIAT")
        fill_the_deposit(page)
        tick(page.get_by_role("group", name="Quel est votre OPCO").get_by_label("OCAPIAT"))
        page.reload()
        expect(page.get_by_label("OCAPIAT")).to_be_checked()
        send_the_deposit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        ((_, body),) = api.sent
        assert body["opco"] == "OCAPIAT"

    drive(journey)


@pytest.mark.parametrize("answer", [None, "Je ne sais pas"])
def test_not_knowing_ones_opco_is_an_answer(drive: Drive, answer: str | None) -> None:
    def journey(page: Page, api: Api) -> None:
        api.company = _candidates("multiple", "AKTO", "OCAPIAT")
        fill_the_deposit(page)
        expect(page.get_by_label("AKTO")).to_be_visible()
        if answer:
            tick(page.get_by_label(answer))
        send_the_deposit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        assert api.sent[0][1]["opco"] is None

    drive(journey)


def test_the_opco_of_another_firm_is_not_sent(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        api.company = _candidates("multiple", "AKTO", "OCAPIAT")
        fill_the_deposit(page)
        tick(page.get_by_label("AKTO"))
        api.company = _candidates("unknown")
        page.get_by_label("Numéro SIRET").fill("000 090 019 00019")
        expect(page.get_by_text("Quel est votre OPCO")).to_be_hidden()
        send_the_deposit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        assert api.sent[0][1]["opco"] is None

    drive(journey)


def test_an_uncertain_opco_is_chosen_on_the_manage_page(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        opco = {"state": "sent", "names": ["AKTO", "OCAPIAT"], "desk": True, "declarable": True}
        api.offers = [an_offer("a", opco=opco), an_offer("b", opco=opco)]
        api.opco_choices = ["AKTO", "OCAPIAT"]
        page.goto(MANAGE)
        card = page.locator("#offre-a")
        card.get_by_role("button", name="Indiquer mon OPCO").click()
        tick(card.get_by_label("OCAPIAT"))
        card.get_by_role("button", name="Enregistrer").click()
        expect(card).to_contain_text("C’est noté")
        assert api.sent == [("/manage/opco", {"version": 1, "opco": "OCAPIAT"})]
        page.locator("#offre-b").get_by_role("button", name="Indiquer mon OPCO").click()
        expect(page.locator("#offre-b").get_by_label("OCAPIAT")).to_be_checked()

    drive(journey)


def test_a_certain_opco_is_not_to_be_chosen(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.goto(MANAGE)
        expect(page.locator("#offre-a")).to_contain_text("OPCO EP")
        expect(page.get_by_role("button", name="Indiquer mon OPCO")).to_have_count(0)

    drive(journey)
