"""What is typed on other pages than the manage page outlives a reload too."""

import pytest
from playwright.sync_api import Page, expect

from tests.ticks import tick
from tests.web.played import CFA, CFAS, ORIGIN, Api, Drive


BEGUN = "Voici ce que vous aviez commencé"


def test_an_answer_begun_by_a_centre_is_there_after_a_reload_and_goes_once_sent(
    drive: Drive,
) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{CFA}?action=candidats#token")
        page.get_by_label("Un mot pour l’entreprise").fill("Appelez Claire.")
        page.reload()
        expect(page.locator(".panel")).to_contain_text(BEGUN)
        expect(page.get_by_label("Un mot pour l’entreprise")).to_have_value("Appelez Claire.")
        page.get_by_role("button", name="Oui, nous avons des candidats").click()
        expect(page.get_by_text("C’est noté")).to_be_visible()
        assert api.sent[-1][1]["word"] == "Appelez Claire."
        assert page.evaluate("sessionStorage.length") == 0

    drive(journey)


def test_the_centres_ticked_are_so_after_a_reload_and_not_for_another_offer(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{CFAS}#token")
        tick(page.get_by_label("Bergerac"))
        page.reload()
        expect(page.get_by_label("Bergerac")).to_be_checked()
        expect(page.locator("#count")).to_contain_text("1 ")
        api.choice["offer_id"] = "b"
        page.reload()
        expect(page.get_by_label("Bergerac")).not_to_be_checked()

    drive(journey)


def test_a_need_of_a_partner_firm_is_there_after_a_reload(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.goto(f"{ORIGIN}/partenaires.html")
        page.get_by_text("Un par un, par le formulaire").click()
        page.get_by_label("Adresse e-mail de l’entreprise").fill("jeanne@example.org")
        page.get_by_text("Préciser le besoin").click()
        page.get_by_label("Description").fill("De nuit")
        page.reload()
        expect(page.get_by_label("Adresse e-mail de l’entreprise")).to_have_value(
            "jeanne@example.org"
        )
        expect(page.get_by_label("Description")).to_have_value("De nuit")

    drive(journey)


@pytest.mark.parametrize("where", ["/", "/partenaires.html"])
def test_a_keystroke_taken_back_after_a_reload_drops_nothing(drive: Drive, where: str) -> None:
    def journey(page: Page, _: Api) -> None:
        page.goto(ORIGIN + where)
        if where != "/":
            page.get_by_text("Un par un, par le formulaire").click()
        form = page.locator("#deposit-form")
        email = form.get_by_label("Adresse e-mail")
        email.fill("jeanne@example.org")
        page.reload()
        expect(email).to_have_value("jeanne@example.org")
        email.press("End")
        email.press("x")
        email.press("Backspace")
        page.reload()
        expect(page.locator("#submit")).to_be_enabled()
        expect(email).to_have_value("jeanne@example.org")

    drive(journey)


def test_the_centres_ticked_come_back_once_the_list_can_be_read_again(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{CFAS}#token")
        tick(page.get_by_label("Bergerac"))
        centres = api.choice["centres"]
        api.choice |= {"standing": "no_catalogue", "centres": []}
        page.reload()
        again = page.get_by_role("button", name="Réessayer")
        expect(again).to_be_visible()
        api.choice |= {"standing": "open", "centres": centres}
        again.click()
        expect(page.get_by_label("Bergerac")).to_be_checked()
        expect(page.locator("#count")).to_contain_text("1 ")

    drive(journey)
