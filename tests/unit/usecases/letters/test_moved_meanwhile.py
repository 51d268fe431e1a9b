"""A letter waits while its reader moves to another address."""

from typing import Any

import pytest

from depot.domain.errors import LinkInvalid, MailDelayed
from depot.domain.letters.letter import Letter, write
from depot.ports.store import Create
from depot.usecases.deposit.receipt import Receipt
from tests.builders import NOW, a_company, a_deposit, a_depositor
from tests.world import SECOND, World, days, minutes, token_in, token_of


OTHER_SIRET = "30247464800664"
FIRM, NEW = "jeanne@example.org", "paul@example.org"
PAUL = {"name": "Paul Martin", "email": NEW, "phone": "01 99 00 99 99"}


def two_firms(world: World, **over: Any) -> tuple[Receipt, Receipt]:
    """Two firms of one address: the older dossier keeps its letters."""
    world.companies.known[OTHER_SIRET] = a_company(siret=OTHER_SIRET, name="NATURALIA")
    first = world.deposit(a_deposit(**over))
    other = a_deposit(submission_id=SECOND, siret=OTHER_SIRET, **over)
    return first, world.deposit(other, NOW + days(1))


def link_waits(world: World, kind: str) -> Letter:
    """The address asks for its link; the mail waits."""
    world.courier.fails = [MailDelayed()]
    world.ask_link(email=FIRM)
    world.resend_all()
    (letter,) = [letter for letter in world.letters if letter.kind == kind]
    assert letter.state == "pending"
    return letter


def later(world: World) -> list[Letter]:
    """What the sweep sends of what waited."""
    before = len(world.courier.sent)
    world.sweep(NOW + minutes(10))
    return [letter for letter, _ in world.courier.sent[before:]]


def test_the_links_of_all_an_address_was_deposited_for_stay_with_it() -> None:
    """One firm has another reader by now: he is not the other firm's."""
    world = World()
    moved, _ = two_firms(world, depositor=a_depositor())
    link_waits(world, "employer_link_resent")
    world.change_employer(token_of(moved), **PAUL)

    (letter,) = [each for each in later(world) if each.kind == "employer_link_resent"]

    assert letter.to == FIRM
    opened = []
    for url in letter.facts["urls"]:  # type: ignore[union-attr]
        try:
            opened.append(world.show_employer(token_in(str(url))).siret)
        except LinkInvalid:
            opened.append("")
    assert sorted(opened) == ["", OTHER_SIRET], "the firm that moved is closed to its old address"


def test_the_firms_an_address_manages_are_never_told_to_who_takes_over_one_of_them() -> None:
    world = World()
    moved, _ = two_firms(world)
    letter = link_waits(world, "links_resent")
    world.contact(token_of(moved), email=NEW)
    asked = next(link for sent, link in world.courier.sent if sent.kind == "email_change")
    world.confirm(token_in(asked))

    assert "links_resent" not in [each.kind for each in later(world)]

    kept = world.store.letter(letter.recruiter_id, letter.id)
    assert kept is not None
    assert (kept.state, kept.failure, kept.to, kept.facts) == ("failed", "moved", FIRM, {})


def test_the_only_dossier_of_an_address_is_told_where_it_is_reached_by_now() -> None:
    world = World()
    receipt = world.deposit()
    link_waits(world, "link_resent")
    world.contact(token_of(receipt), email=NEW)
    asked = next(link for sent, link in world.courier.sent if sent.kind == "email_change")
    world.confirm(token_in(asked))

    sent = [(each.kind, each.to) for each in later(world)]
    assert [each for each in sent if each[0] == "link_resent"] == [("link_resent", NEW)]


@pytest.mark.parametrize("gesture", ["depositor", "firm"])
def test_a_notice_that_waits_is_not_told_to_another_address_which_has_its_own(gesture: str) -> None:
    """It names the former contact, and the new one was written to when it was given."""
    world = World()
    world.courier.fails = [MailDelayed(), MailDelayed()]
    receipt = world.deposit(a_deposit(depositor=a_depositor()))
    if gesture == "depositor":
        world.change_employer(token_of(receipt), **PAUL)
    else:
        token = f"employer.{receipt.recruiter_id}.1"
        offer = world.show_employer(token).offers[0]
        world.employer_says("correct", offer, token, contact=PAUL)

    assert "on_behalf_notice" not in [each.kind for each in later(world)]

    (told,) = [each for each, _ in world.courier.sent if each.reader == "employer"]
    assert (told.to, told.facts["email"]) == (NEW, NEW)
    (former,) = [each for each in world.letters if (each.reader, each.to) == ("employer", FIRM)]
    assert (former.state, former.failure, former.facts) == ("failed", "moved", {})


def test_candidates_found_for_a_firm_are_told_where_it_is_reached_by_now() -> None:
    """They name the centre, not the former contact, and no other letter tells of them."""
    world = World()
    receipt = world.deposit(a_deposit(depositor=a_depositor()))
    candidates = write(
        "on_behalf_candidates",
        about="o1",
        recruiter_id=receipt.recruiter_id,
        to=FIRM,
        facts={"centre": "CFA du Périgord"},
        now=NOW,
    )
    world.store.commit(Create(candidates))
    world.change_employer(token_of(receipt), **PAUL)

    told = [each.to for each in later(world) if each.kind == "on_behalf_candidates"]
    assert told == [NEW]
