"""Who is written to no more."""

from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.letters.letter import Addressee
from depot.domain.letters.refusal import MailRefusal, Why, address_subject
from tests.builders import NOW


READERS = get_args(Addressee)
LAPSED = NOW + timedelta(days=90)
ALMOST = LAPSED - timedelta(seconds=1)


def a_refusal(why: Why = "unsubscribed") -> MailRefusal:
    return MailRefusal(subject="000000018", why=why, since=NOW)


@pytest.mark.parametrize(
    ("why", "reached"),
    [
        ("unsubscribed", set(READERS) - {"cfa"}),
        ("complained", {"opco"}),
        ("bounced", {"opco", "new_address"}),
    ],
)
def test_a_refusal_bars_those_it_is_about(why: Why, reached: set[str]) -> None:
    assert {reader for reader in READERS if not a_refusal(why).bars(reader, NOW)} == reached
    lifted = a_refusal(why)._next(lifted_at=NOW)
    assert not any(lifted.bars(reader, NOW) for reader in READERS)


def test_who_comes_back_is_written_to_again_until_it_leaves_again() -> None:
    back = a_refusal().lifted(NOW)

    assert back.holds(NOW) is None
    assert back.lifted(NOW) is back
    assert back.again("unsubscribed", NOW).bars("cfa", NOW)


def test_an_error_is_not_its_holders_to_lift() -> None:
    bounced = a_refusal("bounced")

    assert bounced.lifted(NOW) is bounced


def test_an_error_lapses_after_ninety_days_and_counts_anew_when_the_next_mail_returns() -> None:
    bounced = a_refusal("bounced")

    assert bounced.bars("depositor", ALMOST)
    assert not bounced.bars("depositor", LAPSED)
    again = bounced.again("bounced", LAPSED)
    assert again.bars("depositor", LAPSED)
    assert not again.bars("depositor", LAPSED + timedelta(days=90))


@pytest.mark.parametrize("why", ["unsubscribed", "complained"])
def test_a_wish_never_lapses(why: Why) -> None:
    assert a_refusal(why).bars("cfa", NOW + timedelta(days=36_500))


@pytest.mark.parametrize("wish", ["unsubscribed", "complained"])
@pytest.mark.parametrize("error_first", [True, False])
def test_a_wish_outlives_an_error_whichever_came_first(wish: Why, error_first: bool) -> None:  # noqa: FBT001
    first, then = ("bounced", wish) if error_first else (wish, "bounced")
    both = a_refusal(first).again(then, NOW)  # type: ignore[arg-type]

    assert both.holds(ALMOST) == "bounced"
    assert both.wished(ALMOST) == wish
    assert both.holds(LAPSED) == wish
    assert both.proven(NOW).holds(NOW) == wish
    assert both.again("bounced", LAPSED).wished(LAPSED) == wish


def test_a_link_opened_where_it_was_mailed_ends_an_error_and_nothing_else() -> None:
    complained = a_refusal("complained")

    assert a_refusal("bounced").proven(NOW).holds(NOW) is None
    assert complained.proven(NOW) is complained


def test_a_complaint_beneath_an_error_bars_even_a_link_that_proves_the_address() -> None:
    assert a_refusal("bounced").again("complained", NOW).bars("new_address", NOW)


def test_who_comes_back_in_error_has_no_wish_left_once_the_error_lapses() -> None:
    back = a_refusal("bounced").again("unsubscribed", NOW).lifted(NOW)

    assert back.holds(NOW) == "bounced"
    assert back.holds(LAPSED) is None


def test_of_two_wishes_the_graver_stays() -> None:
    assert a_refusal("unsubscribed").again("complained", NOW).holds(NOW) == "complained"
    complained = a_refusal("complained")
    assert complained.again("unsubscribed", NOW) is complained


@given(st.lists(st.tuples(st.sampled_from(get_args(Why)), st.integers(0, 200)), min_size=1))
def test_the_same_said_twice_is_once_and_a_wish_bars_from_then_on(
    story: list[tuple[Why, int]],
) -> None:
    now, refusal, wished = NOW, a_refusal(story[0][0]), story[0][0] != "bounced"

    for why, days in story:
        now += timedelta(days=days)
        refusal = refusal.again(why, now)
        assert refusal.again(why, now) is refusal
        wished = wished or why != "bounced"
        assert refusal.bars("cfa", now)
        assert refusal.bars("cfa", now + timedelta(days=365)) is wished


@given(st.emails())
def test_an_address_is_kept_by_a_digest_whatever_its_case(address: str) -> None:
    subject = address_subject(address.lower())

    assert subject == address_subject(f" {address.lower()} ")
    assert len(subject) == 32
    assert "@" not in subject
