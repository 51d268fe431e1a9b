"""A slow network: somebody types before the scripts have come."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from local import web
from tests.ticks import tick
from tests.web.conftest import Play
from tests.web.played import MANAGE, ORIGIN, Api, serve


class Late:
    """Scripts that come when told to."""

    def __init__(self, page: Page, site: Path, api: Api) -> None:
        self._held: list[Route] = []
        self._holding, self._site, self._api = True, site, api
        page.route("**/*.js", self._hold)

    def _hold(self, route: Route) -> None:
        if self._holding:
            self._held.append(route)
        else:
            serve(route, self._site, self._api)

    def come(self, page: Page) -> None:
        """Let them come; they have run once this returns."""
        self._holding = False
        for route in self._held:
            serve(route, self._site, self._api)
        page.wait_for_load_state("load")


@pytest.mark.parametrize(
    ("where", "label"),
    [("/", "Prénom et nom"), ("/partenaires.html", "Nom de votre organisme")],
)
def test_what_is_typed_before_the_scripts_come_is_there_after_a_reload(
    play: Play, site: Path, where: str, label: str
) -> None:
    api = Api("verified")

    def visit(page: Page) -> None:
        late = Late(page, site, api)
        page.goto(ORIGIN + where, wait_until="commit")
        page.get_by_label(label).first.fill("Jeanne")
        late.come(page)
        expect(page.get_by_label(label).first).to_have_value("Jeanne")
        page.reload()
        expect(page.get_by_label(label).first).to_have_value("Jeanne")

    play(visit, api)


def test_what_is_not_typed_before_the_scripts_come_keeps_what_the_form_says(
    play: Play, site: Path
) -> None:
    api = Api("verified")

    def visit(page: Page) -> None:
        late = Late(page, site, api)
        page.goto(ORIGIN + "/", wait_until="commit")
        page.get_by_label("Prénom et nom").fill("Jeanne")
        late.come(page)
        expect(page.locator("#submit")).to_be_enabled()
        expect(page.locator("#openings")).to_have_value("1")

    play(visit, api)


def test_a_siret_typed_before_the_scripts_come_is_looked_up(play: Play, site: Path) -> None:
    api = Api("verified")
    api.company = {"verification": "verified", "name": "LE FOURNIL FICTIF", "opco": None}

    def visit(page: Page) -> None:
        late = Late(page, site, api)
        page.goto(ORIGIN + "/", wait_until="commit")
        page.get_by_label("SIRET").first.fill("48744469700428")
        late.come(page)
        expect(page.locator("#siret-messages")).to_contain_text("LE FOURNIL FICTIF")

    play(visit, api)


def test_what_is_typed_before_the_scripts_come_wins_over_an_older_draft(
    play: Play, site: Path
) -> None:
    api = Api("verified")

    def visit(page: Page) -> None:
        page.goto(ORIGIN + "/")
        page.get_by_text("Préciser le besoin").click()
        page.get_by_label("Description").fill("De nuit")
        page.get_by_label("Prénom et nom").fill("Jeanne")
        late = Late(page, site, api)
        page.goto(ORIGIN + "/", wait_until="commit")
        page.get_by_text("Préciser le besoin").click()
        page.get_by_label("Description").fill("De jour")
        tick(page.get_by_label("L’apprenti travaillera à une autre adresse"))
        late.come(page)
        expect(page.get_by_label("Prénom et nom")).to_have_value("Jeanne")
        expect(page.get_by_label("Description")).to_have_value("De jour")
        workplace = page.get_by_label("L’apprenti travaillera à une autre adresse")
        expect(workplace).to_be_checked()
        expect(page.locator("#workplace-fields")).to_be_visible()

    play(visit, api)


def test_no_button_may_be_pressed_before_the_scripts_that_answer_it(play: Play) -> None:
    api = Api("verified")

    def visit(page: Page) -> None:
        page.route("**/*.js", lambda route: route.abort())
        for name in web.PAGES:
            page.goto(f"{ORIGIN}/{name}#token", wait_until="commit")
            expect(page.locator("#pied"), name).to_be_attached()
            for fold in page.locator("summary:visible").all():
                fold.click()
            expect(page.locator("button:visible:enabled"), name).to_have_count(0)

    play(visit, api)


@pytest.mark.parametrize(
    ("where", "label", "button"),
    [
        ("/", "Prénom et nom", "Déposer mon besoin"),
        ("/lien.html", "Votre adresse e-mail, ou le SIRET", "Recevoir mon lien"),
    ],
)
def test_a_form_sent_too_soon_says_to_wait_and_goes_nowhere(
    play: Play, site: Path, where: str, label: str, button: str
) -> None:
    api = Api("verified")

    def visit(page: Page) -> None:
        late = Late(page, site, api)
        page.goto(ORIGIN + where, wait_until="commit")
        page.get_by_label(label).press_sequentially("jeanne@example.org")
        page.get_by_label(label).press("Enter")
        wait = page.locator("button:visible + .waking")
        expect(wait).to_contain_text("S’il reste gris, rechargez la page")
        late.come(page)
        expect(page.get_by_role("button", name=button)).to_be_enabled()
        expect(wait).to_be_hidden()
        expect(page.get_by_label(label)).to_have_value("jeanne@example.org")
        expect(page).to_have_url(ORIGIN + where)

    play(visit, api)


def test_a_metier_typed_before_the_scripts_come_is_looked_for(play: Play, site: Path) -> None:
    api = Api("verified")

    def visit(page: Page) -> None:
        late = Late(page, site, api)
        page.goto(ORIGIN + "/", wait_until="commit")
        page.get_by_role("combobox", name="Métier recherché").press_sequentially("boulang")
        late.come(page)
        found = page.get_by_role("listbox").get_by_role("option", name="Boulanger / Boulangère")
        expect(found).to_be_visible()

    play(visit, api)


def test_the_link_to_the_content_followed_too_soon_does_not_lose_the_link_of_the_mail(
    play: Play, site: Path
) -> None:
    api = Api("verified")

    def visit(page: Page) -> None:
        late = Late(page, site, api)
        page.goto(MANAGE, wait_until="commit")
        page.get_by_role("link", name="Contenu").focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{ORIGIN}/gerer.html#contenu")
        late.come(page)
        expect(page.locator("#offre-a")).to_be_visible()
        expect(page).to_have_url(MANAGE)

    play(visit, api)
