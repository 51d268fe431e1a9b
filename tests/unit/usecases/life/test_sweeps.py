"""Sweeps over weeks: missed, doubled, cut short, over the nights when the clock changes.

Whatever happens to them, each reminder and each expiry happens once, on its day in Paris.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from depot.domain.errors import MailDelayed
from depot.domain.life.offer import Offer
from tests.builders import a_contact, a_recruiter, an_offer
from tests.world import World, minutes


PARIS = ZoneInfo("Europe/Paris")
# A Sunday of 23 hours and one of 25: what an offer lives through when one of its days is there.
CLOCK_CHANGES = (date(2027, 3, 28), date(2027, 10, 31))
QUARTER = minutes(15)


def in_paris(day: date, hour: int) -> datetime:
    """An hour of a day in Paris, by the calendar and nothing of ours."""
    return datetime.combine(day, time(hour), PARIS).astimezone(UTC)


def clock(start: datetime, moments: Sequence[datetime]) -> Iterator[datetime]:
    """A tick every quarter of an hour around the moments that matter, every third hour between."""
    tick = start
    while tick < max(moments) + timedelta(days=4):
        yield tick
        near = any(abs(tick - moment) < timedelta(hours=2) for moment in moments)
        tick += QUARTER if near else timedelta(hours=3)


@dataclass
class Life:
    """One offer swept over, and what it should live."""

    offer: Offer
    events: list[tuple[str, datetime]] = field(default_factory=list)

    @property
    def reminder(self) -> datetime:
        return in_paris(self.offer.ends_on - timedelta(days=7), 9)

    @property
    def end(self) -> datetime:
        return in_paris(self.offer.ends_on + timedelta(days=1), 0)


# Most often, the reminder or the end falls on such a Sunday, or beside it.
lived = st.sampled_from((20, 21, 22, 27, 28, 29)) | st.integers(0, 29)
published = st.builds(
    lambda day, before, minute: in_paris(day - timedelta(days=before), 0) + minutes(minute),
    st.sampled_from(CLOCK_CHANGES),
    lived,
    st.integers(0, 24 * 60 - 1),
)


ADDRESSES = st.sampled_from(("jeanne@example.org", "paul@example.org"))


def kept(world: World, starts: Sequence[datetime], addresses: Sequence[str] = ()) -> list[Life]:
    """One recruiter an offer; each of an address of its own, unless told otherwise."""
    lives = []
    for rank, start in enumerate(starts):
        email = addresses[rank] if addresses else f"r{rank}@example.org"
        recruiter = a_recruiter(id=f"r{rank}", contact=a_contact(email=email))
        lives.append(Life(an_offer(f"o{rank}", recruiter=recruiter, now=start)))
        world.keep(recruiter, lives[-1].offer)
    return lives


def happened(world: World, lives: Sequence[Life], tick: datetime) -> None:
    """Note what a sweep did to each offer."""
    for life in lives:
        now = world.store.offer(life.offer.recruiter_id, life.offer.id)
        assert now is not None
        seen = [what for what, _ in life.events]
        if now.reminded_at and "reminder" not in seen:
            life.events.append(("reminder", tick))
        if now.state == "expired" and "expiry" not in seen:
            life.events.append(("expiry", tick))


def mails(world: World, kind: str) -> list[str]:
    """Whose offers were told of, a name each time."""
    pairs = zip(world.courier.sent, world.courier.together, strict=True)
    told = (
        [each.letter for each in together] or [first]
        for (first, _), together in pairs
        if first.kind == kind
    )
    return sorted(letter.recruiter_id for letters in told for letter in letters)


def addressed(world: World, kind: str) -> list[tuple[str, datetime]]:
    """Who was written to and when, once a mail."""
    return sorted(
        (letter.to, letter.created_at) for letter, _ in world.courier.sent if letter.kind == kind
    )


def run(world: World, lives: Sequence[Life], ticks: Sequence[datetime], **how: object) -> None:
    """Sweep at each tick; ``rival``: twice at once; ``most``: so many things a run."""
    for tick in ticks:
        if how.get("rival"):
            world.store.rivals = [lambda tick=tick: world.sweep(tick)]  # type: ignore[misc]
        left = iter([True] * int(str(how.get("most", 1000))))
        world.sweep(tick, lambda left=left: next(left, False))  # type: ignore[misc]
        world.store.rivals = []
        happened(world, lives, tick)


def first_after(ticks: Sequence[datetime], moment: datetime) -> datetime:
    return next(tick for tick in ticks if tick >= moment)


@given(
    starts=st.lists(st.tuples(published, ADDRESSES), min_size=1, max_size=3),
    late=st.integers(0, 14),
    rival=st.booleans(),
)
def test_each_reminder_and_each_expiry_happens_once_on_its_day_in_paris(
    starts: list[tuple[datetime, str]], late: int, *, rival: bool
) -> None:
    world = World()
    addresses = [address for _, address in starts]
    lives = kept(world, [start for start, _ in starts], addresses)
    moments = [moment for life in lives for moment in (life.reminder, life.end)]
    ticks = list(clock(min(starts)[0] + minutes(late), moments))

    run(world, lives, ticks, rival=rival)

    for life in lives:
        assert life.events == [
            ("reminder", first_after(ticks, life.reminder)),
            ("expiry", first_after(ticks, life.end)),
        ]
        days = [tick.astimezone(PARIS).date() for _, tick in life.events]
        ends_on = life.offer.ends_on
        assert days == [ends_on - timedelta(days=7), ends_on + timedelta(days=1)]
    everybody = sorted(life.offer.recruiter_id for life in lives)
    assert mails(world, "reminder") == mails(world, "offer_expired") == everybody
    for kind, what in (("reminder", "reminder"), ("offer_expired", "expiry")):
        told = zip(addresses, (dict(life.events)[what] for life in lives), strict=True)
        assert addressed(world, kind) == sorted(set(told)), "one mail an address and a moment"


@given(start=published, off_at=st.floats(-4, 30), off_for=st.floats(0, 3), rival=st.booleans())
def test_three_days_without_a_sweep_delay_what_was_due_and_lose_or_double_nothing(
    start: datetime, off_at: float, off_for: float, *, rival: bool
) -> None:
    world = World()
    (life,) = lives = kept(world, [start])
    off = start + timedelta(days=off_at)
    back = off + timedelta(days=off_for)
    every = clock(start, [life.reminder, life.end, back])
    ticks = [tick for tick in every if not off <= tick < back]

    run(world, lives, ticks, rival=rival)

    # Three days are less than the week between the two: none makes the other useless.
    assert life.events == [
        ("reminder", first_after(ticks, life.reminder)),
        ("expiry", first_after(ticks, life.end)),
    ]
    assert mails(world, "reminder") == mails(world, "offer_expired") == ["r0"]


@given(
    starts=st.lists(st.tuples(published, ADDRESSES), min_size=2, max_size=6),
    most=st.integers(1, 2),
    fails=st.integers(0, 8),
    rival=st.booleans(),
)
def test_firms_of_one_address_are_told_of_once_each_whatever_fails(
    starts: list[tuple[datetime, str]], most: int, fails: int, *, rival: bool
) -> None:
    """Runs cut short, a mail service that comes and goes, two sweeps at once."""
    world = World()
    lives = kept(world, [start for start, _ in starts], [address for _, address in starts])
    moments = [moment for life in lives for moment in (life.reminder, life.end)]
    ticks = list(clock(min(starts)[0], moments))
    world.courier.fails = [MailDelayed() for _ in range(fails)]

    run(world, lives, ticks, most=most, rival=rival)

    assert [[what for what, _ in life.events] for life in lives] == [["reminder", "expiry"]] * len(
        lives
    )
    everybody = sorted(life.offer.recruiter_id for life in lives)
    assert mails(world, "reminder") == mails(world, "offer_expired") == everybody
    assert {letter.state for letter in world.letters} == {"sent"}


@given(published, st.integers(2, 12), st.integers(1, 3))
def test_a_run_that_is_cut_short_is_resumed_by_the_next_ones(
    start: datetime, offers: int, most: int
) -> None:
    world = World()
    lives = kept(world, [start] * offers)
    ticks = list(clock(start, [lives[0].reminder, lives[0].end]))

    run(world, lives, ticks, most=most)

    runs = -(-offers // most)
    for what, due in (("reminder", lives[0].reminder), ("expiry", lives[0].end)):
        after = [tick for tick in ticks if tick >= due][:runs]
        done = [tick for life in lives for event, tick in life.events if event == what]
        assert sorted(done) == sorted([tick for tick in after for _ in range(most)][:offers])
    everybody = sorted(life.offer.recruiter_id for life in lives)
    assert mails(world, "reminder") == mails(world, "offer_expired") == everybody
