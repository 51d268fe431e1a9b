"""One's contact, link and data, on the manage page, in Chromium."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.linked import EMAIL
from tests.web.played import MANAGE, ORIGIN, Api, Drive


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
