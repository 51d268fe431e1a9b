"""The page of one need for a training centre, and the way out of its mails, in Chromium."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.played import CFA, MANAGE, WAY_OUT, Api, Drive
from tests.web.shown import a_cfa_need, an_offer


SHOTS = os.environ.get("SHOTS")


def shoot(page: Page, name: str) -> None:
    """Keep a picture, for a person to look at (``SHOTS=<folder> pytest tests/web``)."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def test_a_centre_sees_the_need_and_a_press_alone_answers(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{CFA}#token")
        call = page.get_by_role("link", name="Appeler le 05 53 01 02 03")
        expect(call).to_have_attribute("href", "tel:+33553010203")
        for told in ("LE FOURNIL FICTIF", "Boulanger", "CAP Boulanger", "24000 PERIGUEUX"):
            expect(page.locator("#need")).to_contain_text(told)
        shoot(page, "cfa")
        assert api.sent == [], "nobody has touched the page"
        page.get_by_role("button", name="Pas concerné").click()
        page.get_by_role("button", name="Oui, pas concerné").click()
        expect(page.get_by_text("C’est noté")).to_be_visible()
        expect(page.locator("#badge")).to_have_text("Pas concerné")
        assert api.sent == [
            ("/cfa/reading", {}),
            ("/cfa/answer", {"replies": 0, "answer": "not_concerned"}),
        ]

    drive(journey)


def test_the_first_gesture_of_a_person_alone_says_that_it_was_read(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{CFA}#token")
        expect(page.locator("#need")).to_be_visible()
        page.evaluate("scrollTo(0, 500); document.dispatchEvent(new Event('keydown'))")
        assert api.sent == [], "a program looks: it scrolls, it plays events"
        with page.expect_response("**/api/cfa/reading"):
            page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.mouse.move(10, 10)
        expect(page.locator("#need")).to_be_visible()
        assert [path for path, _ in api.sent] == ["/cfa/reading"]

    drive(journey)


@pytest.mark.parametrize(
    ("action", "title"),
    [
        ("candidats", "Dire que vous avez des candidats"),
        ("plus-tard", "Dire que vous n’avez pas de candidat"),
        ("pas-concerne", "Dire que ce besoin ne vous concerne pas"),
    ],
)
def test_a_link_of_the_mail_opens_its_answer_and_does_nothing_more(
    drive: Drive, action: str, title: str
) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{CFA}?action={action}#token")
        expect(page.get_by_role("heading", name=title)).to_be_visible()
        assert api.sent == []
        assert page.url == f"{CFA}#token"
        shoot(page, f"cfa-{action}")
        page.get_by_role("button", name="Ne rien changer").click()
        expect(page.get_by_role("heading", name=title)).to_be_hidden()

    drive(journey)


def test_what_a_centre_says_of_its_candidates_is_sent_and_may_be_changed(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{CFA}?action=candidats#token")
        page.get_by_label("Nombre de candidats").fill("2")
        page.get_by_label("Un mot pour l’entreprise").fill("Appelez Paul.")
        page.get_by_label("Votre téléphone").fill("05 53 00 00 00")
        page.get_by_role("button", name="Oui, nous avons des candidats").click()
        expect(page.locator("#badge")).to_have_text("Vous avez des candidats")
        expect(page.locator("#need")).to_contain_text("sait que vous avez 2 candidats")
        shoot(page, "cfa-answered")
        page.get_by_role("button", name="Préciser ma réponse").click()
        expect(page.get_by_label("Un mot pour l’entreprise")).to_have_value("Appelez Paul.")
        page.get_by_label("Nombre de candidats").fill("")
        page.get_by_role("button", name="Oui, nous avons des candidats").click()
        expect(page.locator("#need")).to_contain_text("sait que vous avez des candidats")
        said = {"word": "Appelez Paul.", "phone": "05 53 00 00 00", "email": None}
        answers = [body for path, body in api.sent if path == "/cfa/answer"]
        assert answers == [
            {"replies": 0, "answer": "candidates", "candidates": "2", **said},
            {"replies": 1, "answer": "candidates", "candidates": None, **said},
        ]

    drive(journey)


def test_a_date_that_is_refused_is_said_beside_its_field(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{CFA}?action=plus-tard#token")
        error = {"field": "back_on", "code": "back_past", "message": "Passée.", "remedy": "Autre."}
        problem = {"code": "invalid", "detail": "", "errors": [error]}
        api.refusals["/cfa/answer"] = (422, problem)
        page.get_by_label("À partir de quand").fill("2020-01-06")
        page.get_by_role("button", name="Oui, plus tard").click()
        expect(page.locator("#back_on-messages")).to_contain_text("Passée. Autre.")
        expect(page.get_by_label("À partir de quand")).to_have_value("2020-01-06")

    drive(journey)


def test_an_answer_given_meanwhile_is_shown_as_it_is_now(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{CFA}?action=pas-concerne#token")
        current = a_cfa_need(
            replies=1, reply={"answer": "later"}, replied_at="2026-11-26T09:00:00Z"
        )
        problem = {"code": "notice_moved", "detail": "", "errors": [], "current": current}
        api.refusals["/cfa/answer"] = (409, problem)
        page.get_by_role("button", name="Oui, pas concerné").click()
        expect(page.get_by_text("Ce besoin a évolué entre-temps")).to_be_visible()
        expect(page.locator("#badge")).to_have_text("Plus tard")

    drive(journey)


@pytest.mark.parametrize(
    ("status", "said"), [("over", "Ce besoin est terminé"), ("refused", "n’est plus d’actualité")]
)
def test_a_need_that_ended_shows_no_contact_and_takes_no_answer(
    drive: Drive, status: str, said: str
) -> None:
    def journey(page: Page, api: Api) -> None:
        api.cfa |= {"status": status, "contact": None, "need": None, "poster": None}
        page.goto(f"{CFA}?action=candidats#token")
        expect(page.get_by_role("heading", name=said)).to_be_visible()
        expect(page.get_by_role("button")).to_have_count(0)
        assert "Jeanne" not in page.content()
        page.keyboard.press("Tab")
        assert api.sent == []

    drive(journey)


def test_the_poster_is_for_paper_alone_and_holds_nothing_of_the_contact(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        del api
        page.goto(f"{CFA}#token")
        page.evaluate("window.print = () => { window.printed = true; }")
        poster = page.locator("#poster")
        expect(poster).to_be_hidden()
        page.get_by_role("button", name="Imprimer l’affiche").click()
        assert page.evaluate("window.printed")
        page.emulate_media(media="print")
        expect(poster).to_be_visible()
        expect(page.get_by_role("heading", name="La personne à contacter")).to_be_hidden()
        for told in ("Boulanger / Boulangère", "LE FOURNIL FICTIF", "21 décembre 2026"):
            expect(poster).to_contain_text(told)
        for personal in ("Jeanne", "05 53", "j@example.org", "SIRET"):
            expect(poster).not_to_contain_text(personal)
        expect(page.locator("#poster-code")).not_to_have_js_property("naturalWidth", 0)
        page.set_viewport_size({"width": 718, "height": 1047})  # A4 less margins of a centimetre
        assert poster.evaluate("poster => poster.offsetTop + poster.offsetHeight") <= 1047
        shoot(page, "poster")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        expect(poster).to_be_hidden()

    drive(journey)


def test_a_centre_leaves_and_comes_back_by_a_press(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{WAY_OUT}#token")
        expect(page.get_by_text("000 000 018")).to_be_visible()
        shoot(page, "way-out")
        assert api.sent == []
        page.get_by_role("button", name="Ne plus recevoir ces e-mails").click()
        expect(page.get_by_role("heading", name="Vous ne recevez plus")).to_be_visible()
        expect(page.get_by_text("C’est noté")).to_be_visible()
        shoot(page, "way-out-done")
        page.get_by_role("button", name="Me réinscrire").click()
        expect(page.get_by_role("heading", name="Ne plus recevoir")).to_be_visible()
        assert api.sent == [
            ("/cfa/subscription", {"wanted": False}),
            ("/cfa/subscription", {"wanted": True}),
        ]

    drive(journey)


@pytest.mark.parametrize(
    ("address", "path", "link", "said"),
    [
        (CFA, "/cfa", "", "Ouvrez cette page"),
        (CFA, "/cfa", "#no", "Ce lien n’est pas"),
        (WAY_OUT, "/cfa/subscription", "", "Ouvrez cette page"),
        (WAY_OUT, "/cfa/subscription", "#no", "Ce lien n’est pas"),
    ],
)
def test_a_link_that_opens_nothing_says_what_to_do(
    drive: Drive, address: str, path: str, link: str, said: str
) -> None:
    def journey(page: Page, api: Api) -> None:
        api.refusals[path] = (401, {"code": "link_invalid"})
        page.goto(address + link)
        expect(page.get_by_role("heading", name=said)).to_be_visible()

    drive(journey)


def test_the_employer_sees_where_each_centre_stands_and_how_to_reach_it(drive: Drive) -> None:
    since = "2026-11-24T09:00:00Z"

    def centre(name: str, state: str, **more: Any) -> dict[str, Any]:
        where = {"name": name, "city": "Boulazac", "distance_km": 3.9}
        return {**where, "state": state, "since": since, **more}

    def journey(page: Page, api: Api) -> None:
        reach = {"phone": "+33553000000", "email": "apprentis@example.org"}
        cfas = [
            centre("CFA A", "candidates", candidates=2, word="Appelez <Paul>.", **reach),
            centre("CFA B", "sent"),
            centre("CFA C", "read"),
            centre("CFA D", "later", back_on="2027-01-11"),
            centre("CFA E", "not_concerned"),
            centre("CFA F", "failed", since=None),
            centre("CFA G", "refused", since=None),
        ]
        api.offers = [an_offer("a", cfas=cfas, cfa_outcome="asked")]
        page.goto(MANAGE)
        card = page.locator("#offre-a")
        expect(card).to_contain_text("a 2 candidats")
        expect(card).to_contain_text("Appelez <Paul>.")
        call = card.get_by_role("link", name="05 53 00 00 00")
        expect(call).to_have_attribute("href", "tel:+33553000000")
        write = card.get_by_role("link", name="apprentis@example.org")
        expect(write).to_have_attribute("href", "mailto:apprentis@example.org")
        expect(card).to_contain_text("e-mail lu le mardi 24 novembre 2026")
        expect(page.locator("#mail-stopped")).to_be_hidden()
        shoot(page, "card")

    drive(journey)


def test_a_depositor_our_mails_do_not_reach_reads_it_on_his_page(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        api.mail_stopped = True
        page.goto(MANAGE)
        expect(page.get_by_text("nous ne lui écrivons plus")).to_be_visible()

    drive(journey)
