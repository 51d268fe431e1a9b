"""What depositors do while feed and offers are compared is never undone.

The comparison reads the days of one part one after the other, so an offer that changes meanwhile
may be in none of those it reads: it moved from the one to the other.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

import pytest

from depot.domain.feed.record import Tombstone, change_of, record_of
from depot.domain.life.offer import Offer
from depot.feed.parts import part_of
from depot.ports.store import Listed
from depot.usecases.feed.publish_feed import Publisher
from depot.usecases.feed.reconcile_feed import Reconciler
from tests.builders import NOW, USUAL, an_offer
from tests.fakes import MemoryStore
from tests.interleaving import Interrupted, SharedObjects, SharedStore
from tests.partner import Feed
from tests.world import days, minutes


NOON = NOW + days(3)
MIDNIGHT = NOON.replace(hour=23, minute=59, second=30)
AFTER_MIDNIGHT = NOON.replace(hour=0, minute=0, second=30)
IDS = [each for each in map(str, range(100)) if part_of(each) == 0][:3]

Edit = Callable[[Offer, datetime], Offer]


def edit(offer: Offer, at: datetime) -> Offer:
    return offer.edit(an_offer(openings=offer.need.openings + 1).need, at)


def extend(offer: Offer, at: datetime) -> Offer:
    return offer.extend(at, USUAL)


@dataclass
class Forgetful(SharedStore):
    """Its index lists nothing any more of what moved: it is late."""

    moved: set[str] = field(default_factory=set)

    def listed(self, part: int, days: Iterable[str]) -> Iterator[Listed]:
        return (each for each in super().listed(part, days) if each.offer_id not in self.moved)


@dataclass
class Story:
    """Live offers of one part in the store and in the feed, while a comparison runs."""

    now: datetime
    feed: Feed = field(default_factory=Feed)
    turn: Interrupted = field(default_factory=Interrupted)
    store: Forgetful = field(default_factory=Forgetful)

    def __post_init__(self) -> None:
        offers = [an_offer(offer_id) for offer_id in IDS]
        self.store = Forgetful(MemoryStore.holding(*offers).kept, turn=self.turn)
        self.feed.publish(*map(record_of, offers))
        self.feed.publisher.snapshot(NOW)

    @property
    def offer(self) -> Offer:
        (found,) = (each for each in self.store.all(Offer) if each.id == IDS[0])
        return found

    def become(self, act: Edit, at: datetime) -> None:
        """What a depositor does: the table has it, the stream does not yet."""
        self.store.kept |= MemoryStore.holding(act(self.offer, at)).kept

    def tell(self) -> None:
        """What the stream does, sooner or later."""
        Publisher(self.feed.objects).publish([change_of(self.offer)], NOW)

    def when(self, number: int, *acts: Callable[[], object]) -> None:
        self.turn.acts.setdefault(number, []).extend(acts)

    def compare(self) -> int:
        """Compare one part; give after how many operations."""
        enough = iter([True, False])
        objects = SharedObjects(self.feed.objects, self.turn)
        Reconciler(Publisher(objects), self.store, self.now).run(lambda: next(enough))
        return self.turn.number

    @property
    def removed(self) -> list[str]:
        return [each.id for each in self.feed.changes_after(0) if isinstance(each, Tombstone)]

    def agrees(self) -> bool:
        """Whether partners read what the store says."""
        cursor, found = self.feed.snapshot()
        live = {offer.id: record_of(offer) for offer in self.store.all(Offer)}
        return self.feed.follow(found, cursor) == live


def every_point(make: Callable[[], Story]) -> Iterator[tuple[Story, int]]:
    """The same story again, up to each operation of its comparison."""
    last = make().compare()
    assert last > 40, "each day of a part is one"
    return ((make(), number) for number in range(1, last + 1))


@pytest.mark.parametrize("act", [edit, extend])
@pytest.mark.parametrize("now", [NOON, MIDNIGHT, AFTER_MIDNIGHT])
@pytest.mark.parametrize("later", [0, 2, None])
def test_an_edit_at_any_point_of_a_comparison_removes_nothing(
    act: Edit, now: datetime, later: int | None
) -> None:
    """Its event comes out at once, two operations later, or after all of it."""
    for story, number in every_point(lambda: Story(now)):
        story.when(number, lambda story=story: story.become(act, now + minutes(1)))
        if later is not None:
            story.when(number + later, story.tell)

        story.compare()

        story.tell()
        assert story.removed == [], number
        assert story.agrees(), number


def test_edits_at_any_two_points_of_a_comparison_remove_nothing() -> None:
    """The second by a clock that is late: back to the day before. Their events come out later."""

    def make() -> Story:
        story = Story(AFTER_MIDNIGHT)
        story.become(edit, AFTER_MIDNIGHT - days(1))
        story.tell()
        return story

    for _, first in every_point(make):
        for second in (first, first + 1, first + 2, first + 5):
            story = make()
            story.when(first, lambda s=story: s.become(edit, AFTER_MIDNIGHT))
            late = AFTER_MIDNIGHT - minutes(1)
            story.when(second, lambda s=story, at=late: s.become(extend, at))

            story.compare()

            story.tell()
            assert story.removed == [], (first, second)
            assert story.agrees(), (first, second)


def test_what_the_feed_told_of_meanwhile_is_not_gone_though_the_index_is_late() -> None:
    for story, number in every_point(lambda: Story(NOON)):

        def act(story: Story = story) -> None:
            story.become(edit, NOON + minutes(1))
            story.store.moved.add(IDS[0])
            story.tell()

        story.when(number, act)

        story.compare()

        assert story.removed == [], number
        assert story.agrees(), number


def test_an_offer_made_during_a_comparison_is_left_to_its_event() -> None:
    born = an_offer(next(each for each in map(str, count(1000)) if part_of(each) == 0), now=NOON)
    for told in (False, True):
        for story, number in every_point(lambda: Story(NOON)):

            def act(story: Story = story, *, told: bool = told) -> None:
                story.store.kept |= MemoryStore.holding(born).kept
                if told:
                    story.feed.publish(record_of(born))

            story.when(number, act)

            story.compare()

            assert story.removed == [], number
            assert len(list(story.feed.changes_after(1))) == told, number


def test_an_offer_that_nobody_moved_is_gone() -> None:
    story = Story(NOON)
    story.store.kept = {
        key: kept for key, kept in story.store.kept.items() if kept is not story.offer
    }

    story.compare()

    assert story.removed == [IDS[0]]
    assert story.agrees()
