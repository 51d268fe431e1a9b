"""A letter: held, taken up again, sent or given up."""

from datetime import timedelta
from typing import get_args

import pytest

from depot.domain.letters.letter import LetterKind, reader_of
from tests.builders import NOW, a_letter
from tests.world import minutes


def test_a_new_letter_is_held_by_its_writer_for_two_minutes() -> None:
    letter = a_letter()

    assert (letter.state, letter.attempts) == ("pending", 1)
    assert letter.due_at == letter.claimed_until == NOW + minutes(2)


def test_each_claim_holds_twice_as_long() -> None:
    letter, now, leases = a_letter(), NOW, list[timedelta]()
    for _ in range(4):
        now = letter.claimed_until
        letter = letter.claim(now)
        leases.append(letter.claimed_until - now)

    assert leases == [minutes(4), minutes(8), minutes(16), minutes(32)]
    assert (letter.attempts, letter.version) == (5, 5)


def test_enough_was_tried_after_four_days_and_not_before() -> None:
    letter = a_letter()

    assert not letter.exhausted(NOW + timedelta(days=4) - timedelta(seconds=1))
    assert letter.exhausted(NOW + timedelta(days=4))


def test_no_lease_is_longer_than_an_hour() -> None:
    letter = a_letter()
    for _ in range(50):
        letter = letter.claim(NOW)

    assert letter.claimed_until == NOW + timedelta(hours=1)


def test_a_sent_letter_forgets_what_it_said() -> None:
    assert a_letter(facts={"phone": "01 99 00 12 34"}).sent("m-1", NOW).facts == {}


def test_a_sent_letter_says_when_and_is_never_due_again() -> None:
    sent = a_letter().sent("m-1", NOW + minutes(1))

    assert (sent.state, sent.message_id, sent.sent_at) == ("sent", "m-1", NOW + minutes(1))
    assert sent.due_at is None
    assert sent.version == 2


def test_a_failed_letter_is_never_due_again() -> None:
    failed = a_letter().failed()

    assert (failed.state, failed.due_at, failed.sent_at) == ("failed", None, None)


def test_the_same_letter_about_the_same_thing_has_the_same_id() -> None:
    assert a_letter().id == a_letter(facts={"firm": "autre"}).id == "opco_need-o1"
    assert a_letter(about="o2").id != a_letter().id
    assert a_letter(kind="cfa_need").id != a_letter().id


@pytest.mark.parametrize("kind", get_args(LetterKind))
def test_only_a_letter_to_the_depositor_may_carry_the_manage_link(kind: LetterKind) -> None:
    others = {
        "links_resent": "address",
        "email_change": "new_address",
        "email_changed": "former",
        "erased": "former",
        "firm_erased": "former",
        "opco_need": "opco",
        "on_behalf_changed": "employer",
        "on_behalf_notice": "employer",
        "on_behalf_reminder": "employer",
        "on_behalf_candidates": "employer",
        "employer_link_resent": "employer",
        "opco_reminder": "opco",
        "cfa_need": "cfa",
        "cfa_follow_up": "cfa",
    }

    letter = a_letter(kind=kind)
    assert letter.reader == reader_of(letter.id) == others.get(kind, "depositor")
