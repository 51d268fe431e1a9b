"""The page of an employer somebody else deposited for, in Chromium."""

import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Play
from tests.web.played import ORIGIN
from tests.web.shown import an_offer


EMPLOYER = f"{ORIGIN}/employeur.html"
FILE = {"exporté le": "2026-11-26", "offres déposées pour l’entreprise": []}
CENTRE = {"name": "Claire Roux", "email": "claire@example.com", "phone": "+33553000001"}


def deposited(**given: Any) -> dict[str, Any]:
    """One offer as the employer sees it."""
    offer = an_offer("a")
    need = {key: offer[key] for key in ("level", "start_on", "openings", "workplace")}
    need |= {"other_metiers": [], "description": "De nuit.", "ends_on": offer["ends_on"]}
    kept = ("id", "version", "state", "metier", "published_at", "ends_on", "days_left")
    shown = {key: offer[key] for key in kept}
    asked = {"answer": None, "answered_at": None, "before": None, "changed": []}
    return {**shown, "need": need, **asked, **given}


class EmployerApi:
    """Answers the employer's page as the service does."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Any]] = []
        self.refusal: tuple[int, Any] | None = None
        self.view = {
            "version": 3,
            "objects": False,
            "firm": "LE FOURNIL FICTIF",
            "siret": "00009001900019",
            "address": "1 RUE DU FOUR 24000 PERIGUEUX",
            "depositor": {
                "role": "cfa",
                "organisation": "CFA de la route (fictif)",
                "legal_name": "FORMATION 69",
                "siret": "00009013400016",
                "contact": CENTRE,
            },
            "contact": {"name": "Jeanne", "email": "j@example.org", "phone": "+33199001234"},
            "offers": [deposited(before="confirmed", changed=["openings"])],
        }

    def reply(self, method: str, url: str, body: Any) -> tuple[int, Any]:
        path = urlsplit(url).path.removeprefix("/api")
        if method == "GET":
            return 200, FILE if path == "/employer/data" else self.view
        self.sent.append((path, body))
        if self.refusal:
            return self.refusal
        if path == "/employer/erasure":
            return 200, {"email": "j@example.org"}
        if path == "/employer/objection":
            self.view = {**self.view, "objects": True}
            return 200, self.view
        answers = {"confirmation": "confirmed", "correction": "corrected", "removal": "removed"}
        answer = answers[path.rpartition("/")[2]]
        state = "withdrawn" if answer == "removed" else "live"
        offer = deposited(version=2, answer=answer, state=state)
        offer["answered_at"] = "2026-11-26T09:00:00Z"
        contact = (body or {}).get("contact", self.view["contact"])
        self.view = {**self.view, "offers": [offer], "contact": contact}
        return 200, self.view


@pytest.fixture
def api() -> EmployerApi:
    return EmployerApi()


def test_an_employer_reads_who_deposited_and_confirms_by_one_press(
    play: Play, api: EmployerApi
) -> None:
    def journey(page: Page) -> None:
        page.goto(f"{EMPLOYER}#token")
        for told in ("CFA de la route (fictif)", "centre de formation", "FORMATION 69", "Jeanne"):
            expect(page.locator("#deposited")).to_contain_text(told)
        expect(page.locator("#deposited")).to_contain_text("votre réponse : le nombre de postes.")
        assert api.sent == []
        page.get_by_role("button", name="Tout est juste, je confirme").click()
        expect(page.get_by_text("C’est noté")).to_be_visible()
        expect(page.locator(".offer .fr-badge")).to_have_text("Confirmée par vous")
        expect(page.get_by_role("button", name="Tout est juste, je confirme")).to_be_hidden()
        assert api.sent == [("/employer/offers/a/confirmation", {"version": 1})]

    play(journey, api)


def test_removing_asks_first(play: Play, api: EmployerApi) -> None:
    def journey(page: Page) -> None:
        page.goto(f"{EMPLOYER}#token")
        page.get_by_role("button", name="Retirer l’offre", exact=True).click()
        assert api.sent == []
        page.get_by_role("button", name="Oui, retirer l’offre").click()
        expect(page.get_by_text("L’offre est retirée")).to_be_visible()
        expect(page.locator(".offer .fr-badge")).to_have_text("Retirée par vous")
        expect(page.get_by_role("button", name="Corriger")).to_be_hidden()
        assert api.sent == [("/employer/offers/a/removal", {"version": 1})]

    play(journey, api)


def test_a_correction_starts_from_what_is_known_and_keeps_what_is_refused(
    play: Play, api: EmployerApi
) -> None:
    error = {"field": "contact.email", "code": "own_domain", "message": "Faux.", "remedy": "Là."}
    api.refusal = (422, {"code": "invalid", "detail": "Non", "errors": [error]})

    def journey(page: Page) -> None:
        page.goto(f"{EMPLOYER}#token")
        page.get_by_role("button", name="Corriger").click()
        phone = page.get_by_label("Téléphone")
        expect(phone).to_have_value("01\u00a099\u00a000\u00a012\u00a034")
        phone.fill("01 99 00 99 99")
        page.get_by_label("Adresse e-mail").fill("paul@example.org")
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.locator("#contact-email-messages")).to_contain_text("Faux. Là.")
        expect(phone).to_have_value("01 99 00 99 99")
        api.refusal = None
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_text("Un nouveau lien a été envoyé")).to_be_visible()
        path, body = api.sent[-1]
        assert path == "/employer/offers/a/correction"
        assert body["contact"]["phone"] == "01 99 00 99 99"
        assert body["description"] == "De nuit."

    play(journey, api)


def test_what_changed_meanwhile_is_shown(play: Play, api: EmployerApi) -> None:
    fresh = {**api.view, "offers": [deposited(version=5, state="filled")]}
    api.refusal = (409, {"code": "stale_version", "current": fresh})

    def journey(page: Page) -> None:
        page.goto(f"{EMPLOYER}#token")
        page.get_by_role("button", name="Tout est juste, je confirme").click()
        expect(page.get_by_text("modifiée entre-temps")).to_be_visible()
        expect(page.locator(".offer .fr-badge")).to_have_text("Plus en ligne")

    play(journey, api)


def test_an_offer_that_ended_may_only_be_removed(play: Play, api: EmployerApi) -> None:
    api.view["offers"] = [deposited(state="expired", days_left=0)]

    def journey(page: Page) -> None:
        page.goto(f"{EMPLOYER}#token")
        expect(page.locator(".offer .fr-badge")).to_have_text("Plus en ligne")
        expect(page.get_by_role("button", name="Corriger")).to_be_hidden()
        page.get_by_role("button", name="Retirer l’offre", exact=True).click()
        panel = page.locator(".panel")
        expect(panel).to_contain_text("ni la remettre en ligne")
        expect(panel).not_to_contain_text("retirée des sites")
        page.get_by_role("button", name="Oui, retirer l’offre").click()
        expect(page.locator(".offer .fr-badge")).to_have_text("Retirée par vous")
        assert api.sent == [("/employer/offers/a/removal", {"version": 1})]

    play(journey, api)


def test_the_link_of_a_mail_leads_to_what_its_reader_may_do_with_his_data(
    play: Play, api: EmployerApi
) -> None:
    def journey(page: Page) -> None:
        page.goto(f"{EMPLOYER}?action=droits#token")
        expect(page.get_by_role("heading", name="Vos données et vos droits")).to_be_focused()
        assert page.url == f"{EMPLOYER}#token"
        with page.expect_download() as saved:
            page.get_by_role("button", name="Télécharger les données").click()
        assert saved.value.suggested_filename == "donnees-00009001900019.json"
        assert json.loads(saved.value.path().read_text("utf-8")) == FILE
        expect(page.get_by_text("Les données sont téléchargées")).to_be_visible()
        assert api.sent == []

    play(journey, api)


def test_a_firm_says_that_it_wants_no_more_of_a_depositor(play: Play, api: EmployerApi) -> None:
    def journey(page: Page) -> None:
        page.goto(f"{EMPLOYER}#token")
        ask = page.get_by_role("button", name="Ne plus déposer pour mon entreprise")
        ask.click()
        page.get_by_role("button", name="Ne rien changer").click()
        expect(page.get_by_role("heading", name="Vos données et vos droits")).to_be_focused()
        assert api.sent == []
        ask.click()
        expect(page.locator(".panel")).to_contain_text("CFA de la route (fictif) ne pourra plus")
        page.get_by_role("button", name="Oui, ne plus déposer pour moi").click()
        expect(page.locator("#objected")).to_be_visible()
        expect(ask).to_be_hidden()
        assert api.sent == [("/employer/objection", {})]

    play(journey, api)


def test_a_firm_erases_all_by_a_word_and_a_press(play: Play, api: EmployerApi) -> None:
    error = {"field": "confirmation", "code": "confirmation", "message": "Faux.", "remedy": "Là."}
    api.refusal = (422, {"code": "invalid", "detail": "Non", "errors": [error]})

    def journey(page: Page) -> None:
        page.goto(f"{EMPLOYER}#token")
        page.get_by_role("button", name="Effacer les données de mon entreprise").click()
        word = page.get_by_label("Tapez EFFACER pour confirmer")
        word.fill("oui")
        page.get_by_role("button", name="Oui, tout effacer").click()
        expect(page.locator("#confirmation-messages")).to_contain_text("Faux. Là.")
        api.refusal = None
        word.fill("EFFACER")
        page.get_by_role("button", name="Oui, tout effacer").click()
        expect(page.get_by_role("heading", name="sont effacées")).to_be_focused()
        expect(page.get_by_text("j@example.org")).to_be_visible()
        body = {"version": 3, "confirmation": "EFFACER"}
        assert api.sent[-1] == ("/employer/erasure", body)

    play(journey, api)


def test_a_page_without_its_link_says_where_to_find_it(play: Play, api: EmployerApi) -> None:
    def journey(page: Page) -> None:
        page.goto(EMPLOYER)
        expect(page.get_by_role("heading", name="Ouvrez cette page depuis")).to_be_visible()

    play(journey, api)


def test_a_correction_begun_outlives_a_reload_and_a_change_made_elsewhere(
    play: Play, api: EmployerApi
) -> None:
    def journey(page: Page) -> None:
        page.goto(f"{EMPLOYER}#token")
        page.get_by_role("button", name="Corriger").click()
        page.get_by_label("Description").fill("De jour")
        page.reload()
        form = page.get_by_role("form", name="Corriger l’offre")
        expect(form).to_contain_text("Voici ce que vous aviez commencé")
        expect(form.get_by_label("Description")).to_have_value("De jour")
        expect(form.get_by_label("Prénom et nom")).to_have_value("Jeanne")
        other = {**api.view, "offers": [deposited(version=5)]}
        api.refusal = (409, {"code": "stale_version", "current": other})
        form.get_by_role("button", name="Enregistrer").click()
        expect(form.get_by_role("group", name="modifiée entre-temps")).to_be_focused()
        expect(form.get_by_label("Description")).to_have_value("De jour")
        api.refusal = None
        form.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_text("C’est enregistré")).to_be_visible()
        assert [body["version"] for _, body in api.sent] == [1, 5]
        assert page.evaluate("sessionStorage.length") == 0

    play(journey, api)
