"""Links and personal data in Chromium: asked for, listed, proven, replaced; exported and erased."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.played import MANAGE, ORIGIN, Api, Drive


EMAIL = "jeanne@example.org"
Play = Callable[[Callable[[Page], None], Any], None]


class Links:
    """The routes of links; a test says what each answers."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.sent: list[tuple[str, Any]] = []

    def reply(self, method: str, url: str, body: Any) -> tuple[int, Any]:
        path = urlsplit(url).path.removeprefix("/api/")
        if method == "POST":
            self.sent.append((path, body))
        status, answer = self.answers[f"{method} {path}"]
        return status, answer


def a_firm(name: str, siret: str, **over: Any) -> dict[str, Any]:
    return {
        "name": name,
        "siret": siret,
        "city": "Périgueux",
        "verification": "verified",
        "live": 1,
        "ends_on": "2026-12-21",
        "manage_url": f"{ORIGIN}/gerer.html#{siret}",
        **over,
    }


# --- a link that was lost


@pytest.mark.parametrize(
    ("typed", "body"),
    [
        (" jeanne@example.org ", {"email": EMAIL}),
        ("487 444 697 00428", {"siret": "48744469700428"}),
    ],
)
def test_a_link_is_asked_for_by_address_or_by_siret(play: Play, typed: str, body: Any) -> None:
    api = Links(**{"POST links": (202, {"accepted": True})})

    def visit(page: Page) -> None:
        page.goto(f"{ORIGIN}/lien.html")
        page.get_by_label("Votre adresse e-mail, ou le SIRET").fill(typed)
        page.get_by_role("button", name="Recevoir mon lien").click()
        expect(page.get_by_role("heading", name="C’est noté")).to_be_focused()
        expect(page.get_by_role("main")).to_contain_text(
            "la même que nous vous connaissions ou non"
        )

    play(visit, api)
    assert api.sent == [("links", body)]


@pytest.mark.parametrize("typed", ["", "jeanne@", "123 456 789"])
def test_what_is_neither_is_said_in_its_field_and_sends_nothing(play: Play, typed: str) -> None:
    api = Links()

    def visit(page: Page) -> None:
        page.goto(f"{ORIGIN}/lien.html")
        field = page.get_by_label("Votre adresse e-mail, ou le SIRET")
        field.fill(typed)
        field.press("Enter")
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(page.locator("#who-messages")).not_to_be_empty()

    play(visit, api)
    assert api.sent == []


def test_an_address_the_server_refuses_stays_in_its_field(play: Play) -> None:
    refused = {"field": "email", "code": "email_accent", "message": "Accent.", "remedy": "Sans."}
    api = Links(**{"POST links": (422, {"code": "invalid", "detail": "", "errors": [refused]})})

    def visit(page: Page) -> None:
        page.goto(f"{ORIGIN}/lien.html")
        field = page.get_by_label("Votre adresse e-mail, ou le SIRET")
        field.fill("zoé@example.org")
        field.press("Enter")
        expect(page.locator("#who-messages")).to_contain_text("Accent.")
        expect(field).to_have_value("zoé@example.org")

    play(visit, api)


# --- several firms


def test_every_firm_leads_to_its_own_page_and_many_can_be_searched(play: Play) -> None:
    firms = [a_firm(f"GARAGE {rank}", f"{rank:014d}", city="Bergerac") for rank in range(39)]
    bakery = a_firm("Boulangerie Élan", "48744469700428", live=0, ends_on=None)
    api = Links(**{"GET firms": (200, {"email": EMAIL, "firms": [bakery, *firms]})})

    def visit(page: Page) -> None:
        page.goto(f"{ORIGIN}/mes-entreprises.html#token")
        expect(page.locator("#count")).to_have_text("40 entreprises")
        search = page.get_by_label("Chercher dans la liste")
        for typed in ["elan", "perigueux", "487 444 697"]:
            search.fill(typed)
            expect(page.locator("#count")).to_have_text("1 entreprise")
        link = page.get_by_role("link", name="Boulangerie Élan")
        expect(link).to_contain_text("Aucune offre en ligne")
        expect(link).to_have_attribute("href", "/gerer.html#48744469700428")
        search.fill("zzz")
        expect(page.locator("#count")).to_have_text("Aucune entreprise ne correspond")

    play(visit, api)


def test_a_list_that_no_longer_opens_leads_to_a_new_one(play: Play) -> None:
    api = Links(**{"GET firms": (401, {"code": "link_invalid"})})

    def visit(page: Page) -> None:
        page.goto(f"{ORIGIN}/mes-entreprises.html#token")
        expect(page.get_by_role("link", name="Recevoir mon lien")).to_have_attribute(
            "href", "/lien.html"
        )

    play(visit, api)


# --- a new address


def a_confirmation(state: str, **over: Any) -> dict[str, Any]:
    firm = {"firm": "AU BON PAIN", "siret": "48744469700428", "email": "jean@example.org"}
    return {"state": state, **firm, "manage_url": None, **over}


def test_only_the_button_confirms_an_address_and_it_then_opens_the_offers(play: Play) -> None:
    link = f"{ORIGIN}/gerer.html#fresh"
    api = Links(
        **{
            "GET confirmation": (200, a_confirmation("waiting")),
            "POST confirmation": (200, a_confirmation("confirmed", manage_url=link)),
        }
    )

    def visit(page: Page) -> None:
        page.goto(f"{ORIGIN}/confirmer.html#token")
        expect(page.get_by_role("main")).to_contain_text("jean@example.org")
        assert api.sent == []
        page.get_by_role("button", name="Oui, c’est mon adresse").click()
        expect(page.get_by_role("heading", name="Votre adresse est confirmée")).to_be_focused()
        offers = page.get_by_role("link", name="Gérer mes offres")
        expect(offers).to_have_attribute("href", "/gerer.html#fresh")

    play(visit, api)
    assert api.sent == [("confirmation", {})]


def test_an_address_confirmed_before_says_so_and_opens_nothing(play: Play) -> None:
    api = Links(**{"GET confirmation": (200, a_confirmation("confirmed"))})

    def visit(page: Page) -> None:
        page.goto(f"{ORIGIN}/confirmer.html#token")
        expect(page.get_by_role("heading", name="Votre adresse est confirmée")).to_be_visible()
        expect(page.get_by_role("link", name="Gérer mes offres")).to_be_hidden()

    play(visit, api)


# --- the manage page


def answered(page: Page, path: str, answer: tuple[int, Any]) -> list[Any]:
    """Have a route of the manage page answer this; give what it is sent."""
    sent: list[Any] = []

    def reply(route: Route) -> None:
        sent.append(route.request.post_data_json)
        route.fulfill(status=answer[0], json=answer[1])

    page.route(f"**/api/manage/{path}", reply)
    return sent


def test_a_contact_is_changed_and_what_waits_is_said(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        contact = {"name": "Paul Petit", "email": EMAIL, "phone": "+33199000001"}
        waits = {"email": "jean@example.org", "until": "2026-12-01T10:00:00Z"}
        changed = api.recruiter | {"version": 2, "contact": contact, "new_email": waits}
        page.clock.set_fixed_time("2026-11-25T10:00:00Z")
        page.goto(MANAGE)
        page.get_by_role("button", name="Modifier mes coordonnées").click()
        form = page.get_by_role("form", name="Modifier mes coordonnées")
        expect(form.get_by_label("Téléphone")).to_have_value(re.compile(r"05.53.01.02.03"))
        form.get_by_label("Téléphone").fill("01")
        form.get_by_role("button", name="Enregistrer").click()
        expect(form.locator("#contact-phone-messages")).to_contain_text("pas complet")
        form.get_by_label("Téléphone").fill("01 99 00 00 01")
        form.get_by_label("Prénom et nom").fill("Paul Petit")
        form.get_by_label("Adresse e-mail").fill("jean@example.org")
        shown = {"recruiter": changed, "offers": api.offers, "limits": api.limits}
        sent = answered(page, "contact", (200, shown))
        form.get_by_role("button", name="Enregistrer").click()
        notice = page.locator("#recruiter-notice")
        expect(notice).to_contain_text("ouvrez l’e-mail envoyé à jean@example.org")
        expect(notice).to_contain_text(f"nous écrivons à {EMAIL}")
        firm = page.locator("#recruiter")
        expect(firm).to_contain_text("Paul Petit")
        expect(firm).to_contain_text("avant le mardi 1er décembre 2026")
        assert sent == [
            {
                "version": 1,
                "name": "Paul Petit",
                "phone": "01 99 00 00 01",
                "email": "jean@example.org",
            }
        ]

    drive(journey)


def test_a_link_that_leaked_is_replaced_after_a_second_gesture(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.goto(MANAGE)
        sent = answered(page, "link", (200, {"email": EMAIL}))
        page.get_by_role("button", name="Mon lien a fuité").click()
        page.get_by_role("button", name="Ne rien changer").click()
        assert sent == []
        page.get_by_role("button", name="Mon lien a fuité").click()
        page.get_by_role("button", name="Oui, remplacer mon lien").click()
        expect(page.get_by_role("heading", name="Votre lien est remplacé")).to_be_focused()
        expect(page.get_by_role("main")).to_contain_text(EMAIL)
        assert sent == [{"version": 1}]

    drive(journey)


def test_data_are_erased_only_once_the_word_is_typed(drive: Drive) -> None:
    word = {"field": "confirmation", "code": "confirmation", "message": "Tapez.", "remedy": "Oui."}

    def journey(page: Page, _: Api) -> None:
        page.goto(MANAGE)
        refused = (422, {"code": "invalid", "detail": "", "errors": [word]})
        answered(page, "erasure", refused)
        page.get_by_role("button", name="Effacer mes données").click()
        page.get_by_role("button", name="Oui, tout effacer").click()
        expect(page.locator("#confirmation-messages")).to_contain_text("Tapez.")
        sent = answered(page, "erasure", (200, {"email": EMAIL}))
        page.get_by_label("Tapez EFFACER").fill("EFFACER")
        page.get_by_label("Tapez EFFACER").press("Enter")
        expect(page.get_by_role("heading", name="Vos données sont effacées")).to_be_focused()
        assert sent == [{"version": 1, "confirmation": "EFFACER"}]

    drive(journey)


@pytest.mark.parametrize(
    ("action", "title"),
    [("garder", "Garder mes données ?"), ("renouveler", "Remplacer mon lien ?")],
)
def test_the_buttons_of_the_mails_open_a_panel_and_do_nothing(
    drive: Drive, action: str, title: str
) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{ORIGIN}/gerer.html?action={action}#token")
        expect(page.get_by_role("heading", name=title)).to_be_focused()
        assert api.sent == []
        assert "action" not in page.url

    drive(journey)


def test_data_are_kept_by_a_gesture_and_a_page_out_of_date_says_so(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{ORIGIN}/gerer.html?action=garder#token")
        now = api.recruiter | {"version": 7}
        answered(page, "keeping", (409, {"code": "stale_version", "current": now}))
        page.get_by_role("button", name="Oui, garder mes données").click()
        expect(page.locator("#account-place")).to_contain_text("modifiées entre-temps")
        page.goto("about:blank")
        page.goto(f"{ORIGIN}/gerer.html?action=garder#token")
        answered(page, "keeping", (200, now))
        page.get_by_role("button", name="Oui, garder mes données").click()
        expect(page.locator("#account-place")).to_contain_text("Vos données sont gardées")

    drive(journey)


def test_data_are_downloaded_as_a_file_one_can_read(drive: Drive, tmp_path: Path) -> None:
    def journey(page: Page, _: Api) -> None:
        page.goto(MANAGE)
        answered(page, "export", (200, {"vous et l’entreprise": [{"nom": "Jeanne"}]}))
        with page.expect_download() as download:
            page.get_by_role("button", name="Télécharger mes données").click()
        assert download.value.suggested_filename == "mes-donnees-48744469700428.json"
        download.value.save_as(tmp_path / "export.json")
        kept = json.loads((tmp_path / "export.json").read_text(encoding="utf-8"))
        assert kept == {"vous et l’entreprise": [{"nom": "Jeanne"}]}
        expect(page.locator("#account-place")).to_contain_text("téléchargées")

    drive(journey)


def test_the_list_of_all_firms_goes_by_mail_never_to_the_page(drive: Drive) -> None:
    """The link of this page may come from a receipt, which proves no address."""

    def journey(page: Page, _: Api) -> None:
        page.goto(MANAGE)
        page.route("**/api/links", lambda route: route.fulfill(status=202, json={"accepted": True}))
        page.get_by_role("button", name="Recevoir la liste de mes entreprises").click()
        expect(page.locator("#account-place")).to_contain_text(f"la boîte de {EMAIL}")

    drive(journey)
