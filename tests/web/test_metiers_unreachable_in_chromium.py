"""The list of métiers that does not come: what is said, and how to try again, in Chromium."""

from playwright.sync_api import Page, Route, expect

from tests.web.played import ORIGIN, Api, Drive


METIERS = "**/data/metiers.json"
BAKER = "Boulanger / Boulangère"
UNLOADED = "La liste des métiers n’a pas pu être chargée"


def _type_and_send(page: Page) -> None:
    page.get_by_role("combobox", name="Métier recherché").fill(BAKER)
    page.get_by_role("button", name="Déposer mon besoin").click()


def _never(_: Route) -> None:
    """Answer nothing."""


def _refused(page: Page) -> None:
    expect(page.locator("#summary")).to_contain_text(UNLOADED)
    expect(page.locator("#summary")).not_to_contain_text("Choisissez un métier")
    expect(page.locator("#metier-messages")).to_contain_text("puis réessayez")


def test_a_list_that_cannot_be_loaded_is_told_and_asked_for_again_on_the_next_send(
    drive: Drive,
) -> None:
    def journey(page: Page, _: Api) -> None:
        page.route(METIERS, lambda route: route.abort())
        page.goto(f"{ORIGIN}/")
        _type_and_send(page)
        _refused(page)
        page.unroute(METIERS)
        page.get_by_role("button", name="Déposer mon besoin").click()
        expect(page.locator("#metier-messages")).to_contain_text("Métier choisi")

    drive(journey)


def test_leaving_the_field_does_not_wipe_why_it_has_no_list(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.clock.install()
        page.route(METIERS, lambda route: route.abort())
        page.goto(f"{ORIGIN}/")
        page.get_by_role("combobox", name="Métier recherché").fill(BAKER)
        expect(page.locator("#metier-status")).to_contain_text(UNLOADED)
        page.get_by_label("Prénom et nom").focus()
        page.clock.run_for(2_000)
        expect(page.locator("#metier-status")).to_contain_text(UNLOADED)

    drive(journey)


def test_a_list_that_never_comes_is_not_waited_for_for_ever(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.clock.install()
        page.route(METIERS, _never)
        with page.expect_request(METIERS):
            page.goto(f"{ORIGIN}/", wait_until="commit")
        _type_and_send(page)
        expect(page.get_by_role("button", name="Envoi en cours")).to_be_visible()
        page.clock.run_for(30_000)
        _refused(page)
        expect(page.get_by_role("button", name="Déposer mon besoin")).to_be_enabled()

    drive(journey)
