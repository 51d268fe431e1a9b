"""Tell a partner that reads no feed: follow our own, as any reader would, and write each change.

One object an offer remembers its id there and what was last written, so that nothing is written
twice and an offer that left can be written once more as ended, then forgotten. A run that is cut
short, or that the partner asks to wait, is resumed by the next one. Two runs at once, or a crash
between the partner's answer and its record, may write one job twice, under the same
``partner_job_id``.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from pydantic import JsonValue

from depot.domain.errors import JobRefused, ObjectMissing, SourceUnavailable
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


class Place(Value):
    """How far the feed was followed."""

    cursor: int


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

    @property
    def _objects(self) -> Objects:
        return self.publisher.objects

    def run(self, now: datetime) -> Pushed:
        """Write what changed since the last run."""
        index = self.publisher.index(now)
        try:
            cursor = self._followed()
            if cursor is None or cursor < index.oldest_change_cursor - 1:
                cursor = self._all(index)
            for file in index.changes:
                if file.cursor > cursor:
                    self._tell(encoding.changes(self.publisher.read(file)))
                    self._follow(file.cursor)
        except _Paused:
            self._count(unfinished=True)
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
                self._withdraw(change) if isinstance(change, Tombstone) else self._write(change)
            except SourceUnavailable as error:
                logger.warning("partner not told", extra={"reason": str(error)})
                raise _Paused from None

    def _write(self, record: OfferRecord) -> None:
        mark, job = self._mark(record.id), self.written(record)
        if job is None or (mark and mark.job == job):
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

    def _withdraw(self, gone: Tombstone) -> None:
        mark = self._mark(gone.id)
        if mark is None:
            return
        if mark.id is not None:
            try:
                self.jobs.replace(mark.id, withdrawn(mark.job, gone.reason))
            except (JobRefused, ObjectMissing) as error:
                reason = {"offer": gone.id, "reason": type(error).__name__}
                logger.warning("job not withdrawn", extra=reason)
            else:
                self._count(withdrawn=1)
        self._objects.delete(f"{_MARKS}{gone.id}.json")

    def _mark(self, offer_id: str) -> Mark | None:
        return recall(self._objects, f"{_MARKS}{offer_id}.json", Mark)

    def _followed(self) -> int | None:
        place = recall(self._objects, _CURSOR, Place)
        return place.cursor if place else None

    def _follow(self, cursor: int) -> None:
        keep(self._objects, _CURSOR, Place(cursor=cursor))

    def _count(self, *, unfinished: bool = False, **more: int) -> None:
        done = {name: getattr(self._done, name) + count for name, count in more.items()}
        self._done = self._done.model_copy(update={**done, "unfinished": unfinished})
