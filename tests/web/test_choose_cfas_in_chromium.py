"""The choice of training centres, in Chromium."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.ticks import tick
from tests.web.played import CFAS, MANAGE, ORIGIN, Api, Drive, fill_the_deposit, send_the_deposit
from tests.web.shown import a_choice, an_offer


ASKING = "/manage/offers/a/cfas"


def opened(page: Page) -> None:
    page.goto(f"{CFAS}#token")
    expect(page.get_by_role("group", name="Les centres proches")).to_be_visible()


def centre(page: Page, town: str) -> Any:
    return page.get_by_role("checkbox", name=f"fictif de {town}")


def submit(page: Page) -> None:
    page.get_by_role("button", name="Solliciter les centres cochés").click()


def test_two_centres_are_chosen_and_asked_by_the_button_alone(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        opened(page)
        for told in ("Bergerac, à 22 km", "BP Boulanger (niveau bac)", "Prépare exactement"):
            expect(page.get_by_text(told).first).to_be_visible()
        tick(centre(page, "Bergerac"))
        tick(centre(page, "Limoges"))
        expect(page.get_by_text("2 centres cochés, sur 10 possibles.")).to_be_visible()
        assert api.sent == []
        submit(page)
        expect(page.get_by_text("2 centres vont recevoir votre besoin.")).to_be_visible()
        expect(page.get_by_text("encore solliciter 8 centres")).to_be_visible()
        asked = page.get_by_role("region", name="Déjà sollicités")
        expect(asked.get_by_role("listitem")).to_have_count(2)
        expect(centre(page, "Bergerac")).to_have_count(0)
        assert api.sent == [(ASKING, {"version": 1, "sirens": ["000000002", "000000005"]})]

    drive(journey)


def test_a_keyboard_is_enough(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        opened(page)
        page.get_by_role("button", name="Tout cocher").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(centre(page, "Boulazac")).to_be_focused()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.get_by_text("2 centres vont recevoir votre besoin.")).to_be_visible()
        ((_, body),) = api.sent
        assert body["sirens"] == ["000000000", "000000001"]

    drive(journey)


def test_ticking_all_ticks_no_more_than_may_be_asked(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        api.choice |= {"left": 4}
        opened(page)
        page.get_by_role("button", name="Cocher les 4 premiers").click()
        expect(page.get_by_role("checkbox", checked=True)).to_have_count(4)
        tick(centre(page, "Limoges"))
        expect(page.get_by_text("Décochez-en 1.")).to_be_visible()
        submit(page)
        expect(page.locator("#sirens-messages")).to_contain_text("Trop de centres")
        assert api.sent == []
        page.get_by_role("button", name="Tout décocher").click()
        submit(page)
        expect(page.locator("#sirens-messages")).to_contain_text("Aucun centre n’est coché")
        assert api.sent == []

    drive(journey)


def test_what_the_service_refuses_is_said_and_the_ticks_stay(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        opened(page)
        tick(centre(page, "Bergerac"))
        error = {"field": "sirens", "code": "cfa_unfit", "message": "Non.", "remedy": "Relisez."}
        api.refusals[ASKING] = (422, {"code": "invalid", "detail": "", "errors": [error]})
        submit(page)
        expect(page.locator("#sirens-messages")).to_contain_text("Non. Relisez.")
        expect(centre(page, "Bergerac")).to_be_checked()

    drive(journey)


def test_an_offer_that_changed_is_shown_as_it_is_now(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        opened(page)
        tick(centre(page, "Bergerac"))
        current = a_choice(version=2, metier="Pâtissier / Pâtissière")
        problem = {"code": "stale_version", "detail": "", "errors": [], "current": current}
        api.refusals[ASKING] = (409, problem)
        submit(page)
        expect(page.get_by_text("Votre offre a été modifiée")).to_be_visible()
        expect(page.get_by_text("Pâtissier / Pâtissière")).to_be_visible()
        expect(centre(page, "Bergerac")).to_be_checked()
        del api.refusals[ASKING]
        submit(page)
        expect(page.get_by_text("C’est noté")).to_be_visible()
        assert api.sent[-1][1]["version"] == 2

    drive(journey)


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        ("over", "n’est plus en ligne"),
        ("choosing", "c’est en cours"),
        ("full", "c’est le maximum"),
        ("no_place", "Indiquez son adresse"),
        ("no_catalogue", "ne peut pas être lue"),
        ("nobody_near", "Aucun centre à moins de 100"),
        ("all_asked", "ont été sollicités pour cette offre"),
    ],
)
def test_when_nobody_can_be_asked_the_page_says_why_and_shows_who_was(
    drive: Drive, standing: str, said: str
) -> None:
    def journey(page: Page, api: Api) -> None:
        asked = [{"name": "CFA du Lot", "city": "Cahors", "distance_km": 60.0, "state": "sent"}]
        api.choice |= {"standing": standing, "centres": [], "asked": asked}
        page.goto(f"{CFAS}#token")
        expect(page.get_by_text(said)).to_be_visible()
        expect(page.get_by_text("CFA du Lot, Cahors")).to_be_visible()
        expect(page.get_by_role("checkbox")).to_have_count(0)
        again = page.get_by_role("button", name="Réessayer")
        expect(again).to_be_visible(visible=standing == "no_catalogue")
        if standing == "no_catalogue":
            api.choice |= a_choice()
            again.click()
            expect(centre(page, "Bergerac")).to_be_visible()

    drive(journey)


@pytest.mark.parametrize(
    ("link", "said"), [("", "Ouvrez cette page"), ("#no", "Ce lien n’est plus valable")]
)
def test_a_link_that_opens_nothing_says_what_to_do(drive: Drive, link: str, said: str) -> None:
    def journey(page: Page, api: Api) -> None:
        api.refusals[ASKING] = (401, {"code": "link_invalid"})
        page.goto(CFAS + link)
        expect(page.get_by_role("heading", name=said)).to_be_visible()

    drive(journey)


def test_the_choice_is_one_tap_from_its_offer_and_back(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        sent = {"name": "CFA du Lot", "city": "Cahors", "distance_km": 60.0, "state": "sent"}
        api.offers = [
            an_offer("a", ask_cfa=False),
            an_offer("b", cfas=[sent], cfas_left=9),
            an_offer("c", cfas=[sent], cfas_left=0),
            an_offer("d", state="filled"),
        ]
        page.goto(MANAGE)
        page.get_by_text("1 offre terminée").click()
        for unfold in page.get_by_text("Le besoin, l’OPCO, les CFA et les partenaires").all():
            unfold.click()
        blocks = "#offre-{} [data-blocks]"
        expect(page.locator(blocks.format("b")).get_by_role("link")).to_have_text(
            "Solliciter d’autres centres"
        )
        for none in ("c", "d"):
            expect(page.locator(f"#offre-{none}")).to_be_visible()
            expect(page.locator(blocks.format(none)).get_by_role("link")).to_have_count(0)
        page.locator("#offre-a").get_by_role("link", name="Choisir les centres moi-même").click()
        expect(page).to_have_url(f"{CFAS}#token")
        page.get_by_role("link", name="Revenir à mes offres").click()
        expect(page).to_have_url(f"{ORIGIN}/gerer.html#token")
        expect(page.locator("#offre-a")).to_be_visible()

    drive(journey)


def test_after_a_deposit_that_did_not_ask_the_choice_is_one_tap_away(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        fill_the_deposit(page)
        tick(page.get_by_label("Faire connaître mon besoin aux CFA"), ticked=False)
        send_the_deposit(page)
        page.get_by_role("link", name="Faire connaître mon besoin aux CFA").click()
        expect(page).to_have_url(f"{CFAS}#token")
        assert not api.sent[0][1]["offers"][0]["ask_cfa"]
        expect(centre(page, "Bergerac")).to_be_visible()

    drive(journey)


def test_after_a_deposit_that_asked_the_choice_is_not_offered_again(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        del api
        fill_the_deposit(page)
        send_the_deposit(page)
        manage = page.get_by_role("link", name="Gérer mon offre")
        expect(manage).to_have_attribute("href", "/gerer.html#token")
        another = page.get_by_role("link", name="Déposer un autre besoin")
        expect(another).to_have_attribute("href", "/gerer.html?action=ajouter#token")
        expect(page.get_by_role("link", name="Faire connaître mon besoin")).to_be_hidden()

    drive(journey)


def test_nothing_sticks_out_of_a_phone(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        api.choice["centres"][0]["name"] = "InstitutInterprofessionnelDesMétiersDeLAlimentation"
        opened(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390

    drive(journey)
