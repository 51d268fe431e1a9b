"""What is typed in a panel outlives a reload, another panel and a change made elsewhere."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.web.played import MANAGE, ORIGIN, Api, Drive, type_the_oven
from tests.web.shown import OVEN, an_offer


BEGUN = "Voici ce que vous aviez commencé"


def _form(page: Page, name: str) -> Locator:
    return page.get_by_role("form", name=re.compile(name))


def _edit(page: Page) -> Locator:
    page.locator("#offre-a").get_by_role("button", name="Modifier").click()
    form = _form(page, "Modifier l’offre")
    form.get_by_text("Préciser le besoin").click()
    form.get_by_label("Description").fill("De nuit")
    return form


def _edited(page: Page) -> None:
    form = _form(page, "Modifier l’offre")
    expect(form.get_by_label("Description")).to_have_value("De nuit")
    expect(form.get_by_role("combobox", name="Métier recherché")).to_have_value(
        "Boulanger / Boulangère"
    )


def _add(page: Page) -> Locator:
    page.get_by_role("button", name="Déposer un autre besoin").click()
    form = _form(page, "Déposer un autre besoin")
    form.get_by_role("combobox", name="Métier recherché").fill("boulan")
    return form


def _added(page: Page) -> None:
    field = page.get_by_role("combobox", name="Métier recherché")
    expect(field).to_have_value("boulan")


def _contact(page: Page) -> Locator:
    page.get_by_role("button", name="Modifier mes coordonnées").click()
    form = _form(page, "Modifier mes coordonnées")
    form.get_by_label("Prénom et nom").fill("Paul")
    return form


def _contacted(page: Page) -> None:
    form = _form(page, "Modifier mes coordonnées")
    expect(form.get_by_label("Prénom et nom")).to_have_value("Paul")
    expect(form.get_by_label("Adresse e-mail")).to_have_value("jeanne@example.org")


def _firm(page: Page) -> Locator:
    page.get_by_role("button", name="Corriger le nom ou l’adresse").click()
    type_the_oven(page)
    return _form(page, "Corriger le nom ou l’adresse")


def _corrected(page: Page) -> None:
    form = _form(page, "Corriger le nom ou l’adresse")
    expect(form.get_by_label("Numéro et voie")).to_have_value("12 rue du Four")
    expect(form.get_by_label("Commune")).to_have_value(OVEN["city"])


def _closure(page: Page) -> Locator:
    card = page.locator("#offre-a")
    card.get_by_role("button", name="Le poste est pourvu").click()
    card.get_by_text("J’ai pourvu l’offre sans l’aide de ce service").click()
    card.get_by_label("Par quel moyen").select_option("Mon OPCO")
    return card.locator(".panel")


def _closing(page: Page) -> None:
    card = page.locator("#offre-a")
    expect(card.get_by_label("sans l’aide de ce service")).to_be_checked()
    expect(card.get_by_label("Par quel moyen")).to_have_value("opco")


PANELS = [
    pytest.param(_edit, _edited, id="edit"),
    pytest.param(_add, _added, id="add"),
    pytest.param(_contact, _contacted, id="contact"),
    pytest.param(_firm, _corrected, id="firm"),
    pytest.param(_closure, _closing, id="closure"),
]
Begin = Callable[[Page], Locator]
Check = Callable[[Page], None]


@pytest.mark.parametrize(("begin", "begun"), PANELS)
def test_what_was_begun_in_a_panel_is_there_after_a_reload_until_given_up(
    drive: Drive, begin: Begin, begun: Check
) -> None:
    def journey(page: Page, _: Api) -> None:
        page.goto(MANAGE)
        begin(page)
        page.reload()
        begun(page)
        panel = page.locator(".panel")
        expect(panel).to_contain_text(BEGUN)
        assert "token" not in page.evaluate("JSON.stringify(sessionStorage)")
        assert page.evaluate("localStorage.length") == 0
        panel.get_by_role("button", name="Ne rien changer").click()
        expect(panel).to_have_count(0)
        assert page.evaluate("sessionStorage.length") == 0
        page.reload()
        expect(page.locator("#offre-a")).to_be_visible()
        expect(panel).to_have_count(0)

    drive(journey)


@pytest.mark.parametrize(("begin", "begun"), PANELS[2:])
def test_what_was_sent_after_a_reload_is_a_draft_no_more(
    drive: Drive, begin: Begin, begun: Check
) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(MANAGE)
        begin(page)
        page.reload()
        begun(page)
        page.locator(".panel").get_by_role("button", name=re.compile("Enregistrer|Oui")).click()
        expect(page.locator(".panel")).to_have_count(0)
        assert len(api.sent) == 1
        assert page.evaluate("sessionStorage.length") == 0

    drive(journey)


def test_a_dossier_shows_nothing_of_what_was_begun_in_another(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(MANAGE)
        _contact(page)
        api.recruiter["id"] = "r2"
        page.goto("about:blank")
        page.goto(MANAGE)
        expect(page.locator("#offre-a")).to_be_visible()
        expect(page.locator(".panel")).to_have_count(0)
        assert page.evaluate("sessionStorage.length") == 0

    drive(journey)


def test_a_form_opened_meanwhile_says_that_the_other_is_kept(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.goto(MANAGE)
        _edit(page)
        page.get_by_role("button", name="Déposer un autre besoin").click()
        form = _form(page, "Déposer un autre besoin")
        expect(form).to_contain_text("est gardé")
        expect(form.get_by_label("Description")).to_have_value("")
        page.locator("#offre-a").get_by_role("button", name="Modifier").click()
        _edited(page)
        expect(page.locator("#offer-form-place")).to_contain_text(BEGUN)

    drive(journey)


def test_a_panel_opened_twice_still_holds_what_was_typed(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.goto(MANAGE)
        _contact(page)
        page.get_by_role("button", name="Modifier mes coordonnées").click()
        _contacted(page)

    drive(journey)


def test_a_panel_in_a_card_outlives_what_is_done_in_another_card(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.goto(MANAGE)
        _closure(page)
        other = page.locator("#offre-b")
        other.get_by_role("button", name="Annuler l’offre").click()
        other.get_by_role("button", name="Oui, annuler l’offre").click()
        expect(other).to_contain_text("Offre clôturée")
        _closing(page)

    drive(journey)


def test_what_was_begun_before_a_change_made_elsewhere_does_not_overwrite_it_unseen(
    drive: Drive,
) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(MANAGE)
        _edit(page)
        api.offers[0] = an_offer("a", version=5, openings=3)
        page.reload()
        _edited(page)
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.locator("#offre-a")).to_contain_text("Offre modifiée")
        assert [body["version"] for _, body in api.sent] == [
            1
        ]  # the service then says what changed

    drive(journey)


def test_an_offer_that_ended_meanwhile_opens_no_form(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(MANAGE)
        _edit(page)
        ended = {"state": "filled", "closed_at": "2099-01-01T10:00:00Z", "ended_on": "2099-01-01"}
        api.offers[0] = an_offer("a", **ended)
        page.reload()
        expect(page.locator("#offre-b")).to_be_visible()
        expect(page.locator(".panel")).to_have_count(0)

    drive(journey)


def test_a_need_begun_again_from_an_ended_offer_is_there_after_a_reload(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        ended = {"state": "filled", "closed_at": "2099-01-01T10:00:00Z", "ended_on": "2099-01-01"}
        api.offers = [an_offer("a", **ended)]
        page.goto(MANAGE)
        page.get_by_role("button", name="Déposer à nouveau ce besoin").click()
        form = _form(page, "Déposer un autre besoin")
        form.get_by_text("Préciser le besoin").click()
        form.get_by_label("Description").fill("De nuit")
        page.reload()
        expect(form.get_by_label("Description")).to_have_value("De nuit")
        form.get_by_role("button", name="Déposer ce besoin").click()
        expect(page.locator("#offre-new")).to_contain_text("Besoin déposé")

    drive(journey)


def test_the_button_of_a_mail_opens_its_panel_with_what_was_begun_in_it(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.goto(MANAGE)
        _edit(page)
        page.goto("about:blank")
        page.goto(f"{ORIGIN}/gerer.html?action=modifier&offre=a#token")
        _edited(page)
        expect(page.locator(".panel")).to_have_count(1)

    drive(journey)


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
        form = _form(page, "Corriger le nom ou l’adresse")
        with page.expect_request("**/communes/*.json"):
            form.get_by_label("Code postal").press_sequentially("24330")
        form.get_by_role("button", name="Ne rien changer").click()
        with page.expect_response("**/communes/*.json"):
            held[0].fulfill(json={"24330": ["Boulazac Isle Manoire"]})
        expect(form).to_have_count(0)

    drive(journey)
