"""The sweep: reminders and expiries."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.letters.letter import Letter
from depot.domain.life.offer import Offer
from depot.usecases.life.sweeper import SweepSummary
from tests.builders import NOW, USUAL, a_contact, a_recruiter, an_offer
from tests.world import World, days, minutes, token_of


# Of an offer published on 23 November 2026, whose last day is 21 December: Paris is at UTC+1.
REMINDER = datetime(2026, 12, 14, 8, tzinfo=UTC)


END = datetime(2026, 12, 21, 23, tzinfo=UTC)


def kept(world: World, *offers: Offer) -> World:
    """A recruiter with these offers; every notice and letter of theirs already dealt with."""
    world.keep(a_recruiter(offer_count=len(offers)), *offers)
    return world


def of_an_address(rank: int) -> Recruiter:
    """One of several recruiters, each of an address of its own."""
    return a_recruiter(id=f"r{rank}", contact=a_contact(email=f"r{rank}@example.org"))


def offer(world: World, offer_id: str = "o1") -> Offer:
    found = world.store.offer("r1", offer_id)
    assert found is not None
    return found


def offers_of(letter: Letter) -> list[object]:
    listed = letter.facts["offers"]
    assert isinstance(listed, list)
    return [fact["offer"] for fact in listed if isinstance(fact, dict)]


@pytest.mark.parametrize("now", [NOW, NOW + days(20), REMINDER - minutes(0.01)])
def test_nothing_happens_early(world: World, now: datetime) -> None:
    kept(world, an_offer())

    assert world.sweep(now) == SweepSummary()
    assert world.store.offer("r1", "o1") == an_offer()
    assert world.sent == []


def test_the_reminder_leaves_seven_days_before_the_end_once(world: World) -> None:
    kept(world, an_offer())

    assert world.sweep(REMINDER) == SweepSummary(reminded=1)
    assert world.sweep(REMINDER + minutes(15)) == SweepSummary()
    assert world.sweep(END - minutes(0.01)) == SweepSummary()

    assert world.sent == ["reminder"]
    assert (offer(world).state, offer(world).reminded_at) == ("live", REMINDER)


def test_the_reminder_carries_the_manage_link(world: World) -> None:
    kept(world, an_offer()).sweep(REMINDER)

    ((letter, manage_url),) = world.courier.sent
    assert letter.to == "jeanne@example.org"
    assert manage_url == world.links.manage_url(a_recruiter())


def test_one_reminder_lists_every_offer_of_the_recruiter_that_nears_its_end(world: World) -> None:
    kept(
        world,
        an_offer("o1"),
        an_offer("o2", now=NOW + minutes(30)),
        an_offer("o3", now=NOW + days(2)),
        an_offer("o4").close("filled", None, NOW),
    )

    assert world.sweep(REMINDER) == SweepSummary(reminded=2)
    assert world.sweep(REMINDER + days(2)) == SweepSummary(reminded=1)

    assert [offers_of(letter) for letter, _ in world.courier.sent] == [["o1", "o2"], ["o3"]]


def test_many_offers_are_reminded_of_in_one_mail(world: World) -> None:
    kept(world, *(an_offer(f"o{rank:02d}") for rank in range(45)))

    assert world.sweep(REMINDER) == SweepSummary(reminded=45)

    (told,) = world.courier.together
    listed = [offers_of(letter) for letter, _ in told]
    assert [len(offers) for offers in listed] == [20, 20, 5]
    assert len({offer for offers in listed for offer in offers}) == 45


def test_two_recruiters_are_reminded_each_of_their_own(world: World) -> None:
    other = a_recruiter(id="r2", contact=a_contact(email="paul@example.org"))
    world.keep(a_recruiter(), an_offer("o1"), other, an_offer("o2", recruiter=other))

    assert world.sweep(REMINDER) == SweepSummary(reminded=2)
    assert [offers_of(letter) for letter, _ in world.courier.sent] == [["o1"], ["o2"]]


def test_an_offer_is_live_to_the_last_second_of_its_28th_day_and_expired_after(
    world: World,
) -> None:
    kept(world, an_offer().remind(REMINDER))

    assert world.sweep(END - minutes(0.01)) == SweepSummary()
    assert offer(world).state == "live"

    assert world.sweep(END) == SweepSummary(expired=1)
    assert (offer(world).state, offer(world).closed_at) == ("expired", END)
    assert world.sent == ["offer_expired"]


def test_three_days_without_a_sweep_are_caught_up(world: World) -> None:
    kept(world, an_offer("o1"), an_offer("o2", now=NOW - days(8)))

    assert world.sweep(REMINDER + days(3)) == SweepSummary(reminded=1, expired=1)

    assert (offer(world, "o1").state, offer(world, "o2").state) == ("live", "expired")
    assert sorted(world.sent) == ["offer_expired", "reminder"]


def test_an_offer_never_reminded_expires_all_the_same(world: World) -> None:
    kept(world, an_offer())

    assert world.sweep(END + days(3)) == SweepSummary(expired=1)
    assert world.sent == ["offer_expired"]


def test_an_extended_offer_is_reminded_again_at_its_new_time(world: World) -> None:
    reminded = an_offer().remind(REMINDER)
    kept(world, reminded.extend(REMINDER + days(1), USUAL))

    assert world.sweep(END) == SweepSummary()
    assert world.sweep(REMINDER + days(22)) == SweepSummary(reminded=1)


def test_an_offer_extended_twice_gets_a_reminder_each_time(world: World) -> None:
    kept(world, an_offer())
    for now in (REMINDER, REMINDER + days(22), REMINDER + days(44)):
        assert world.sweep(now) == SweepSummary(reminded=1)
        world.keep(offer(world).extend(now + days(1), USUAL))

    assert world.sent == ["reminder"] * 3
    assert len({letter.id for letter in world.letters}) == 3


@pytest.mark.parametrize("now", [REMINDER, END])
def test_two_sweeps_at_once_do_each_thing_once(world: World, now: datetime) -> None:
    kept(world, an_offer())
    others: list[SweepSummary] = []
    world.store.rivals = [lambda: others.append(world.sweep(now))]

    ours = world.sweep(now)

    assert ours + others[0] == SweepSummary(reminded=now == REMINDER, expired=now == END)
    assert len(world.sent) == 1


def test_an_offer_closed_while_the_sweep_reads_is_left_alone(world: World) -> None:
    kept(world, an_offer())
    world.store.rivals = [lambda: world.keep(an_offer().close("filled", None, END))]

    assert world.sweep(END) == SweepSummary()
    assert offer(world).state == "filled"
    assert world.sent == []


def test_a_sweep_that_runs_short_of_time_says_so_and_the_next_one_finishes(world: World) -> None:
    recruiters = [of_an_address(rank) for rank in range(5)]
    offers = [an_offer(f"o{rank}", recruiter=owner) for rank, owner in enumerate(recruiters)]
    world.keep(*recruiters, *offers)
    left = iter([True, True, False])

    first = world.sweep(END, enough_time=lambda: next(left))
    second = world.sweep(END + minutes(1))

    assert (first.expired, first.unfinished) == (2, True)
    assert (second.expired, second.unfinished) == (3, False)
    assert world.sent == ["offer_expired"] * 5


def test_a_swept_offer_can_still_be_seen_by_its_link(world: World) -> None:
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    world.sweep(END)

    (view,) = world.show(token_of(receipt), END).offers

    assert (view.state, view.opco.state) == ("expired", "sent")


@given(st.lists(st.floats(0, 35), max_size=40).map(sorted))
def test_whenever_the_sweeps_run_an_offer_is_reminded_at_most_once_and_ends_on_time(
    moments: list[float],
) -> None:
    world = kept(World(), an_offer())

    for moment in moments:
        now = NOW + days(moment)
        world.sweep(now)
        assert (offer(world).state == "expired") == (now >= END)

    assert world.sent.count("reminder") == any(
        REMINDER <= NOW + days(moment) < END for moment in moments
    )
    assert world.sent.count("offer_expired") == any(NOW + days(moment) >= END for moment in moments)


def test_the_recruiter_is_not_touched_by_the_sweep(world: World) -> None:
    kept(world, an_offer()).sweep(END)

    assert world.store.all(Recruiter) == [a_recruiter()]
