"""What the word of a depositor changes in whose turn it is."""

from depot.domain.opco.notice import OpcoNotice
from tests.unit.domain.opco.turns import (
    IDENTIFIED,
    LATER,
    MULTIPLE,
    REMIND,
    UNKNOWN,
    WAITING,
    found,
    passed,
    told,
)
from tests.world import AKTO, EP, days


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
