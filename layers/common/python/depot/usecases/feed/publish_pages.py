"""Keep public pages, and single records, in step with the offers.

What stands at an address is what the table says, whoever is told and in whatever order: the object
is read first, then the offer, and the object is replaced only if it is still what was read. So what
an old event brings never stands over what a newer one wrote. It is looked at once more after each
write, until nothing is left to do.

An offer that ended leaves no record, and in place of its page one that is the same for all: it says
nothing of the offer, is answered 410 by the site, and goes away by itself (``infra/storage.py``).
An offer that never had a page leaves none.
"""

import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from depot.domain.errors import Conflict, Outside
from depot.domain.feed.record import Tombstone
from depot.feed import encoding
from depot.feed.json_files import JSON
from depot.feed.public import HTML, page_key, record_key
from depot.ports.objects import StoredObject
from depot.ports.pages import PageObjects, Pages
from depot.ports.store import Store
from depot.usecases.feed.publish_feed import Change, change


logger = logging.getLogger(__name__)

Owners = Mapping[str, str | None]
"""The recruiter each offer belongs to; None once it is gone."""

AGE: Final = 5  # seconds a cache may keep a page or a record

# Each offer costs a few calls to S3 and one to the table.
_AT_ONCE: Final = 8
_ATTEMPTS: Final = 10


@dataclass(frozen=True)
class PagePublisher:
    """Writes pages and records to an object store."""

    objects: PageObjects
    store: Store
    pages: Pages

    def follow(self, owners: Owners, now: datetime) -> None:
        """After a change. What cannot be written is left to the comparison.

        The change itself is published and must not be published twice.
        """
        try:
            self.settle(owners, now)
        except (Outside, Conflict):
            logger.exception("pages left to the comparison")

    def settle(self, owners: Owners, now: datetime) -> int:
        """Bring these offers' pages and records in line; give how many were not.

        Raises Outside, or Conflict, once all were tried.
        """
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return sum(pool.map(partial(self._settle, now=now), owners, owners.values()))

    def _settle(self, offer_id: str, recruiter_id: str | None, now: datetime) -> bool:
        wrong = False
        for _ in range(_ATTEMPTS):
            try:
                if not self._step(offer_id, recruiter_id, now):
                    return wrong
            except Conflict:  # somebody else writes: look again
                continue
            wrong = True
        raise Conflict

    def _step(self, offer_id: str, recruiter_id: str | None, now: datetime) -> bool:
        """Write what differs, and say whether anything did."""
        page, record = (self.objects.get(key(offer_id)) for key in (page_key, record_key))
        told = self._told(offer_id, recruiter_id, now)
        if isinstance(told, Tombstone):
            return self._bury(offer_id, page) | self._forget(offer_id, record)
        line = encoding.line_of(told) + b"\n"
        shown = self._put(page_key(offer_id), self.pages.offer(told), page, HTML)
        return shown | self._put(record_key(offer_id), line, record, JSON)

    def _told(self, offer_id: str, recruiter_id: str | None, now: datetime) -> Change:
        if recruiter_id is None:
            return Tombstone(id=offer_id, reason="removed", at=now)
        return change(offer_id, recruiter_id, store=self.store, now=now)

    def _bury(self, offer_id: str, page: StoredObject | None) -> bool:
        if page is None:
            return False
        return self._put(page_key(offer_id), self.pages.gone(), page, HTML, gone=True)

    def _forget(self, offer_id: str, record: StoredObject | None) -> bool:
        if record is not None:
            self.objects.delete(record_key(offer_id))
        return record is not None

    def _put(
        self, key: str, body: bytes, before: StoredObject | None, kind: str, *, gone: bool = False
    ) -> bool:
        if before is not None and before.body == body:
            return False
        over = before and before.etag
        self.objects.put(key, body, over=over, content_type=kind, max_age=AGE, gone=gone)
        return True
