"""The page of one need for its OPCO, in Chromium."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.played import OPCO, Api, Drive
from tests.web.shown import a_notice


def test_an_adviser_sees_whom_to_call_and_a_press_alone_answers(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{OPCO}#token")
        call = page.get_by_role("link", name="Appeler le 05 53 01 02 03")
        expect(call).to_have_attribute("href", "tel:+33553010203")
        mail = page.get_by_role("link", name="j@example.org")
        expect(mail).to_have_attribute("href", "mailto:j@example.org")
        for told in ("LE FOURNIL FICTIF", "Boulanger", "Jeanne Martin", "24000 PERIGUEUX"):
            expect(page.locator("#need")).to_contain_text(told)
        page.get_by_role("button", name="J’ai contacté l’entreprise").click()
        assert api.sent == []
        page.get_by_role("button", name="Oui, je l’ai contactée").click()
        expect(page.get_by_text("C’est noté")).to_be_visible()
        expect(page.locator("#badge")).to_have_text("Contacté")
        assert api.sent == [("/notice/answer", {"version": 2, "answer": "contacted"})]

    drive(journey)


@pytest.mark.parametrize(
    ("action", "title"),
    [
        ("contact", "Dire que vous prenez contact"),
        ("contacte", "Dire que vous avez contacté"),
        ("transmettre", "Transmettre ce besoin"),
    ],
)
def test_a_link_of_the_mail_opens_its_choice_and_does_nothing_more(
    drive: Drive, action: str, title: str
) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{OPCO}?action={action}#token")
        expect(page.get_by_role("heading", name=title)).to_be_visible()
        assert api.sent == []
        assert page.url == f"{OPCO}#token"
        page.get_by_role("button", name="Ne rien changer").click()
        expect(page.get_by_role("heading", name=title)).to_be_hidden()

    drive(journey)


@pytest.mark.parametrize(("to", "said"), [("AKTO", "AKTO en est"), (None, "L’accueil du service")])
def test_a_need_is_passed_on_and_its_contact_leaves_the_page(
    drive: Drive, to: str | None, said: str
) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{OPCO}?action=transmettre#token")
        if to:
            page.get_by_label("OPCO à qui le transmettre").select_option(to)
        page.get_by_role("button", name="Oui, transmettre ce besoin").click()
        expect(page.get_by_role("heading", name="Ce besoin a été transmis")).to_be_visible()
        expect(page.get_by_text(said)).to_be_visible()
        assert "Jeanne" not in page.content()
        ((_, body),) = api.sent
        assert body.get("to") == to

    drive(journey)


def test_a_need_that_moved_is_shown_as_it_is_now(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{OPCO}?action=contact#token")
        current = a_notice(version=3, answer="contacted", answered_at="2026-11-26T09:00:00Z")
        current.pop("addressee")  # a problem leaves nulls out
        problem = {"code": "notice_moved", "detail": "", "errors": [], "current": current}
        api.refusals["/notice/answer"] = (409, problem)
        page.get_by_role("button", name="Oui, je prends contact").click()
        expect(page.get_by_text("Ce besoin a évolué entre-temps")).to_be_visible()
        expect(page.locator("#badge")).to_have_text("Contacté")
        expect(page.get_by_role("button", name="Transmettre à un OPCO")).to_be_visible()

    drive(journey)


def test_an_opco_that_is_refused_is_said_beside_its_field(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{OPCO}?action=transmettre#token")
        error = {"field": "to", "code": "opco_unfit", "message": "Impossible.", "remedy": "Autre."}
        problem = {"code": "invalid", "detail": "", "errors": [error]}
        api.refusals["/notice/answer"] = (422, problem)
        page.get_by_label("OPCO à qui le transmettre").select_option("AKTO")
        page.get_by_role("button", name="Oui, transmettre ce besoin").click()
        expect(page.locator("#to-messages")).to_contain_text("Impossible. Autre.")
        expect(page.get_by_label("OPCO à qui le transmettre")).to_have_value("AKTO")

    drive(journey)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"status": "over"}, "Plus d’actualité"),
        ({"status": "refused", "contact": None, "need": None}, "n’est plus d’actualité"),
        ({"status": "passed_on", "contact": None, "need": None}, "a été transmis"),
    ],
)
def test_what_is_over_takes_no_answer(drive: Drive, given: dict[str, Any], said: str) -> None:
    def journey(page: Page, api: Api) -> None:
        api.notice |= given
        page.goto(f"{OPCO}?action=contact#token")
        expect(page.get_by_text(said)).to_be_visible()
        expect(page.get_by_role("button")).to_have_count(0)

    drive(journey)


@pytest.mark.parametrize(
    ("link", "said"), [("", "Ouvrez cette page"), ("#no", "Ce lien n’est pas")]
)
def test_a_link_that_opens_nothing_says_what_to_do(drive: Drive, link: str, said: str) -> None:
    def journey(page: Page, api: Api) -> None:
        api.refusals["/notice"] = (401, {"code": "link_invalid"})
        page.goto(OPCO + link)
        expect(page.get_by_role("heading", name=said)).to_be_visible()

    drive(journey)


def test_the_desk_is_told_what_naming_nobody_means(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        api.notice |= {"addressee": None}
        page.goto(f"{OPCO}#token")
        page.get_by_role("button", name="Transmettre à un OPCO").click()
        expect(page.locator("#to-hint")).to_contain_text("saura que personne ne le suit")
        expect(page.get_by_label("OPCO à qui le transmettre").locator("option")).to_have_count(3)

    drive(journey)
