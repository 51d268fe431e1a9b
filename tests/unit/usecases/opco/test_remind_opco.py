"""Reminding an OPCO that has not answered."""

import pytest

from depot.domain.errors import MailDelayed
from depot.domain.opco.notice import OpcoNotice
from depot.domain.opco.reminder import reminds_at
from tests.builders import NOW
from tests.world import AKTO, World, days, minutes, token_in


# Told on Monday 23 November: Thursday at nine in Paris.
DUE = NOW + days(3) - minutes(120)


@pytest.fixture
def told(world: World) -> World:
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return world


def notice(world: World) -> OpcoNotice:
    (kept,) = world.store.all(OpcoNotice)
    return kept


def token(world: World) -> str:
    return token_in(world.courier.sent[-1][1])


def test_it_is_due_in_the_morning_some_days_later() -> None:
    assert reminds_at(NOW, 3) == DUE
    assert reminds_at(NOW.replace(hour=23), 3) == DUE + days(1)


@pytest.mark.parametrize(
    ("told", "due"),
    [(0, 3), (1, 4), (2, 7), (3, 8), (4, 9), (5, 9), (6, 9)],  # NOW is a Monday
)
def test_saturdays_and_sundays_are_no_delay(told: int, due: int) -> None:
    assert reminds_at(NOW + days(told), 3) == DUE + days(due - 3)


def test_who_has_not_answered_is_reminded_once_with_the_same_link(told: World) -> None:
    first = token(told)

    assert told.sweep(DUE - minutes(1)).opcos_reminded == 0
    assert told.sweep(DUE).opcos_reminded == 1
    assert told.sweep(DUE + days(5)).opcos_reminded == 0

    letter, link = told.courier.sent[-1]
    assert (letter.kind, letter.to) == ("opco_reminder", "ep@example.org")
    assert token_in(link) == first
    assert notice(told).reminded_at == DUE


def test_a_missed_run_is_caught_up(told: World) -> None:
    assert told.sweep(DUE + days(2)).opcos_reminded == 1


@pytest.mark.parametrize("answer", ["taking", "contacted"])
def test_who_answered_is_not_reminded(told: World, answer: str) -> None:
    told.answer(token(told), answer, version=2)

    assert told.sweep(DUE).opcos_reminded == 0


def test_the_next_is_reminded_in_its_turn(told: World) -> None:
    told.sweep(DUE)
    told.answer(token(told), "not_ours", version=3, to=AKTO, now=DUE)

    assert told.sweep(DUE + days(5)).opcos_reminded == 1
    assert [letter.to for letter, _ in told.courier.sent if letter.kind == "opco_reminder"] == [
        "ep@example.org",
        "akto@example.org",
    ]


def test_a_need_that_is_over_is_not_reminded_and_is_no_longer_due(told: World) -> None:
    (offer,) = told.offers
    (recruiter,) = {offer.recruiter_id}
    kept = told.store.recruiter(recruiter)
    manage = told.token(kept)
    (view,) = told.show(manage).offers
    told.close(view, manage)

    assert told.sweep(DUE).opcos_reminded == 0
    assert notice(told).due_at is None
    assert "opco_reminder" not in told.sent


def test_two_sweeps_at_once_remind_once(told: World) -> None:
    told.store.rivals = [lambda: told.sweep(DUE)]

    told.sweep(DUE)

    assert told.sent.count("opco_reminder") == 1


def test_an_answer_at_the_same_moment_wins(told: World) -> None:
    told.store.rivals = [lambda: told.answer(token(told), "taking", version=2, now=DUE)]

    assert told.sweep(DUE).opcos_reminded == 0
    assert (notice(told).answer, told.sent.count("opco_reminder")) == ("taking", 0)


def test_a_delayed_reminder_leaves_later_and_once(told: World) -> None:
    told.courier.fails = [MailDelayed()]
    told.sweep(DUE)

    told.sweep(DUE + minutes(3))
    told.sweep(DUE + minutes(30))

    assert told.sent.count("opco_reminder") == 1


@pytest.mark.parametrize("ids", [("nobody", "nothing"), ("r1", "o1")])
def test_a_notice_of_nothing_reminds_nobody(world: World, ids: tuple[str, str]) -> None:
    lost = OpcoNotice(recruiter_id="r1", offer_id="o1", created_at=NOW)
    world.keep(lost.model_copy(update={"state": "told", "remind_at": DUE}))

    assert not world.remind_opco(*ids, DUE)
    assert world.sent == []


def test_the_depositor_and_the_opco_are_reminded_each_of_their_own(told: World) -> None:
    done = told.sweep(NOW + days(22))

    assert (done.reminded, done.opcos_reminded) == (1, 1)
