"""What becomes of a need at the OPCOs, turn after turn."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.opco.finding import Evidence, Finding, fold
from depot.domain.opco.notice import OpcoNotice
from tests.builders import NOW
from tests.world import AKTO, EP, OCAPIAT, days, minutes


LATER = NOW + days(1)
REMIND = NOW + days(3)
KNOWN = (EP, AKTO, OCAPIAT)


def found(*opcos: str) -> Finding:
    """What one source that names these OPCOs leads to."""
    confidence = (None, "certain", "shared")[min(len(opcos), 2)]
    said = {"asked": "0001", "opcos": opcos, "confidence": confidence}
    return fold([Evidence(source="idcc", at=NOW, **said)], NOW)


IDENTIFIED = found(EP)
MULTIPLE = found(EP, AKTO)
UNKNOWN = found()
WAITING = OpcoNotice(recruiter_id="r1", offer_id="o1", created_at=NOW)


def told(finding: Finding = IDENTIFIED, notice: OpcoNotice = WAITING) -> OpcoNotice:
    return notice.told(finding, remind_at=REMIND, now=NOW)


def passed(notice: OpcoNotice, named: str | None = None) -> OpcoNotice:
    return notice.passed_on(named, remind_at=REMIND + days(1), now=LATER)


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


def declared(notice: OpcoNotice, claim: str | None) -> OpcoNotice:
    assert notice.finding
    finding = notice.finding.declaring(claim, LATER)
    return notice.declared(finding, remind_at=REMIND + days(1), now=LATER)


def test_the_opco_a_depositor_declares_among_the_candidates_is_told_in_the_next_turn() -> None:
    notice = declared(told(MULTIPLE), AKTO)

    assert (notice.addressee, notice.turn, notice.letter_id) == (AKTO, 2, "opco_need-o1-t2")
    assert (notice.told_at, notice.reminder_at, notice.version) == (LATER, REMIND + days(1), 3)
    assert not notice.decided


def test_any_other_is_told_to_the_desk_again() -> None:
    notice = declared(told(UNKNOWN), AKTO)

    assert (notice.addressee, notice.turn) == (None, 2)
    assert notice.finding
    assert notice.finding.claim == AKTO


def test_an_opco_that_has_the_need_keeps_it_while_the_word_leads_to_no_other() -> None:
    at_ep = passed(told(found(EP, AKTO)))

    for notice in (declared(at_ep, EP), declared(declared(at_ep, EP), None), declared(at_ep, "X")):
        assert (notice.addressee, notice.turn, notice.told_at) == (EP, 2, LATER)
    assert declared(at_ep, AKTO).addressee == AKTO


def test_one_that_passed_it_on_is_not_believed_to_be_it_after_all() -> None:
    at_ep = declared(passed(declared(told(MULTIPLE), AKTO)), None)
    at_the_desk = passed(at_ep)

    assert declared(at_ep, AKTO).addressee == EP
    assert declared(at_the_desk, AKTO).addressee is None


def test_the_candidate_that_was_not_declared_is_the_next() -> None:
    notice = passed(declared(told(MULTIPLE), AKTO))

    assert notice.addressee == EP
    assert declared(notice, EP).turn == notice.turn, "it has the need already"
    assert passed(notice).addressee is None


def test_one_that_lost_it_to_a_declaration_is_next_when_the_declared_one_passes_it_on() -> None:
    at_ep = passed(told(MULTIPLE))
    at_akto = declared(at_ep, AKTO)

    assert (at_akto.addressee, at_akto.declined) == (AKTO, ())
    assert passed(at_akto).addressee == EP


def test_a_depositor_may_declare_until_somebody_decided_or_when_nobody_knew() -> None:
    assert told(MULTIPLE).declarable
    assert told(UNKNOWN).declarable
    assert declared(told(MULTIPLE), AKTO).declarable
    assert passed(told(UNKNOWN)).declarable
    assert not WAITING.declarable
    assert not told(IDENTIFIED).declarable
    assert not told(MULTIPLE).answered("taking", LATER).declarable
    assert not passed(told(MULTIPLE), EP).declarable


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


findings = st.lists(st.sampled_from(KNOWN), unique=True).map(lambda opcos: found(*opcos))
ACTS = ["taking", "contacted", "remind", "pass", "name", "declare"]
acts = st.lists(st.sampled_from(ACTS), min_size=1, max_size=25)


@dataclass
class Post:
    """Plays people and the sweep; remembers who was told, reminded, named.

    Who lost the need to a declaration, without having passed it on, may be next again:
    its link opens no more.
    """

    notice: OpcoNotice
    told: list[str | None] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    reminded: list[int] = field(default_factory=list)

    def act(self, what: str, choice: int, now: datetime) -> None:
        before = self.notice
        match what:
            case "taking" | "contacted":
                self.notice = before.answered("taking" if what == "taking" else "contacted", now)
            case "remind" if before.reminder_at is not None and before.reminder_at <= now:
                self.notice = before.reminded(now)
                self.reminded.append(before.turn)
            case "pass":
                self.notice = before.passed_on(None, remind_at=now + days(3), now=now)
            case "name" if recipients := before.recipients(KNOWN):
                to = recipients[choice % len(recipients)]
                self.notice = before.passed_on(to, remind_at=now + days(3), now=now)
                self.named.append(to)
            case "declare" if before.declarable and before.finding:
                finding = before.finding.declaring((None, *KNOWN)[choice], now)
                if finding == before.finding:
                    return
                self.notice = before.declared(finding, remind_at=now + days(3), now=now)
                if self.notice.turn != before.turn and self.notice.addressee:
                    self.named.append(self.notice.addressee)
                    assert self.notice.addressee not in self.notice.declined
                if self.notice.turn != before.turn and before.addressee:
                    self.lost.append(before.addressee)
        if self.notice.turn != before.turn:
            self.told.append(self.notice.addressee)


@given(findings, acts, st.data())
def test_whatever_people_answer_one_is_asked_at_a_time_and_nobody_twice_by_itself(
    finding: Finding, whats: list[str], data: st.DataObject
) -> None:
    post = Post(told(finding))
    post.told.append(post.notice.addressee)
    for day, what in enumerate(whats, start=1):
        before = post.notice
        post.act(what, data.draw(st.integers(0, 3)), NOW + days(2 * day))
        notice = post.notice

        assert notice.state == "told"
        assert notice.addressee in {None, *KNOWN}
        assert notice.version - before.version in {0, 1}
        assert notice.turn - before.turn in {0, 1}
        assert (notice.turn != before.turn) == (notice.letter_id != before.letter_id)
        assert notice.answer != "not_ours" or notice.addressee is None

    assert len(post.told) == post.notice.turn
    assert len(post.reminded) == len(set(post.reminded)), "one reminder a turn"
    for opco in KNOWN:
        by_itself = post.told.count(opco) - post.named.count(opco)
        assert by_itself <= 1 + post.lost.count(opco), "never twice by itself"


@given(findings)
def test_without_a_name_a_need_ends_at_the_desk_after_each_candidate_was_asked(
    finding: Finding,
) -> None:
    notice = told(finding)
    asked = [notice.addressee]
    while notice.answer != "not_ours":
        notice = passed(notice)
        asked.append(notice.addressee)

    assert {opco for opco in asked if opco} == set(finding.opcos)
    assert len([opco for opco in asked if opco]) == len(finding.opcos)
    assert notice.addressee is None
