"""What becomes of a need at the OPCOs, turn after turn."""

from typing import Literal

import pytest

from depot.domain.opco.finding import Finding
from tests.builders import NOW
from tests.unit.domain.opco.turns import (
    IDENTIFIED,
    KNOWN,
    LATER,
    MULTIPLE,
    REMIND,
    UNKNOWN,
    passed,
    told,
)
from tests.world import AKTO, EP, OCAPIAT, days, minutes


@pytest.mark.parametrize(
    ("finding", "addressee"), [(IDENTIFIED, EP), (MULTIPLE, None), (UNKNOWN, None)]
)
def test_the_opco_that_was_found_is_told_and_the_desk_when_none_was(
    finding: Finding, addressee: str | None
) -> None:
    notice = told(finding)

    assert (notice.state, notice.addressee, notice.finding) == ("told", addressee, finding)
    assert (notice.turn, notice.told_at, notice.letter_id) == (1, NOW, "opco_need-o1-t1")
    assert notice.version == 2


def test_who_has_not_answered_is_due_for_one_reminder() -> None:
    reminded = told().reminded(REMIND)

    assert told().due_at == REMIND
    assert (reminded.due_at, reminded.reminded_at) == (None, REMIND)


@pytest.mark.parametrize("answer", ["taking", "contacted"])
def test_an_answer_is_kept_with_its_date_and_ends_the_reminder(
    answer: Literal["taking", "contacted"],
) -> None:
    notice = told().answered(answer, LATER)

    assert (notice.answer, notice.answered_at, notice.due_at) == (answer, LATER, None)
    assert (notice.addressee, notice.turn) == (EP, 1)


def test_a_later_answer_replaces_the_one_before() -> None:
    notice = told().answered("taking", NOW).answered("contacted", LATER)

    assert (notice.answer, notice.answered_at) == ("contacted", LATER)
    assert passed(notice).answer is None


def test_a_need_that_is_over_is_not_reminded() -> None:
    assert told().without_reminder().due_at is None


def test_passed_on_without_a_name_it_goes_to_the_next_candidate_then_to_the_desk() -> None:
    first = passed(told(MULTIPLE))
    second = passed(first)
    third = passed(second)

    assert [notice.addressee for notice in (first, second, third)] == [EP, AKTO, None]
    assert (third.declined, third.turn, third.answer) == ((EP, AKTO), 4, None)
    assert (first.reminder_at, first.told_at) == (REMIND + days(1), LATER)


def test_the_opco_that_is_named_is_told() -> None:
    notice = passed(told(), OCAPIAT)

    assert (notice.addressee, notice.chosen, notice.declined) == (OCAPIAT, True, (EP,))


def test_the_desk_with_nobody_left_keeps_it_unclaimed_and_may_still_answer() -> None:
    unclaimed = passed(told(UNKNOWN))

    assert (unclaimed.answer, unclaimed.addressee, unclaimed.turn) == ("not_ours", None, 1)
    assert (unclaimed.answered_at, unclaimed.reminder_at) == (LATER, None)
    assert passed(unclaimed, EP).addressee == EP
    assert unclaimed.answered("taking", LATER).answer == "taking"


def test_an_opco_names_nobody_who_declined_and_the_desk_names_anybody() -> None:
    at_the_desk = passed(told())
    at_akto = passed(at_the_desk, AKTO)

    assert told().recipients(KNOWN) == (AKTO, OCAPIAT)
    assert at_the_desk.recipients(KNOWN) == KNOWN
    assert at_akto.recipients(KNOWN) == (OCAPIAT,)


def test_a_firm_known_at_last_takes_the_need_from_the_desk_in_a_new_turn() -> None:
    waiting = told(UNKNOWN).again(LATER)
    notice = told(IDENTIFIED, waiting)

    assert (waiting.state, waiting.due_at) == ("waiting", LATER + minutes(5))
    assert (notice.addressee, notice.turn, notice.letter_id) == (EP, 2, "opco_need-o1-t2")


def test_what_a_person_decided_is_said_so() -> None:
    assert told().answered("taking", LATER).decided
    assert passed(told(UNKNOWN), EP).decided
    assert not told().decided
    assert not passed(told(UNKNOWN)).decided
    assert not passed(told()).decided


def test_its_history_says_when_who_and_what() -> None:
    notice = passed(told().reminded(REMIND), AKTO).answered("contacted", LATER)

    assert [(step.at, step.who, step.what) for step in notice.history] == [
        (NOW, EP, "told"),
        (REMIND, EP, "reminded"),
        (LATER, EP, "not_ours"),
        (LATER, AKTO, "told"),
        (LATER, AKTO, "contacted"),
    ]


def test_its_history_does_not_grow_for_ever() -> None:
    notice = told()
    for _ in range(100):
        notice = notice.answered("taking", NOW).answered("contacted", NOW)

    assert len(notice.history) == 50
