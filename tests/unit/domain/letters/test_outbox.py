"""Rounds, and notices before they are told: the sweep takes over after five minutes."""

from depot.domain.cfa.rounds import CfaRound
from depot.domain.opco.notice import OpcoNotice
from tests.builders import NOW
from tests.world import minutes


NOTICE = OpcoNotice(recruiter_id="r1", offer_id="o1", created_at=NOW)
ROUND = CfaRound(recruiter_id="r1", offer_id="o1", created_at=NOW)


def test_a_waiting_notice_is_due_after_five_minutes() -> None:
    assert (NOTICE.state, NOTICE.due_at) == ("waiting", NOW + minutes(5))


def test_a_waiting_round_is_due_after_five_minutes() -> None:
    assert (ROUND.state, ROUND.due_at) == ("waiting", NOW + minutes(5))


def test_a_closed_round_keeps_its_outcome_and_is_never_due() -> None:
    done = ROUND.done("nobody_near")

    assert (done.state, done.outcome) == ("done", "nobody_near")
    assert (done.due_at, done.version) == (None, 2)
