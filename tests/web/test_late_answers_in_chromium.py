"""What comes after its page moved on: a blur, a firm, communes, the list of métiers."""

from playwright.sync_api import Page, Route, expect

from tests.web.played import MANAGE, Api, Drive, fill_the_deposit, send_the_deposit


def test_a_field_that_loses_the_focus_as_its_form_goes_brings_no_draft_back(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.clock.install()
        page.goto(MANAGE)
        page.get_by_role("button", name="Déposer un autre besoin").click()
        page.get_by_role("combobox", name="Métier recherché").press_sequentially("boulang")
        expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
        page.get_by_role("combobox", name="Métier recherché").fill("boulanger / boulangere")
        page.get_by_role("button", name="Ne rien changer").click()
        page.clock.run_for(2_000)
        assert page.evaluate("sessionStorage.length") == 0

    drive(journey)


def test_communes_that_come_after_the_form_was_closed_change_nothing(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/communes/*.json", hold)
        page.goto(MANAGE)
        page.get_by_role("button", name="Corriger le nom ou l’adresse").click()
        form = page.get_by_role("form", name="Corriger le nom ou l’adresse")
        with page.expect_request("**/communes/*.json"):
            form.get_by_label("Code postal").press_sequentially("24330")
        form.get_by_role("button", name="Ne rien changer").click()
        with page.expect_response("**/communes/*.json"):
            held[0].fulfill(json={"24330": ["Boulazac Isle Manoire"]})
        expect(form).to_have_count(0)

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
