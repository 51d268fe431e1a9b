"""The deposit form in Chromium."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.played import ORIGIN, Api, Drive, fill_the_deposit, send_the_deposit, type_the_oven
from tests.web.shown import SIRET, an_offer


UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def test_a_deposit_needs_no_secure_origin(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        fill_the_deposit(page)
        assert page.evaluate("typeof crypto.randomUUID") == "undefined"
        send_the_deposit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        ((_, body),) = api.sent
        assert UUID4.fullmatch(body["submission_id"])

    drive(journey)


@pytest.mark.parametrize(
    ("verification", "said", "not_said"),
    [
        ("verified", "CFA proches qui préparent à ce métier sont contactés", "une fois votre"),
        (
            "to_verify",
            "CFA proches seront contactés une fois votre SIRET vérifié",
            "sont contactés",
        ),
    ],
)
def test_centres_are_said_to_be_asked_only_when_they_are(
    drive: Drive, verification: str, said: str, not_said: str
) -> None:
    def journey(page: Page, _: Api) -> None:
        fill_the_deposit(page)
        send_the_deposit(page)
        expect(page.get_by_text(said)).to_be_visible()
        expect(page.get_by_text(not_said)).to_be_hidden()

    drive(journey, verification)


def test_a_deposit_whose_link_is_in_the_mail_alone_offers_no_button(drive: Drive) -> None:
    receipt = {"company_name": None, "email": "jeanne@example.org", "verification": "verified"}
    offers = [an_offer("a", ask_cfa=False)]

    def journey(page: Page, api: Api) -> None:
        api.refusals["/recruiters"] = 201, {**receipt, "manage_url": None, "offers": offers}
        fill_the_deposit(page)
        send_the_deposit(page)
        expect(page.get_by_text("Il contient le lien pour gérer votre offre")).to_be_visible()
        expect(page.get_by_text("Gérer mon offre")).to_be_hidden()

    drive(journey)


def test_who_deposits_at_an_address_in_error_is_not_promised_a_mail(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        api.mail_stopped = True
        fill_the_deposit(page)
        send_the_deposit(page)
        expect(page.get_by_text("Nos e-mails à jeanne@example.org reviennent")).to_be_visible()
        expect(page.get_by_role("link", name="Gérer mon offre")).to_be_visible()
        expect(page.get_by_text("Un e-mail part à")).to_be_hidden()
        expect(page.get_by_text("Vous recevrez un rappel")).to_be_hidden()

    drive(journey)


@pytest.mark.parametrize("at_first", ["before", "after"])
def test_a_press_that_breaks_says_so_and_can_be_tried_again(drive: Drive, at_first: str) -> None:
    """Before the request or after its answer: the same content keeps its id."""
    broken = {
        "before": "window.kept = crypto.getRandomValues, crypto.getRandomValues = undefined",
        "after": "window.kept = window.URL, window.URL = undefined",
    }
    mended = {"before": "crypto.getRandomValues = window.kept", "after": "window.URL = window.kept"}

    def journey(page: Page, api: Api) -> None:
        fill_the_deposit(page)
        page.evaluate(f"void ({broken[at_first]})")
        send_the_deposit(page)
        expect(page.get_by_text("Nous n’avons pas pu joindre le service")).to_be_visible()
        page.evaluate(f"void ({mended[at_first]})")
        page.get_by_role("button", name="Réessayer").click()
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        assert len({body["submission_id"] for _, body in api.sent}) == 1

    drive(journey)


def _other(page: Page, typed: str, label: str) -> None:
    page.get_by_role("combobox", name="Autres métiers").press_sequentially(typed)
    page.get_by_role("option", name=label, exact=True).click()


def test_two_other_metiers_are_tags_that_a_press_takes_away(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        fill_the_deposit(page)
        page.get_by_text("Préciser le besoin").click()
        others = page.get_by_role("combobox", name="Autres métiers")
        others.press_sequentially("boulanger / boul")
        proposed = page.locator("#other_metiers-list")
        expect(proposed).to_be_visible()
        # It is the métier looked for.
        assert "Boulanger / Boulangère" not in proposed.locator("li").all_inner_texts()
        others.fill("")
        _other(page, "patissier", "Pâtissier / Pâtissière")
        others.press_sequentially("chocola")
        others.press("ArrowDown")
        others.press("Enter")
        tags = page.get_by_role("list", name="Autres métiers").get_by_role("button")
        expect(tags).to_have_count(2)
        expect(others).to_have_value("")
        others.press_sequentially("glac")
        expect(page.get_by_text("Deux autres métiers au plus")).to_be_visible()
        expect(proposed).to_be_hidden()
        page.get_by_role("button", name="Retirer Pâtissier / Pâtissière").press("Enter")
        expect(tags).to_have_count(1)
        expect(others).to_be_focused()
        page.reload()
        expect(tags).to_have_count(1)  # the draft keeps the tag, and what was typed
        expect(others).to_have_value("glac")
        send_the_deposit(page)
        expect(page.locator("#other_metiers-messages")).to_contain_text("n’est pas ajouté")
        assert api.sent == []
        others.fill("")
        send_the_deposit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        ((_, body),) = api.sent
        assert body["offers"][0]["metier"] == "11573"
        assert body["offers"][0]["other_metiers"] == ["12631"]

    drive(journey)


def test_a_metier_that_cannot_be_apprenticed_says_why_and_is_not_sent(
    drive: Drive,
) -> None:
    def journey(page: Page, api: Api) -> None:
        fill_the_deposit(page)
        metier = page.get_by_role("combobox", name="Métier recherché")
        metier.fill("plongeur en restauration")
        page.get_by_role("option", name="Plongeur / Plongeuse en restauration Pas en").click()
        why = page.locator("#metier-messages")
        expect(why).to_contain_text("ne mène à la plonge en restauration")
        expect(metier).to_have_value("Plongeur / Plongeuse en restauration")
        send_the_deposit(page)
        expect(page.get_by_text("Un point à corriger")).to_be_visible()
        expect(why).to_contain_text("ne mène à la plonge en restauration")
        assert api.sent == []
        metier.fill("boulanger / boulangere")  # a label typed in full is a choice
        send_the_deposit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()

    drive(journey)


def test_the_sheet_of_the_metier_is_shown_on_demand_and_only_if_it_loads(
    drive: Drive,
) -> None:
    def journey(page: Page, _: Api) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{ORIGIN}/")
        metier = page.get_by_role("combobox", name="Métier recherché")
        metier.press_sequentially("boulanger")
        sheet = page.locator("#metier-sheet")
        expect(sheet).to_be_hidden()
        assert not any(url.endswith("/D11.json") for url in asked)
        page.get_by_role("option", name="Boulanger / Boulangère", exact=True).click()
        page.get_by_text("Ce métier en bref").click()
        expect(sheet).to_contain_text("Source : ROME 4.0, France Travail")
        expect(sheet.locator("p").first).to_have_text("Boulanger / Boulangère")
        expect(sheet.locator("[data-definition]")).to_contain_text("pain")
        page.route("**/G18.json", lambda route: route.abort())
        with page.expect_request("**/G18.json"):
            metier.fill("serveur / serveuse")
            metier.press("Tab")
        expect(page.get_by_text("Métier choisi : Serveur / Serveuse")).to_be_visible()
        expect(sheet).to_be_hidden()
        assert sum(url.endswith(".json") and "/assets/" in url for url in asked) == 2

    drive(journey)


def test_a_firm_that_hides_is_shown_by_the_words_of_its_depositor(
    drive: Drive,
) -> None:
    def journey(page: Page, api: Api) -> None:
        api.company = {"verification": "hidden"}
        fill_the_deposit(page)
        expect(page.locator("#siret-messages")).to_contain_text("n’apparaît pas dans les annuaires")
        panel = page.locator("#correction")
        expect(panel).to_have_attribute("open", "")
        expect(panel).to_contain_text("Nom et adresse à publier")
        expect(panel).to_contain_text("l’annuaire des entreprises n’en dit rien")
        required = ("Nom de l’enseigne", "Code postal", "Commune")
        for label in required:
            expect(panel.get_by_label(label)).to_have_attribute("aria-required", "true")
        page.get_by_label("Numéro SIRET").fill("")
        for label in required:
            expect(panel.get_by_label(label)).to_have_attribute("aria-required", "false")
        page.get_by_label("Numéro SIRET").fill(SIRET)
        expect(panel.get_by_label("Commune")).to_have_attribute("aria-required", "true")
        send_the_deposit(page)
        expect(page.get_by_text("2 points à corriger")).to_be_visible()
        assert api.sent == []
        page.get_by_label("Nom de l’enseigne").fill("Dupont Plomberie")
        type_the_oven(page)
        send_the_deposit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        ((_, body),) = api.sent
        assert body["correction"] == {
            "name": "Dupont Plomberie",
            "address": {
                "street": "12 rue du Four",
                "postcode": "24330",
                "city": "Boulazac Isle Manoire",
            },
        }

    drive(journey)


def test_a_firm_found_after_the_deposit_changes_nothing(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/api/companies/**", hold)
        fill_the_deposit(page)
        send_the_deposit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        with page.expect_response("**/api/companies/**"):
            held[0].fulfill(json={"verification": "verified", "name": "TROP TARD", "opco": None})
        expect(page.get_by_text("TROP TARD")).to_have_count(0)

    drive(journey)


def test_a_label_typed_in_full_is_a_choice_even_before_the_list_of_metiers_has_come(
    drive: Drive,
) -> None:
    def journey(page: Page, api: Api) -> None:
        fill_the_deposit(page)
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/data/metiers.json", hold)
        with page.expect_request("**/data/metiers.json"):
            page.reload()
        page.get_by_role("combobox", name="Métier recherché").fill("patissier / patissiere")
        send_the_deposit(page)
        expect(page.get_by_role("button", name="Envoi en cours")).to_be_visible()
        for route in held:
            route.fallback()
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        ((_, body),) = api.sent
        assert body["offers"][0]["metier"] == "17576"

    drive(journey)
