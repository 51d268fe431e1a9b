"""The sweep takes up whatever a crash, an outage or a lost event left behind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.cfa.rounds import CfaRound
from depot.domain.errors import MailDelayed, MailRefused
from depot.domain.opco.notice import OpcoNotice
from depot.usecases.life.sweeper import SweepSummary
from tests.builders import BAKER, NOW, a_deposit, a_letter, a_recruiter, a_training, an_offer
from tests.letters.given import END, REMINDER
from tests.world import Crash, World, crash, days, minutes, nothing


def test_a_letter_left_pending_is_retried_after_its_lease_and_never_before(world: World) -> None:
    world.keep(a_recruiter(), a_letter())

    assert world.sweep(NOW + minutes(1.9)) == SweepSummary()
    assert world.sweep(NOW + minutes(2)) == SweepSummary(letters=1)
    assert world.sweep(NOW + minutes(60)) == SweepSummary()

    assert world.sent == ["opco_need"]
    (letter,) = world.letters
    assert (letter.state, letter.attempts) == ("sent", 2)


def test_a_letter_that_stays_delayed_waits_longer_each_time(world: World) -> None:
    world.keep(a_recruiter(), a_letter())
    world.courier.fails = [MailDelayed(), MailDelayed()]
    first = NOW + minutes(2)
    second = first + minutes(4)

    assert world.sweep(first) == SweepSummary(letters=1)
    assert world.sweep(second - minutes(0.01)) == SweepSummary()
    assert world.sweep(second) == SweepSummary(letters=1)
    assert world.sweep(second + minutes(8)) == SweepSummary(letters=1)

    assert world.sent == ["opco_need"]


def test_a_mail_service_down_for_a_long_weekend_loses_no_letter(world: World) -> None:
    world.keep(a_recruiter(), a_letter())
    world.courier.fails = [MailDelayed()] * 3

    for number in (1, 2, 3):
        world.sweep(NOW + days(number))
    assert world.sent == []
    world.sweep(NOW + days(3) + minutes(61))

    assert world.sent == ["opco_need"]


def test_a_letter_delayed_for_too_long_is_given_up(world: World) -> None:
    world.keep(a_recruiter(), a_letter())
    world.courier.fails = [MailDelayed()] * 20

    sweeps = [world.sweep(NOW + days(number)).letters for number in range(1, 20)]

    assert sum(sweeps) == 4
    (letter,) = world.letters
    assert letter.state == "failed"


def test_a_refused_letter_is_never_retried(world: World) -> None:
    world.keep(a_recruiter(), a_letter())
    world.courier.fails = [MailRefused()]

    assert world.sweep(NOW + days(1)) == SweepSummary(letters=1)
    assert world.sweep(NOW + days(2)) == SweepSummary()
    assert [letter.state for letter in world.letters] == ["failed"]


def test_two_sweeps_at_once_claim_a_letter_once(world: World) -> None:
    world.keep(a_recruiter(), a_letter())
    world.store.rivals = [lambda: world.sweep(NOW + days(1))]

    assert world.sweep(NOW + days(1)) == SweepSummary()
    assert world.sent == ["opco_need"]


def test_a_depositors_letter_leaves_with_the_link_of_the_day(world: World) -> None:
    renewed = a_recruiter(link_version=2)
    world.keep(renewed, a_letter(kind="deposit_received", to="jeanne@example.org"))

    world.sweep(NOW + minutes(2))

    assert [url for _, url in world.courier.sent] == [world.links.manage_url(renewed)]


def test_a_mail_that_left_just_before_a_crash_leaves_at_most_once_more(world: World) -> None:
    world.keep(a_recruiter(), an_offer())
    world.store.rivals = [nothing, crash]

    with pytest.raises(Crash):
        world.sweep(REMINDER)
    assert world.sweep(REMINDER + minutes(15)) == SweepSummary(letters=1)
    assert world.sweep(REMINDER + minutes(60)) == SweepSummary()

    assert world.sent == ["reminder", "reminder"]
    assert [letter.state for letter in world.letters] == ["sent"]


def test_a_letter_recorded_by_the_other_holder_is_not_recorded_twice(world: World) -> None:
    # The lease ran out while our mail was leaving; the other holder finished first.
    world.keep(a_recruiter(), a_letter())
    world.store.rivals = [nothing, lambda: world.sweep(NOW + days(2))]

    world.sweep(NOW + days(1))

    (letter,) = world.letters
    assert (letter.state, letter.sent_at) == ("sent", NOW + days(2))


def test_a_notice_its_stream_forgot_is_told_after_five_minutes(world: World) -> None:
    receipt = world.deposit()

    assert world.sweep(NOW + minutes(4.9)) == SweepSummary()
    assert world.sweep(NOW + minutes(5)) == SweepSummary(notices=1)
    assert world.sweep(NOW + minutes(20)) == SweepSummary()

    assert world.sent == ["deposit_received", "opco_need"]
    notice = world.store.notice(receipt.recruiter_id, receipt.offers[0].id)
    assert notice is not None
    assert notice.state == "told"


def test_a_round_its_stream_forgot_is_run_after_five_minutes(world: World) -> None:
    world.catalogue.known = [a_training()]
    receipt = world.deposit(a_deposit(offers=[{"metier": BAKER.code, "ask_cfa": True}]))
    world.notify(receipt.recruiter_id, receipt.offers[0].id)

    assert world.sweep(NOW + minutes(4.9)) == SweepSummary()
    assert world.sweep(NOW + minutes(5)) == SweepSummary(rounds=1)
    assert world.sweep(NOW + minutes(20)) == SweepSummary()

    assert world.sent == ["deposit_received", "opco_need", "cfa_need"]


def test_one_thing_that_cannot_be_done_is_reported_and_does_not_stop_the_others(
    world: World,
) -> None:
    world.keep(a_recruiter(), a_letter(about="o1"), a_letter(about="o2"))
    world.courier.fails = [RuntimeError("a bug")]

    with pytest.raises(ExceptionGroup) as caught:
        world.sweep(NOW + minutes(2))

    assert [str(error) for error in caught.value.exceptions] == ["a bug"]
    assert [letter.state for letter in world.letters] == ["pending", "sent"]


def test_what_is_left_of_a_vanished_recruiter_is_skipped(world: World) -> None:
    world.keep(an_offer(), a_letter(), CfaRound(recruiter_id="r1", offer_id="o1", created_at=NOW))
    world.keep(OpcoNotice(recruiter_id="r1", offer_id="o1", created_at=NOW))

    assert world.sweep(END) == SweepSummary()
    assert world.sent == []


@given(
    st.lists(st.sampled_from([MailDelayed(), None, None]), max_size=30),
    st.lists(st.integers(1, 3000), min_size=1, max_size=30),
)
def test_a_mail_is_never_lost_whatever_fails(
    fails: list[Exception | None], gaps: list[int]
) -> None:
    world = World()
    world.keep(a_recruiter(), a_letter())
    now = NOW
    for gap, fail in zip(gaps, [*fails, *[None] * 30], strict=False):
        now += minutes(gap)
        world.courier.fails = [fail] if fail else []
        world.sweep(now)

    world.courier.fails = []
    world.sweep(now + days(30))

    (letter,) = world.letters
    assert len(world.sent) == (letter.state == "sent")
    assert letter.state == "sent" or now >= NOW + days(4)
