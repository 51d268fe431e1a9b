"""Asking in turn, and writing once more to a centre that is silent."""

from itertools import count
from uuid import UUID

import pytest

from depot.domain.cfa.cfa_contact import CfaContact
from depot.domain.cfa.rounds import CfaRound
from depot.domain.errors import MailDelayed, MailRefused
from depot.domain.letters.refusal import CentreAsked
from depot.usecases.deposit.receipt import Receipt
from tests.builders import BAKER, NOW, a_deposit, a_training
from tests.world import Crash, World, crash, days, minutes, token_of


SILENT = NOW + days(7)  # Monday morning, after five days and a week-end
SUBMISSIONS = count(10)


def deposit(world: World) -> Receipt:
    submission = UUID(int=0x00000000_0000_4000_8000_000000000000 + next(SUBMISSIONS))
    need = {"metier": BAKER.code, "ask_cfa": True}
    form = a_deposit(submission_id=submission, duplicates="accept", offers=[need])
    return world.deposit(form)


def ask(world: World, now: object = NOW) -> list[str]:
    """One more need is told; whom to."""
    receipt = deposit(world)
    before = len(world.courier.sent)
    world.match(receipt.recruiter_id, receipt.offers[0].id, now)  # type: ignore[arg-type]
    return [letter.to for letter, _ in world.courier.sent[before:]]


def token(world: World) -> str:
    return next(
        (link or "").partition("#")[2]
        for letter, link in world.courier.sent
        if letter.kind == "cfa_need"
    )


def follow_ups(world: World) -> list[str]:
    return [letter.to for letter, _ in world.courier.sent if letter.kind == "cfa_follow_up"]


def test_centres_as_near_as_one_another_take_turns(world: World) -> None:
    world.catalogue.known = [
        a_training(siren=f"{rank:09d}", email=f"cfa{rank}@example.org") for rank in range(30)
    ]

    rounds = [ask(world, NOW + minutes(n)) for n in range(6)]

    assert all(len(asked) == 10 for asked in rounds)
    for start in (0, 3):
        thrice = [address for asked in rounds[start : start + 3] for address in asked]
        assert len(set(thrice)) == 30, "all are asked before any is asked again"
    assert set(rounds[0]) == set(rounds[3]), "the longest ago comes first"


def test_a_centre_is_stamped_in_the_transaction_that_asks_it(world: World) -> None:
    world.catalogue.known = [a_training()]
    receipt = deposit(world)
    world.store.rivals = [crash]

    with pytest.raises(Crash):
        world.match(receipt.recruiter_id, receipt.offers[0].id)

    assert world.store.all(CentreAsked) == []
    assert world.store.all(CfaContact) == []
    world.match(receipt.recruiter_id, receipt.offers[0].id)
    assert [stamp.asked_at for stamp in world.store.all(CentreAsked)] == [NOW]


def test_a_need_whose_centres_another_need_was_stamping_looks_again(world: World) -> None:
    world.catalogue.known = [a_training()]
    receipt = deposit(world)
    (asked,) = world.store.rounds(receipt.recruiter_id, receipt.offers[0].id)
    touched = asked.model_copy(update={"version": 2})
    world.store.rivals = [lambda: world.keep(touched)]

    assert world.match(receipt.recruiter_id, receipt.offers[0].id) == 1

    assert world.sent.count("cfa_need") == 1
    assert [kept.state for kept in world.store.all(CfaRound)] == ["done"]


def test_a_silent_centre_is_written_to_once_more_and_never_again(world: World) -> None:
    world.catalogue.known = [a_training()]
    ask(world)

    assert world.sweep(SILENT - days(1)).cfas_followed_up == 0
    assert world.sweep(SILENT).cfas_followed_up == 1
    for later in range(1, 20):
        assert world.sweep(SILENT + days(later)).cfas_followed_up == 0

    assert follow_ups(world) == ["cfa@example.org"]


def test_two_sweeps_at_once_write_once(world: World) -> None:
    world.catalogue.known = [a_training()]
    ask(world)
    world.store.rivals = [lambda: world.sweep(SILENT)]

    world.sweep(SILENT)

    assert len(follow_ups(world)) == 1


@pytest.mark.parametrize("answer", ["candidates", "later", "not_concerned"])
def test_who_answered_is_left_alone(world: World, answer: str) -> None:
    world.catalogue.known = [a_training()]
    ask(world)
    world.answer_cfa(token(world), answer)

    world.sweep(SILENT)

    assert follow_ups(world) == []


def test_who_answers_while_the_sweep_runs_is_left_alone(world: World) -> None:
    world.catalogue.known = [a_training()]
    ask(world)
    world.store.rivals = [lambda: world.answer_cfa(token(world), "later", now=SILENT)]

    assert world.sweep(SILENT).cfas_followed_up == 0
    assert follow_ups(world) == []


def test_who_only_read_is_written_to(world: World) -> None:
    world.catalogue.known = [a_training()]
    ask(world)
    world.read_cfa(token(world))

    world.sweep(SILENT)

    assert len(follow_ups(world)) == 1


def test_a_need_that_ended_is_followed_up_no_more_nor_looked_at_again(world: World) -> None:
    world.catalogue.known = [a_training()]
    receipt = deposit(world)
    world.match(receipt.recruiter_id, receipt.offers[0].id)
    world.close(receipt.offers[0], token_of(receipt))

    world.sweep(SILENT)

    assert follow_ups(world) == []
    assert [contact.due_at for contact in world.store.all(CfaContact)] == [None]


def test_a_centre_whose_first_mail_never_left_is_not_told_that_it_did(world: World) -> None:
    world.catalogue.known = [a_training()]
    receipt = deposit(world)
    world.courier.fails = [MailRefused()]
    world.match(receipt.recruiter_id, receipt.offers[0].id)

    world.sweep(SILENT)

    assert follow_ups(world) == []
    assert [cfa.state for cfa in world.show(token_of(receipt)).offers[0].cfas] == ["failed"]


def test_a_crash_before_the_follow_up_left_costs_a_little_time_and_nothing_else(
    world: World,
) -> None:
    world.catalogue.known = [a_training()]
    ask(world)
    world.courier.fails = [MailDelayed(), MailDelayed()]  # its OPCO's too, which is due first

    world.sweep(SILENT)
    assert follow_ups(world) == []
    world.sweep(SILENT + minutes(3))

    assert len(follow_ups(world)) == 1
