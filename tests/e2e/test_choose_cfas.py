"""The employer chooses the training centres, on a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.form import fill, send
from tests.e2e.site import Site, eventually
from tests.ticks import tick


pytestmark = pytest.mark.emulator

BAKERY = "000 090 126 00038"  # in Nantes; no other test deposits for it
FIRM = "BOULANGERIES FICTIVES REUNIES"


def test_two_centres_are_chosen_then_others_and_never_the_same(site: Site, page: Page) -> None:
    page.goto(site.url + "/")
    fill(page, siret=BAKERY, email="choix@example.org")
    send(page)
    page.get_by_role("link", name="Faire connaître mon besoin aux CFA").click()

    first = _ask(page, 2)
    asked = eventually(lambda: _asked(site, 2))
    expect(page.get_by_text("encore solliciter 8 centres")).to_be_visible()

    page.get_by_role("link", name="Revenir à mes offres").click()
    page.get_by_role("link", name="Solliciter d’autres centres").click()
    second = _ask(page, 1)
    assert not first & second
    everybody = eventually(lambda: _asked(site, 3))
    assert asked < everybody
    eventually(lambda: _said_of_all(page, 3))


def _ask(page: Page, number: int) -> set[str]:
    """Ask the first of the list; give their names."""
    boxes = page.get_by_role("checkbox")
    expect(boxes.nth(number)).to_be_attached()
    for rank in range(number):
        tick(boxes.nth(rank))
    chosen = set(page.locator("#centres li:has(:checked) .breakable").all_inner_texts())
    assert len(chosen) == number
    page.get_by_role("button", name="Solliciter les centres cochés").click()
    expect(page.get_by_text("C’est noté")).to_be_visible()
    return chosen


def _said_of_all(page: Page, number: int) -> bool:
    """Whether the page says, read anew, that all were written to: noted after the mails went."""
    page.reload()
    expect(page.locator("#asked-list > li")).to_have_count(number)
    return page.get_by_text("e-mail envoyé").count() == number


def _asked(site: Site, number: int) -> frozenset[str]:
    """Addresses that were written to about this firm, once there are as many."""
    mails = [mail["to"][0] for mail in site.mails("cfa-", FIRM)]
    assert len(mails) <= number
    assert len(mails) == len(set(mails))
    return frozenset(mails) if len(mails) == number else frozenset()
