"""Answers that come after another form was opened touch neither it nor its draft, in Chromium."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.web.played import MANAGE, Api, Drive


BAKER = "Boulanger / Boulangère"
METIERS = "**/data/metiers.json"


class Held:
    """Requests that wait to be told to go on."""

    def __init__(self, page: Page, address: str) -> None:
        self._routes: list[Route] = []
        self._page, self._address = page, address
        page.route(address, self._hold)

    def _hold(self, route: Route) -> None:
        self._routes.append(route)

    def answer(self) -> None:
        """Let them go on; they are answered once this returns."""
        while not self._routes:  # the browser tells of a request before it is held
            self._page.wait_for_timeout(50)
        (route,) = self._routes
        with self._page.expect_response(self._address):
            route.fallback()


def _form(page: Page, name: str) -> Locator:
    return page.get_by_role("form", name=re.compile(name))


def _edit(page: Page, offer: str, text: str) -> Locator:
    page.locator(f"#offre-{offer}").get_by_role("button", name="Modifier").click()
    form = _form(page, "Modifier l’offre")
    expect(form.get_by_role("heading", name="Modifier l’offre")).to_be_focused()
    field = form.get_by_label("Description")
    if not field.is_visible():
        form.get_by_text("Préciser le besoin").click()
    field.fill(text)
    return form


def _add(page: Page) -> Locator:
    page.get_by_role("button", name="Déposer un autre besoin").click()
    form = _form(page, "Déposer un autre besoin")
    form.get_by_role("combobox", name="Métier recherché").press_sequentially("boulang")
    form.get_by_role("option", name=BAKER, exact=True).click()
    return form


def _edit_and_send(page: Page) -> None:
    form = _edit(page, "a", "De nuit")
    with page.expect_request("**/api/manage/offers/a"):
        form.get_by_role("button", name="Enregistrer").click()


def _add_and_send(page: Page) -> None:
    form = _add(page)
    with page.expect_request("**/api/recruiters/r1/offers"):
        form.get_by_role("button", name="Déposer ce besoin").click()


SENDINGS = [
    pytest.param("**/api/manage/offers/a", _edit_and_send, "a", "Offre modifiée", id="edit"),
    pytest.param("**/api/recruiters/r1/offers", _add_and_send, "new", "Besoin déposé", id="add"),
]
Send = Callable[[Page], None]


@pytest.mark.parametrize(("address", "send", "offer", "said"), SENDINGS)
def test_an_answer_that_comes_late_leaves_the_form_opened_meanwhile(
    drive: Drive, address: str, send: Send, offer: str, said: str
) -> None:
    def journey(page: Page, _: Api) -> None:
        page.goto(MANAGE)
        held = Held(page, address)
        send(page)
        form = _edit(page, "b", "De jour")
        held.answer()
        expect(page.locator(f"#offre-{offer}")).to_contain_text(said)
        expect(form.get_by_label("Description")).to_have_value("De jour")
        expect(form.get_by_label("Description")).to_be_focused()
        page.reload()
        expect(form.get_by_label("Description")).to_have_value("De jour")
        form.get_by_role("button", name="Ne rien changer").click()
        assert page.evaluate("sessionStorage.getItem('depot.drafts.manage')") is None

    drive(journey)


def test_a_refusal_that_comes_late_marks_nothing_of_another_form(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        error = {"field": "description", "message": "Trop long.", "remedy": "Raccourcissez."}
        refusal = {"code": "invalid", "detail": "", "errors": [error]}
        api.refusals["/manage/offers/a"] = (422, refusal)
        page.goto(MANAGE)
        held = Held(page, "**/api/manage/offers/a")
        _edit_and_send(page)
        form = _edit(page, "b", "De jour")
        held.answer()
        expect(form).to_contain_text("L’autre formulaire n’a pas été enregistré")
        expect(form).not_to_contain_text("Trop long")
        form = _edit(page, "a", "De nuit")
        expect(form.get_by_label("Description")).to_have_value("De nuit")

    drive(journey)


def test_a_form_left_while_the_list_of_metiers_comes_sends_nothing_of_the_next(
    drive: Drive,
) -> None:
    def journey(page: Page, api: Api) -> None:
        held = Held(page, METIERS)
        page.goto(MANAGE)
        page.get_by_role("button", name="Déposer un autre besoin").click()
        first = _form(page, "Déposer un autre besoin")
        with page.expect_request(METIERS):
            first.get_by_role("combobox", name="Métier recherché").fill(BAKER)
        first.get_by_role("button", name="Déposer ce besoin").click()
        expect(first.get_by_role("button", name="Envoi en cours")).to_be_visible()
        form = _edit(page, "c", "De jour")
        held.answer()
        form.get_by_role("button", name="Enregistrer").click()
        expect(page.locator("#offre-c")).to_contain_text("Offre modifiée")
        assert [path for path, _ in api.sent] == ["/manage/offers/c"]

    drive(journey)


def test_a_panel_opened_again_while_it_is_sent_stays(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.goto(MANAGE)
        held = Held(page, "**/api/manage/contact")
        button = page.get_by_role("button", name="Modifier mes coordonnées")
        button.click()
        form = _form(page, "Modifier mes coordonnées")
        form.get_by_label("Prénom et nom").fill("Paul")
        with page.expect_request("**/api/manage/contact"):
            form.get_by_role("button", name="Enregistrer").click()
        button.click()
        form.get_by_label("Prénom et nom").fill("Paule")
        held.answer()
        expect(page.locator("#recruiter-notice")).to_contain_text("C’est enregistré")
        expect(form.get_by_label("Prénom et nom")).to_have_value("Paule")

    drive(journey)
