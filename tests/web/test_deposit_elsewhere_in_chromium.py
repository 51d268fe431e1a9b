"""A need at another address than the firm's, in Chromium."""

from playwright.sync_api import Locator, Page, Route, expect

from tests.ticks import tick
from tests.web.played import Api, Drive, fill_the_deposit, send_the_deposit


def _there(page: Page) -> Locator:
    return page.get_by_role("group", name="Lieu de travail de l’apprenti")


def _elsewhere(page: Page, postcode: str) -> None:
    page.get_by_text("Préciser le besoin").click()
    tick(page.get_by_label("L’apprenti travaillera à une autre adresse"))
    _there(page).get_by_label("Numéro et voie").fill("12 rue du Four")
    _there(page).get_by_label("Code postal").press_sequentially(postcode)


def test_an_address_elsewhere_needs_a_postcode_and_a_choice(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        fill_the_deposit(page)
        _elsewhere(page, "24330")
        _there(page).get_by_label("Commune").select_option("La Douze")
        page.reload()  # the draft holds it
        expect(_there(page).get_by_label("Commune")).to_have_value("La Douze")
        _there(page).get_by_label("Code postal", exact=True).fill("24000")
        expect(_there(page).get_by_label("Commune")).to_have_value("Périgueux")  # the only one
        send_the_deposit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        ((_, body),) = api.sent
        assert body["offers"][0]["workplace"] == {
            "street": "12 rue du Four",
            "postcode": "24000",
            "city": "Périgueux",
        }

    drive(journey)


def test_a_postcode_of_no_commune_is_told_at_once_and_not_sent(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        fill_the_deposit(page)
        _elsewhere(page, "24019")
        said = page.locator("#workplace-postcode-messages")
        expect(said).to_contain_text("à la place d’un code CEDEX")
        send_the_deposit(page)
        expect(page.get_by_text("Un point à corriger")).to_be_visible()
        expect(said).to_contain_text("à la place d’un code CEDEX")
        assert api.sent == []

    drive(journey)


def test_a_commune_is_typed_when_the_list_cannot_be_loaded(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.route("**/data/communes/*", lambda route: route.abort())
        fill_the_deposit(page)
        _elsewhere(page, "24000")
        _there(page).get_by_role("textbox", name="Commune").fill("Périgueux")
        send_the_deposit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        ((_, body),) = api.sent
        assert body["offers"][0]["workplace"]["city"] == "Périgueux"

    drive(journey)


def test_a_commune_is_typed_when_the_list_never_comes(drive: Drive) -> None:
    def never(_: Route) -> None:
        """Answer nothing."""

    def journey(page: Page, _: Api) -> None:
        page.clock.install()
        page.route("**/data/communes/*", never)
        fill_the_deposit(page)
        with page.expect_request("**/data/communes/*"):
            _elsewhere(page, "24000")
        page.clock.run_for(30_000)
        expect(_there(page).get_by_role("textbox", name="Commune")).to_be_visible()

    drive(journey)
