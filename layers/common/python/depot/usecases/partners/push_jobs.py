"""Tell a partner that reads no feed: follow our own, as any reader would, and write each change.

One object an offer remembers its id there and what was last written, so that nothing is written
twice and an offer that left can be written once more as ended, then forgotten. A run that is cut
short, or that the partner asks to wait, is resumed by the next one. Two runs at once, or a crash
between the partner's answer and its record, may write one job twice, under the same
``partner_job_id``.

A job the partner fails on holds up nobody: it is late, said again first by the next run, and given
up with an error in the log after three runs in which the partner took others. Three failures in a
row mean that the partner is down: the run stops.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from pydantic import Field, JsonValue

from depot.domain.errors import JobRefused, ObjectMissing, Outside, SourceUnavailable
from depot.domain.feed.record import OfferRecord, Tombstone
from depot.domain.model import Value
from depot.feed import encoding
from depot.feed.dialects.la_bonne_alternance import withdrawn
from depot.feed.index import FeedIndex
from depot.ports.objects import Objects
from depot.ports.partners import Jobs
from depot.usecases.feed.publish_feed import Publisher
from depot.usecases.feed.reading import Before
from depot.usecases.partners.memory import keep, recall


logger = logging.getLogger(__name__)

Written = Callable[[OfferRecord], dict[str, Any] | None]

_MARKS: Final = "push/jobs/"
_CURSOR: Final = "push/jobs.json"
_IN_A_ROW: Final = 3
_TRIES: Final = 3


class Pushed(Value):
    """What a run did. ``unfinished``: the next one goes on."""

    written: int = 0
    withdrawn: int = 0
    refused: int = 0
    unfinished: bool = False


class Mark(Value):
    """One offer as the partner has it. ``id`` is its own there; None: it refused the job."""

    id: str | None
    job: dict[str, JsonValue]


class Late(Value):
    """What the partner failed on, and in how many runs though it took other jobs."""

    change: OfferRecord | Tombstone
    tries: int = 0


class Place(Value):
    """How far the feed was followed (None: not yet), and what is late, by offer."""

    cursor: int | None = None
    late: Mapping[str, Late] = Field(default_factory=dict)


class _Paused(Exception):
    """Time is short, or the partner wants to be left alone."""


@dataclass
class JobPusher:
    """One run. ``written`` makes a job of a record, or says that it must wait."""

    publisher: Publisher
    jobs: Jobs
    written: Written
    enough_time: Callable[[], bool]
    _done: Pushed = field(default_factory=Pushed, init=False)
    _place: Place = field(default_factory=Place, init=False)
    _late: dict[str, Late] = field(default_factory=dict, init=False)
    _failed: list[str] = field(default_factory=list, init=False)
    _in_a_row: int = field(default=0, init=False)

    @property
    def _objects(self) -> Objects:
        return self.publisher.objects

    def run(self, now: datetime) -> Pushed:
        """Write what changed since the last run."""
        index, self._place = self.publisher.index(now), self._followed()
        self._late = dict(self._place.late)
        try:
            self._tell([late.change for late in self._place.late.values()])
            cursor = self._place.cursor
            if cursor is None or cursor < index.oldest_change_cursor - 1:
                cursor = self._all(index)
            for file in index.changes:
                if file.cursor > cursor:
                    self._tell(encoding.changes(self.publisher.read(file)))
                    self._follow(file.cursor)
        except _Paused:
            self._count(unfinished=True)
        self._judge()
        return self._done

    def _all(self, index: FeedIndex) -> int:
        """Tell every live offer, and withdraw what is no longer one; give the cursor reached."""
        if index.snapshot is None:
            return 0
        live: set[str] = set()
        for line in Before.load(self._objects, index.snapshot).lines():
            live.add(encoding.id_of(line))
            self._tell([OfferRecord.model_validate_json(line)])
        for key, _ in list(self._objects.list(_MARKS)):
            offer_id = key.removeprefix(_MARKS).removesuffix(".json")
            if offer_id not in live:
                self._tell([Tombstone(id=offer_id, reason="removed", at=index.generated_at)])
        self._follow(index.snapshot.cursor)
        return index.snapshot.cursor

    def _tell(self, changes: Iterable[OfferRecord | Tombstone]) -> None:
        for change in changes:
            if not self.enough_time():
                raise _Paused
            try:
                self._say(change)
            except SourceUnavailable as error:
                self._fail(change, error)
            except JobRefused as error:  # what it was told before is what it shows
                self._delay(change, error)
                self._try_less(change.id)
            else:
                self._late.pop(change.id, None)
                self._in_a_row = 0

    def _say(self, change: OfferRecord | Tombstone) -> None:
        if isinstance(change, Tombstone):
            self._withdraw(change.id, change.reason)
        else:
            self._write(change)

    def _delay(self, change: OfferRecord | Tombstone, error: Outside) -> None:
        logger.warning("partner not told", extra={"offer": change.id, "reason": str(error)})
        former = self._late.get(change.id)
        self._late[change.id] = Late(change=change, tries=former.tries if former else 0)

    def _fail(self, change: OfferRecord | Tombstone, error: SourceUnavailable) -> None:
        self._delay(change, error)
        self._failed.append(change.id)
        self._in_a_row += 1
        if self._in_a_row == _IN_A_ROW:
            raise _Paused

    def _judge(self) -> None:
        """Whose fault it was: the partner's, if it took nothing at all, or those jobs' own."""
        if self._failed and not (self._done.written or self._done.withdrawn):
            logger.error("partner told nothing", extra={"failed": len(self._failed)})
        elif self._failed:
            for offer_id in set(self._failed) & self._late.keys():
                self._try_less(offer_id)
        self._keep()

    def _try_less(self, offer_id: str) -> None:
        late = self._late.pop(offer_id)
        if late.tries + 1 < _TRIES:
            self._late[offer_id] = late.model_copy(update={"tries": late.tries + 1})
            return
        self._count(refused=1)
        logger.error("job given up", extra={"offer": offer_id})

    def _write(self, record: OfferRecord) -> None:
        mark, job = self._mark(record.id), self.written(record)
        if job is None:  # it can be told no more, its place having become unknown
            self._withdraw(record.id, "removed")
            return
        if mark and mark.job == job:
            return
        there = mark.id if mark else None
        try:
            there = self._sent(there, job)
        except JobRefused as error:
            self._count(refused=1)
            logger.warning("job refused", extra={"offer": record.id, "reason": str(error)})
        else:
            self._count(written=1)
        keep(self._objects, f"{_MARKS}{record.id}.json", Mark(id=there, job=job))

    def _sent(self, there: str | None, job: dict[str, Any]) -> str:
        if there is None:
            return self.jobs.create(job)
        try:
            self.jobs.replace(there, job)
        except ObjectMissing:  # forgotten there
            return self.jobs.create(job)
        return there

    def _withdraw(self, offer_id: str, reason: str) -> None:
        """End a job there. Raises JobRefused: the mark stays, for another try."""
        mark = self._mark(offer_id)
        if mark is None:
            return
        if mark.id is not None:
            with suppress(ObjectMissing):  # forgotten there
                self.jobs.replace(mark.id, withdrawn(mark.job, reason))
                self._count(withdrawn=1)
        self._objects.delete(f"{_MARKS}{offer_id}.json")

    def _mark(self, offer_id: str) -> Mark | None:
        return recall(self._objects, f"{_MARKS}{offer_id}.json", Mark)

    def _followed(self) -> Place:
        return recall(self._objects, _CURSOR, Place) or Place()

    def _follow(self, cursor: int) -> None:
        self._place = self._place.model_copy(update={"cursor": cursor})
        self._keep()

    def _keep(self) -> None:
        self._place = self._place.model_copy(update={"late": dict(self._late)})
        keep(self._objects, _CURSOR, self._place)

    def _count(self, *, unfinished: bool = False, **more: int) -> None:
        done = {name: getattr(self._done, name) + count for name, count in more.items()}
        self._done = self._done.model_copy(update={**done, "unfinished": unfinished})
