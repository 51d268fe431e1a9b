"""A lost link is asked for, several firms are listed, an address is confirmed, in Chromium."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.web.linked import EMAIL
from tests.web.played import ORIGIN


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


def some_firms(
    firms: list[Any], count: int | None = None, after: str | None = None
) -> dict[str, Any]:
    return {"email": EMAIL, "firms": firms, "count": count or len(firms), "next": after}


def test_every_firm_leads_to_its_own_page_and_many_can_be_searched(play: Play) -> None:
    firms = [a_firm(f"GARAGE {rank}", f"{rank:014d}", city="Bergerac") for rank in range(39)]
    bakery = a_firm("Boulangerie Élan", "48744469700428", live=0, ends_on=None)
    api = Links(**{"GET firms": (200, some_firms([bakery, *firms]))})

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


class Pages(Links):
    """A list in pages: each is asked for by the ``next`` of the one before, once it is there."""

    def __init__(self, pages: dict[str, tuple[int, Any]]) -> None:
        super().__init__()
        self.pages = pages

    def reply(self, method: str, url: str, body: Any) -> tuple[int, Any]:
        del method, body
        return self.pages[parse_qs(urlsplit(url).query).get("after", [""])[0]]


def test_the_firms_of_a_long_list_come_page_by_page_and_one_that_fails_is_asked_for_again(
    play: Play,
) -> None:
    firms = [a_firm(f"GARAGE {rank:03d}", f"{rank:014d}") for rank in range(12)]
    first, rest = some_firms(firms[:6], 12, "r5"), some_firms(firms[5:], 12)
    api = Pages({"": (200, first), "r5": (503, {})})

    def visit(page: Page) -> None:
        page.goto(f"{ORIGIN}/mes-entreprises.html#token")
        expect(page.locator("#count")).to_have_text("6 entreprises pour l’instant, sur 12")
        search = page.get_by_label("Chercher dans la liste")
        search.fill("garage 00")
        again = page.get_by_role("button", name="Réessayer")
        expect(again).to_be_visible()
        api.pages["r5"] = (200, rest)
        again.click()
        expect(page.locator("#count")).to_have_text("10 entreprises")
        search.fill("")
        expect(page.locator("#count")).to_have_text("12 entreprises")
        expect(page.locator("#firms li")).to_have_count(12)
        expect(again).to_be_hidden()

    play(visit, api)


def test_a_list_that_no_longer_opens_leads_to_a_new_one(play: Play) -> None:
    api = Links(**{"GET firms": (401, {"code": "link_invalid"})})

    def visit(page: Page) -> None:
        page.goto(f"{ORIGIN}/mes-entreprises.html#token")
        expect(page.get_by_role("link", name="Recevoir mon lien")).to_have_attribute(
            "href", "/lien.html"
        )

    play(visit, api)


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
