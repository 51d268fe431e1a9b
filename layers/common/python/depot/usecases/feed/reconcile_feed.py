"""Compare the offers with the feed, and repair the feed through its own log.

The table's index of changes says of each offer when it last changed, and the digest of its record
or that it ended: nothing else is read of those the feed says the same of. Both sides are cut in
parts, compared one after the other while there is time; the next run goes on. What differs is read
from the store, which decides, and published as any change is: partners learn of it. A file that is
not what it was is replaced once everything was compared.
"""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from depot.domain.errors import Conflict
from depot.domain.feed.record import Tombstone
from depot.feed import encoding
from depot.feed.health import HEALTH_KEY, Health
from depot.feed.json_files import JSON
from depot.feed.parts import IN_FLIGHT, LOOK_BACK, PARTS, days, digest, part_of
from depot.ports.objects import put
from depot.ports.store import Listed, Store
from depot.usecases.feed.audit import Audit
from depot.usecases.feed.publish_feed import Change, Publisher, change, guard
from depot.usecases.feed.reconcile_pages import PageComparison, PagesFound


logger = logging.getLogger(__name__)

DriftKind = Literal["missing", "altered", "extra"]

_SEGMENT: Final = 500  # changes in one
_HEALTH_AGE: Final = 60  # seconds a cache may keep the health
_ATTEMPTS: Final = 3  # to publish an offer that changes meanwhile


@dataclass(frozen=True)
class Difference:
    """What an offer has become, and what is wrong in the feed."""

    kind: DriftKind
    told: Change
    recruiter_id: str | None = None


@dataclass(frozen=True)
class Reconciler:
    """Compares and repairs as of ``now``."""

    publisher: Publisher
    store: Store
    now: datetime
    pages: PageComparison | None = None

    def run(self, enough_time: Callable[[], bool], *, accept_shrink: bool = False) -> Health:
        """Compare what there is time for, repair it, and say what was found.

        Raises ShrunkSnapshot when the table lacks so many offers that it is to be doubted, unless
        ``accept_shrink``: an operator looked. Then nothing of it was published.
        """
        index = self.publisher.index(self.now)
        audit = Audit(self.publisher.objects, index, self.now - IN_FLIGHT)
        first = 0 if audit.damaged else self._stored()[0].next_part
        found = Counter[DriftKind]()
        strangers = set[str]()
        part = first
        while part < PARTS and enough_time():
            differences, unknown = self._compare(part, audit)
            strangers |= unknown
            self._publish(differences, found)
            part += 1
        gone = self._gone(strangers, audit)
        if not accept_shrink:
            guard(sum(map(len, audit.parts[first:part])), len(gone))
        self._publish(gone, found)
        if audit.damaged and part == PARTS:
            self.publisher.replace(audit.damaged, audit.unreadable, self.now)
        pages = self._compare_pages(enough_time)
        return self._report(audit, first, part, found, pages)

    def _compare(self, part: int, audit: Audit) -> tuple[list[Difference], set[str]]:
        """Differences in one part; and offers of the feed the table did not list at all."""
        feed, differences, known = audit.parts[part], list[Difference](), set[str]()
        for listed in self.store.listed(part, days(self.now, LOOK_BACK)):
            known.add(listed.offer_id)
            said = feed.get(listed.offer_id)
            if said != listed.digest and listed.changed_at <= audit.settled:
                differences += self._look(listed, said)
        return differences, feed.keys() - known - audit.recent

    def _compare_pages(self, enough_time: Callable[[], bool]) -> PagesFound:
        """Last: what was repaired above is in the feed by now."""
        if self.pages is None:
            return PagesFound()
        return self.pages.run(enough_time, self._stored()[0].next_page)

    def _gone(self, strangers: Collection[str], audit: Audit) -> list[Difference]:
        """Those of the strangers that did not merely move to a day that was read already.

        The present days are read again. The index may be late, the feed's own log is not: what it
        told of meanwhile is left to it.
        """
        present, parts = days(self.now, timedelta(days=1)), sorted(set(map(part_of, strangers)))
        moved = {listed.offer_id for part in parts for listed in self.store.listed(part, present)}
        left = set(strangers) - moved
        left -= self._told_since(audit.index.cursor) if left else set()
        return [
            Difference("extra", Tombstone(id=offer_id, reason="removed", at=self.now))
            for offer_id in sorted(left)
        ]

    def _told_since(self, cursor: int) -> set[str]:
        changes = self.publisher.index(self.now).changes
        new = (file for file in changes if file.cursor > cursor)
        return set(encoding.told(map(self.publisher.read, new)))

    def _look(self, listed: Listed, said: str | None) -> Iterator[Difference]:
        """Ask the store itself, which may say what the feed says."""
        told = self._change(listed.offer_id, listed.recruiter_id)
        if isinstance(told, Tombstone):
            kind: DriftKind | None = "extra" if said else None
        elif said is None:
            kind = "missing"
        else:
            kind = "altered" if digest(encoding.line_of(told)) != said else None
        if kind:
            yield Difference(kind, told, listed.recruiter_id)

    def _change(self, offer_id: str, recruiter_id: str) -> Change:
        return change(offer_id, recruiter_id, store=self.store, now=self.now)

    def _publish(self, differences: Sequence[Difference], found: Counter[DriftKind]) -> None:
        for difference in differences:
            found[difference.kind] += 1
        for at in range(0, len(differences), _SEGMENT):
            batch = differences[at : at + _SEGMENT]
            owners = {each.told.id: each.recruiter_id for each in batch if each.recruiter_id}
            self._settle([each.told for each in batch], owners)

    def _settle(self, changes: Sequence[Change], owners: Mapping[str, str]) -> None:
        """Publish, then again what changed meanwhile: its own event may have come out before."""
        for _ in range(_ATTEMPTS):
            if changes:
                self.publisher.publish(changes, self.now)
            now = [self._change(each.id, owners[each.id]) for each in changes if each.id in owners]
            changes = [told for told in now if told not in changes]

    def _stored(self) -> tuple[Health, str | None]:
        stored = self.publisher.objects.get(HEALTH_KEY)
        if stored is None:
            return Health(checked_at=self.now), None
        return Health.model_validate_json(stored.body), stored.etag

    def _report(
        self, audit: Audit, first: int, part: int, found: Counter[DriftKind], pages: PagesFound
    ) -> Health:
        health = Health(
            checked_at=self.now,
            cursor=self.publisher.index(self.now).cursor,
            complete=(first, part) == (0, PARTS),
            next_part=part % PARTS,
            next_page=pages.after,
            compared=sum(map(len, audit.parts[first:part])),
            damaged=len(audit.damaged),
            missing=found["missing"],
            altered=found["altered"],
            extra=found["extra"],
            pages=pages.wrong,
        )
        say = logger.error if health.drift else logger.info
        say("feed compared with the offers", extra={"health": health.model_dump(mode="json")})
        self._keep(health)
        return health

    def _keep(self, health: Health) -> None:
        objects, body = self.publisher.objects, health.model_dump_json(indent=1).encode() + b"\n"
        etag = self._stored()[1]
        try:
            put(objects, HEALTH_KEY, body, over=etag, content_type=JSON, max_age=_HEALTH_AGE)
        except Conflict:  # another run reports: as well
            return
