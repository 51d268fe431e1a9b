"""The page of those who deposit for partner firms, in Chromium."""

from base64 import b64decode
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.ticks import tick
from tests.web.conftest import Play
from tests.web.played import MANAGE, ORIGIN, Api


PARTNERS = f"{ORIGIN}/partenaires.html"
CONTENT = "siret;métier\r\n000090019-00019;é\r\n".encode("cp1252")


def a_line(number: int, state: str, **given: Any) -> dict[str, Any]:
    return {
        "line": number,
        "state": state,
        "siret": "00009001900019",
        "firm": "LE FOURNIL FICTIF",
        "city": "PERIGUEUX",
        "metier": {"code": "11573", "label": "Boulanger / Boulangère", "rome": "D1102"},
        "contact": {"name": "Jeanne", "email": "j@example.org", "phone": "+33199001234"},
        "start_on": "2027-09-01",
        "level": "3",
        "openings": 2,
        "description": None,
        "ask_cfa": True,
        "manage_url": MANAGE if state == "deposited" else None,
    } | given


class PartnersApi(Api):
    """Answers files as the service does: the preview in two times."""

    def __init__(self) -> None:
        super().__init__("verified")
        self.answers: dict[str, list[tuple[int, Any]]] = {
            "/imports/preview": [
                (200, {"complete": False, "lines": [a_line(2, "ready"), a_line(3, "unchecked")]}),
                (200, {"complete": True, "lines": [a_line(2, "ready"), a_line(3, "already_live")]}),
            ],
            "/imports": [
                (200, {"complete": True, "lines": [a_line(2, "deposited"), a_line(3, "deposited")]})
            ],
        }

    def reply(self, method: str, url: str, body: Any) -> tuple[int, Any]:
        path = urlsplit(url).path.removeprefix("/api")
        if path in self.answers:
            self.sent.append((path, body))
            return self.answers[path].pop(0)
        return super().reply(method, url, body)


@pytest.fixture
def api() -> PartnersApi:
    return PartnersApi()


def say_who(page: Page) -> None:
    page.goto(PARTNERS)
    page.get_by_label("Vous êtes").select_option("cfa")
    page.get_by_label("Nom de votre organisme").fill("CFA de la route")
    page.get_by_label("Numéro SIRET de votre organisme").fill("00009013400016")
    page.get_by_label("Votre prénom et nom").fill("Claire Roux")
    page.get_by_label("Votre téléphone").fill("05 53 00 00 01")
    page.get_by_label("Votre adresse e-mail").fill("claire@example.com")


def read_a_file(page: Page) -> None:
    page.get_by_text("Par un fichier, jusqu’à 200 besoins").click()
    file = {"name": "besoins.csv", "mimeType": "text/csv", "buffer": CONTENT}
    page.get_by_label("Votre fichier CSV").set_input_files(file)
    page.get_by_role("button", name="Relire le fichier").click()


def deposit_one(page: Page) -> None:
    page.get_by_text("Un par un, par le formulaire").click()
    page.get_by_label("Numéro SIRET", exact=True).fill("487 444 697 00428")
    page.get_by_role("combobox", name="Métier recherché").press_sequentially("boulang")
    page.get_by_role("option", name="Boulanger / Boulangère", exact=True).click()
    page.get_by_label("Prénom et nom", exact=True).fill("Jeanne Martin")
    page.get_by_label("Téléphone de l’entreprise").fill("01 99 00 12 34")
    page.get_by_label("Adresse e-mail de l’entreprise").fill("jeanne@example.org")
    page.get_by_role("button", name="Déposer ce besoin").click()


def test_a_file_is_shown_before_it_is_deposited(play: Play, api: PartnersApi) -> None:
    def journey(page: Page) -> None:
        say_who(page)
        read_a_file(page)
        expect(page.locator("#preview-title")).to_contain_text("1 ligne prête, 1 à confirmer")
        expect(page.locator("#preview-lines")).to_contain_text("Ligne 2\u00a0: LE FOURNIL FICTIF")
        assert {path for path, _ in api.sent} == {"/imports/preview"}
        assert len(api.sent) == 2, "asked again until every line is checked"
        tick(page.get_by_label("Déposer la ligne 3 quand même"))
        page.get_by_role("button", name="Déposer ces besoins").click()
        expect(page.locator("#deposit-place")).to_contain_text("2 besoins déposés")
        expect(page.get_by_role("link", name="Gérer cette offre").first).to_have_attribute(
            "href", "/gerer.html#token"
        )

    play(journey, api)

    bodies = [body for _, body in api.sent]
    assert b64decode(bodies[0]["file"]) == CONTENT, "the bytes as they are, whatever the encoding"
    assert bodies[0]["depositor"]["organisation"] == "CFA de la route"
    assert len({body["submission_id"] for body in bodies}) == 1
    assert bodies[-1]["accepted"] == [3]


def test_a_line_accepted_while_the_rest_is_read_stays_so(play: Play, api: PartnersApi) -> None:
    half = {"complete": False, "lines": [a_line(2, "already_live"), a_line(3, "unchecked")]}
    whole = {"complete": True, "lines": [a_line(2, "already_live"), a_line(3, "ready")]}

    def journey(page: Page) -> None:
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/api/imports/preview", hold)
        say_who(page)
        with page.expect_request("**/api/imports/preview"):
            read_a_file(page)
        expect(page.get_by_role("button", name="Lecture")).to_be_visible()
        held[0].fulfill(json=half)
        tick(page.get_by_label("Déposer la ligne 2 quand même"))
        held[1].fulfill(json=whole)
        expect(page.get_by_role("button", name="Déposer ces besoins")).to_be_visible()
        expect(page.get_by_label("Déposer la ligne 2 quand même")).to_be_checked()

    play(journey, api)


def test_errors_are_placed_by_line_and_column(play: Play, api: PartnersApi) -> None:
    errors = [
        {"field": "lines.4.contact_email", "code": "x", "message": "Faux.", "remedy": "Là."},
        {"field": "depositor.siret", "code": "x", "message": "Pas ce SIRET.", "remedy": "Ici."},
    ]
    problem = {"code": "invalid", "detail": "Non", "errors": errors, "current": {"lines": []}}
    api.answers["/imports/preview"] = [(422, problem)]

    def journey(page: Page) -> None:
        say_who(page)
        read_a_file(page)
        summary = page.locator("#file-summary")
        expect(summary).to_contain_text("Ligne 4, colonne «\u00a0contact email\u00a0»\u00a0: Faux.")
        expect(summary).to_contain_text("Rien n’a été déposé")
        expect(page.locator("#depositor-siret-messages")).to_contain_text("Pas ce SIRET. Ici.")

    play(journey, api)


def test_an_outage_in_the_middle_is_resumed_with_the_same_request(
    play: Play, api: PartnersApi
) -> None:
    api.answers["/imports/preview"].pop(0)
    half = {"complete": False, "lines": [a_line(2, "deposited"), a_line(3, "already_live")]}
    api.answers["/imports"] = [(200, half), (503, {}), *api.answers["/imports"]]

    def journey(page: Page) -> None:
        say_who(page)
        read_a_file(page)
        tick(page.get_by_label("Déposer la ligne 3 quand même"))
        page.get_by_role("button", name="Déposer ces besoins").click()
        page.get_by_role("button", name="Réessayer").click()
        expect(page.locator("#deposit-place")).to_contain_text("2 besoins déposés")

    play(journey, api)

    bodies = [body for path, body in api.sent if path == "/imports"]
    assert len(bodies) == 3
    assert bodies[0] == bodies[1] == bodies[2]


def test_a_file_read_again_after_its_deposit_is_another_submission(
    play: Play, api: PartnersApi
) -> None:
    del api.answers["/imports/preview"][0]
    api.answers["/imports/preview"] *= 2

    def journey(page: Page) -> None:
        say_who(page)
        read_a_file(page)
        page.get_by_role("button", name="Déposer ces besoins").click()
        expect(page.locator("#deposit-place")).to_contain_text("2 besoins déposés")
        page.get_by_role("button", name="Relire le fichier").click()
        expect(page.locator("#preview-title")).to_contain_text("1 ligne prête, 1 à confirmer")

    play(journey, api)

    first, deposited, second = [body["submission_id"] for _, body in api.sent]
    assert first == deposited != second


def test_a_file_of_which_a_line_was_erased_is_deposited_anew_at_the_next_press(
    play: Play, api: PartnersApi
) -> None:
    del api.answers["/imports/preview"][0]
    api.answers["/imports"].insert(0, (409, {"code": "submission_erased", "detail": "Effacé."}))

    def journey(page: Page) -> None:
        say_who(page)
        read_a_file(page)
        page.get_by_role("button", name="Déposer ces besoins").click()
        expect(page.locator("#deposit-place")).to_contain_text("Effacé.")
        page.get_by_role("button", name="Déposer ces besoins").click()
        expect(page.locator("#deposit-place")).to_contain_text("2 besoins déposés")

    play(journey, api)

    refused, anew = [body["submission_id"] for path, body in api.sent if path == "/imports"]
    assert refused != anew


def test_needs_one_by_one_keep_who_deposits(play: Play, api: PartnersApi) -> None:
    def journey(page: Page) -> None:
        say_who(page)
        page.reload()
        expect(page.get_by_label("Nom de votre organisme")).to_have_value("CFA de la route")
        deposit_one(page)
        expect(page.locator("#done-lines")).to_contain_text("Boulanger / Boulangère")
        expect(page.get_by_label("Numéro SIRET", exact=True)).to_have_value("")
        expect(page.get_by_label("Prénom et nom", exact=True)).to_have_value("")

    play(journey, api)

    [(path, body)] = api.sent
    assert path == "/recruiters"
    assert body["depositor"]["contact"]["email"] == "claire@example.com"
    assert body["contact"]["email"] == "jeanne@example.org"


def test_who_is_reached_by_no_mail_is_told_so_of_a_file_and_of_a_need(
    play: Play, api: PartnersApi
) -> None:
    api.mail_stopped = True
    api.answers["/imports"][0][1]["mail_stopped"] = True
    in_error = "Nos e-mails à votre adresse reviennent en erreur."

    def journey(page: Page) -> None:
        say_who(page)
        read_a_file(page)
        page.get_by_role("button", name="Déposer ces besoins").click()
        expect(page.locator("#deposit-place")).to_contain_text(in_error)
        deposit_one(page)
        expect(page.locator("#done-lines")).to_contain_text(in_error)
        expect(page.locator("#done-lines").get_by_role("link")).to_have_count(1)

    play(journey, api)


def test_a_file_must_be_chosen(play: Play, api: PartnersApi) -> None:
    def journey(page: Page) -> None:
        say_who(page)
        page.get_by_text("Par un fichier, jusqu’à 200 besoins").click()
        page.get_by_role("button", name="Relire le fichier").click()
        expect(page.locator("#file-messages")).to_contain_text("Choisissez un fichier")
        assert api.sent == []

    play(journey, api)
