"""The manage page in Chromium: cards, panels and forms together."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.ticks import tick
from tests.web.played import MANAGE, Api, Drive, type_the_oven
from tests.web.shown import OVEN, PASTRY, a_twin, an_offer


def test_the_manage_page_says_what_the_centres_wait_for(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.goto(MANAGE)
        card = page.locator("#offre-a")
        expect(card).to_contain_text("seront contactés une fois votre SIRET vérifié")

    drive(journey, "to_verify")


def test_two_closing_panels_do_not_mix(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(MANAGE)
        first, second = page.locator("#offre-a"), page.locator("#offre-b")
        first.get_by_role("button", name="Annuler l’offre").click()
        second.get_by_role("button", name="Annuler l’offre").click()
        tick(first.get_by_label("Autre raison"))
        second.get_by_text("Je ne reçois pas de candidature").click()
        expect(first.get_by_label("Autre raison")).to_be_checked()
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(({id}) => id)")
        assert len(ids) == len(set(ids))
        second.get_by_role("button", name="Oui, annuler l’offre").click()
        expect(second).to_contain_text("Offre clôturée")
        ((path, body),) = api.sent
        assert path == "/manage/offers/b/closure"
        assert (body["outcome"], body["reason"]) == ("cancelled", "no_applications")

    drive(journey)


def test_a_past_start_date_does_not_block_an_edit(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(MANAGE)
        page.locator("#offre-b").get_by_role("button", name="Modifier").click()
        form = page.get_by_role("form", name=re.compile("Modifier l’offre"))
        form.get_by_label("Date de début").fill("2020-01-07")
        form.get_by_role("button", name="Enregistrer").click()
        expect(form.locator("#start_on-messages")).to_contain_text("Cette date est passée")
        form.get_by_label("Date de début").fill("2020-01-06")
        form.get_by_role("button", name="Enregistrer").click()
        expect(page.locator("#offre-b")).to_contain_text("Offre modifiée")
        ((_, body),) = api.sent
        assert body["start_on"] == "2020-01-06"

    drive(journey)


def test_an_edit_shows_the_address_and_unchecking_it_returns_to_the_firm(
    drive: Drive,
) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(MANAGE)
        card = page.locator("#offre-c")
        expect(card).to_contain_text(OVEN["label"])
        card.get_by_role("button", name="Modifier").click()
        form = page.get_by_role("form", name=re.compile("Modifier l’offre"))
        expect(form.get_by_label("Commune")).to_have_value(OVEN["city"])
        tick(form.get_by_label("L’apprenti travaillera à une autre adresse"), ticked=False)
        expect(form.get_by_label("Commune")).to_be_hidden()
        form.get_by_role("button", name="Enregistrer").click()
        expect(card).to_contain_text("Offre modifiée")
        ((_, body),) = api.sent
        assert body["workplace"] is None

    drive(journey)


def test_an_edit_keeps_the_metiers_of_the_offer_even_refused_since(
    drive: Drive,
) -> None:
    def journey(page: Page, api: Api) -> None:
        plunge = {
            "code": "17846",
            "label": "Plongeur / Plongeuse en restauration",
            "rome": "G1605",
        }
        api.offers = [an_offer("a", metier=plunge, other_metiers=[PASTRY])]
        page.goto(MANAGE)
        card = page.locator("#offre-a")
        expect(card.locator("dl")).to_contain_text("Pâtissier / Pâtissière")
        card.get_by_role("button", name="Modifier").click()
        form = page.get_by_role("form", name=re.compile("Modifier l’offre"))
        metier = form.get_by_role("combobox", name="Métier recherché")
        metier.fill("plongeur / plongeuse en restauration")
        form.get_by_role("button", name="Enregistrer").click()
        expect(card).to_contain_text("Offre modifiée")
        ((_, body),) = api.sent
        assert (body["metier"], body["other_metiers"]) == ("17846", ["17576"])

    drive(journey)


def test_the_firm_is_corrected_on_the_page_of_its_offers(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(MANAGE)
        page.get_by_role("button", name="Corriger le nom ou l’adresse").click()
        form = page.get_by_role("form", name="Corriger le nom ou l’adresse")
        form.get_by_label("Nom de l’enseigne").fill("Chez Jeanne")
        type_the_oven(page)
        form.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_text("C’est enregistré")).to_be_visible()
        expect(page.locator("#recruiter")).to_contain_text("Chez Jeanne")
        expect(page.locator("#recruiter")).to_contain_text("12 rue du Four")
        ((path, body),) = api.sent
        assert (path, body["version"], body["name"]) == ("/manage/firm", 1, "Chez Jeanne")

    drive(journey)


@pytest.mark.parametrize(
    ("button", "field", "typed", "path"),
    [
        ("Modifier mes coordonnées", "Téléphone", "01 99 00 00 01", "/manage/contact"),
        ("Corriger le nom ou l’adresse", "Nom de l’enseigne", "Chez Jeanne", "/manage/firm"),
    ],
)
def test_the_next_act_on_an_offer_knows_that_a_change_of_the_firm_moved_it(
    drive: Drive, button: str, field: str, typed: str, path: str
) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(MANAGE)
        page.get_by_role("button", name=button).click()
        form = page.get_by_role("form", name=button)
        form.get_by_label(field).fill(typed)
        form.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_text("C’est enregistré")).to_be_visible()
        card = page.locator("#offre-a")
        card.get_by_role("button", name="Le poste est pourvu").click()
        card.get_by_role("button", name="Oui, le poste est pourvu").click()
        expect(card).to_contain_text("Offre clôturée")
        assert [(to, body["version"]) for to, body in api.sent] == [
            (path, 1),
            ("/manage/offers/a/closure", 2),
        ]

    drive(journey)


def test_a_form_is_not_lost_with_the_link(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(MANAGE)
        page.locator("#offre-a").get_by_role("button", name="Modifier").click()
        form = page.get_by_role("form", name=re.compile("Modifier l’offre"))
        form.get_by_text("Préciser le besoin").click()
        form.get_by_label("Description").fill("De nuit")
        api.refusals = {"/manage/offers/a": (401, {"code": "link_invalid"})}
        form.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_role("group", name="Ce lien n’est plus valable")).to_be_focused()
        expect(form.get_by_label("Description")).to_have_value("De nuit")

    drive(journey)


def _add_a_baker(
    page: Page, api: Api, *, other: str | None = None, today: str = "2026-11-25"
) -> Locator:
    """Deposit on the manage page what offer "a" already asks for; give the panel."""
    api.twins = [a_twin(api.offers[0])]
    page.clock.set_fixed_time(f"{today}T10:00:00Z")
    page.goto(MANAGE)
    page.get_by_role("button", name="Déposer un autre besoin").click()
    form = page.get_by_role("form", name="Déposer un autre besoin")
    form.get_by_role("combobox", name="Métier recherché").press_sequentially("boulang")
    form.get_by_role("option", name="Boulanger / Boulangère", exact=True).click()
    form.get_by_text("Préciser le besoin").click()
    form.get_by_label("Description").fill("De nuit")
    if other:
        form.get_by_role("combobox", name="Autres métiers").press_sequentially(other)
        form.get_by_role("option").first.click()
    form.get_by_role("button", name="Déposer ce besoin").click()
    panel = page.get_by_role("group", name="Une offre pour ce métier est déjà en ligne")
    expect(panel).to_be_focused()
    expect(panel.get_by_role("button", name="Gérer l’offre existante")).to_have_count(0)
    edit = panel.get_by_role("button", name="Modifier")
    expect(edit).to_have_accessible_description("Boulanger / Boulangère")
    return panel


@pytest.mark.parametrize(
    ("button", "path", "sent", "said"),
    [
        (
            "Prolonger jusqu’au mercredi 23 décembre 2026",
            "/manage/offers/a/extension",
            {"version": 1},
            "Offre prolongée",
        ),
        (
            "Ajouter un poste",
            "/manage/offers/a",
            {
                "version": 1,
                "metier": "11573",
                "other_metiers": ["17576"],
                "openings": 2,
                "workplace": {key: OVEN[key] for key in ("street", "postcode", "city")},
            },
            "Un poste ajouté",
        ),
    ],
)
def test_an_offer_already_live_is_extended_or_enlarged_in_one_press(
    drive: Drive, button: str, path: str, sent: dict[str, Any], said: str
) -> None:
    def journey(page: Page, api: Api) -> None:
        api.offers[0] = an_offer("a", other_metiers=[PASTRY], workplace=OVEN)
        panel = _add_a_baker(page, api)
        panel.get_by_role("button", name=button).click()
        expect(page.locator("#offre-a")).to_contain_text(said)
        expect(page.get_by_role("form")).to_have_count(0)
        assert api.sent[-1][0] == path
        assert sent.items() <= api.sent[-1][1].items()

    drive(journey)


def test_an_offer_already_live_for_four_weeks_more_is_not_said_to_be_extended(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        panel = _add_a_baker(page, api, today="2026-11-23")
        expect(panel.get_by_role("button", name="Ajouter un poste")).to_be_visible()
        expect(panel.get_by_role("button", name="Prolonger")).to_have_count(0)

    drive(journey)


@pytest.mark.parametrize(("typed", "sent"), [(None, "17576"), ("chocola", "12631")])
def test_an_offer_already_live_is_edited_with_what_was_just_typed(
    drive: Drive, typed: str | None, sent: str
) -> None:
    def journey(page: Page, api: Api) -> None:
        api.offers[0] = an_offer("a", other_metiers=[PASTRY], workplace=OVEN)
        panel = _add_a_baker(page, api, other=typed)
        panel.get_by_role("button", name="Modifier").click()
        form = page.get_by_role("form", name=re.compile("Modifier l’offre"))
        expect(form.get_by_label("Description")).to_have_value("De nuit")
        form.get_by_role("button", name="Enregistrer").click()
        expect(page.locator("#offre-a")).to_contain_text("Offre modifiée")
        (_, body) = api.sent[-1]
        assert (body["description"], body["ask_cfa"]) == ("De nuit", True)
        assert (body["metier"], body["other_metiers"]) == ("11573", [sent])
        assert body["workplace"]["city"] == OVEN["city"]

    drive(journey)


def test_a_need_already_live_may_be_added_all_the_same(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        panel = _add_a_baker(page, api)
        panel.get_by_role("button", name="Déposer quand même").click()
        expect(page.locator("#offre-new")).to_contain_text("Besoin déposé")
        (_, asked), (_, accepted) = api.sent
        assert accepted == {**asked, "duplicates": "accept"}

    drive(journey)


def test_the_buttons_of_the_mail_open_and_only_a_press_acts(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(MANAGE.replace("#", "?action=modifier&offre=a#"))
        expect(page.get_by_role("form", name=re.compile("Modifier l’offre"))).to_be_visible()
        page.goto(MANAGE.replace("#", "?action=poste&offre=a#"))
        card = page.locator("#offre-a")
        expect(card).to_contain_text("Elle passera de 1 à 2 postes")
        assert api.sent == []
        card.get_by_role("button", name="Oui, ajouter un poste").click()
        expect(card).to_contain_text("Un poste ajouté")
        assert [body["openings"] for _, body in api.sent] == [2]

    drive(journey)


def test_an_offer_that_is_full_offers_no_opening_more(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        api.offers[0] = an_offer("a", openings=10)
        panel = _add_a_baker(page, api)
        expect(panel.get_by_role("button", name="Ajouter un poste")).to_have_count(0)
        page.goto(MANAGE.replace("#", "?action=poste&offre=a#"))
        expect(page.get_by_role("group", name="Cette offre est en ligne")).to_be_focused()
        expect(page.get_by_text("Elle passera")).to_have_count(0)

    drive(journey)
