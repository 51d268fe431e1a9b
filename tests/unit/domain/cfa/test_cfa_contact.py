"""One centre asked about one need: its states."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.cfa.cfa_contact import CfaContact, CfaReply, ask_centre, follows_up_at
from depot.domain.cfa.matching import Match
from depot.domain.life.lifetime import PARIS
from tests.builders import NOW


CENTRE = Match(
    siren="000000018",
    siret="00000001800010",
    name="CFA",
    city="Boulazac",
    email="cfa@example.org",
    title="CAP Boulanger",
    distance_km=4,
    kinship="exact",
    level="3",
    rotated=False,
)
LATER, CANDIDATES = CfaReply(answer="later"), CfaReply(answer="candidates", candidates=2)
HOUR = timedelta(hours=1)


def a_contact() -> CfaContact:
    return ask_centre(CENTRE, recruiter_id="r1", offer_id="o1", days=5, now=NOW)


def test_a_silent_centre_is_due_for_one_follow_up() -> None:
    contact = a_contact()

    assert contact.due_at == contact.follow_up_at
    assert contact.read(NOW).due_at == contact.follow_up_at, "who reads and says nothing is silent"
    assert contact.followed_up(NOW).due_at is None
    assert contact.without_reminder().due_at is None
    assert contact.answered(LATER, NOW).due_at is None


def test_the_first_reading_stays() -> None:
    read = a_contact().read(NOW)

    assert read.read(NOW + HOUR) is read
    assert read.answered(LATER, NOW + HOUR).read_at == NOW


def test_who_answers_has_read() -> None:
    assert a_contact().answered(LATER, NOW).read_at == NOW


def test_an_answer_replaces_the_one_before_and_counts() -> None:
    changed = a_contact().answered(LATER, NOW).answered(CANDIDATES, NOW + HOUR)

    assert (changed.reply, changed.replies, changed.replied_at) == (CANDIDATES, 2, NOW + HOUR)


def test_candidates_are_news_once() -> None:
    contact = a_contact().answered(LATER, NOW)
    assert contact.news(CANDIDATES)
    assert not contact.news(LATER)

    told = contact.answered(CANDIDATES, NOW)
    assert not told.news(CANDIDATES)
    assert not told.answered(LATER, NOW).news(CANDIDATES)


@given(st.integers(0, 4 * 365 * 24), st.integers(1, 30))
def test_a_follow_up_comes_in_the_morning_of_a_working_day_no_sooner_than_said(
    hours: int, days: int
) -> None:
    now = NOW + hours * HOUR
    there = follows_up_at(now, days).astimezone(PARIS)

    assert there.hour == 9
    assert there.weekday() < 5
    waited = (there.date() - now.astimezone(PARIS).date()).days
    assert days <= waited <= days + 2


@pytest.mark.parametrize(("asked", "days", "due"), [("2026-11-23", 5, "2026-11-30")])
def test_five_days_after_a_monday_is_the_next_monday(asked: str, days: int, due: str) -> None:
    now = datetime.fromisoformat(f"{asked}T10:00:00+00:00")

    assert follows_up_at(now, days).date().isoformat() == due
