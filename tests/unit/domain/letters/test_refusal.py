"""Who is written to no more."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.letters.refusal import MailRefusal, Why, address_subject
from tests.builders import NOW


def a_refusal(why: Why = "unsubscribed") -> MailRefusal:
    return MailRefusal(subject="000000018", why=why, since=NOW)


@pytest.mark.parametrize(
    ("why", "barred"),
    [
        ("unsubscribed", {"cfa"}),
        ("complained", {"cfa", "depositor"}),
        ("bounced", {"cfa", "depositor"}),
    ],
)
def test_a_refusal_bars_those_it_is_about(why: Why, barred: set[str]) -> None:
    readers = ("depositor", "opco", "cfa")

    assert {reader for reader in readers if a_refusal(why).bars(reader)} == barred
    assert not any(a_refusal(why)._next(lifted_at=NOW).bars(reader) for reader in readers)


def test_who_comes_back_is_written_to_again_until_it_leaves_again() -> None:
    back = a_refusal().lifted(NOW)

    assert not back.in_force
    assert back.lifted(NOW) is back
    assert back.again("unsubscribed", NOW).bars("cfa")


def test_an_error_is_not_its_holders_to_lift() -> None:
    bounced = a_refusal("bounced")

    assert bounced.lifted(NOW) is bounced


def test_the_graver_reason_stays() -> None:
    order: tuple[Why, ...] = ("unsubscribed", "complained", "bounced")

    for lesser, graver in pairwise(order):
        assert a_refusal(lesser).again(graver, NOW).why == graver
        same = a_refusal(graver)
        assert same.again(lesser, NOW) is same


@given(st.emails())
def test_an_address_is_kept_by_a_digest_whatever_its_case(address: str) -> None:
    subject = address_subject(address.lower())

    assert subject == address_subject(f" {address.lower()} ")
    assert len(subject) == 32
    assert "@" not in subject
