"""Count offers, twice a day, for everybody.

The offers that changed in the last days are weighed anew, over what was kept of them, part by part;
a day that was missed is made up by the next, and a run cut short by the one after it, which begins
where it stopped. What is kept of an offer is under a pseudonym, and nothing once it is final.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from depot.domain.errors import Conflict
from depot.domain.feed.counted import Shelf, Weighed, fact_of
from depot.domain.feed.statistics import Counts, Statistics, statistics_of
from depot.domain.life.lifetime import paris_day
from depot.domain.life.states import Limits
from depot.domain.model import Value
from depot.feed.index import FILES_PREFIX
from depot.feed.parts import PARTS, days
from depot.ports.counting import Countable
from depot.ports.objects import Objects, put


STATISTICS_KEY: Final = f"{FILES_PREFIX}statistics.json"
# Beside what the site serves.
SHELVES: Final = "statistics/v1/shelves/"
PROGRESS_KEY: Final = "statistics/v1/progress.json"
_JSON: Final = "application/json"
# Changed offers are looked for as far back: runs missed for a week lose nothing, and an OPCO found
# within a week is counted, for a notice that changes moves no offer in the index.
_LOOK_BACK: Final = timedelta(days=8)
_AGE: Final = 3600  # seconds a cache may keep the totals


class Progress(Value):
    """Where the next run begins."""

    next_part: int = 0


@dataclass(frozen=True)
class OfferCounter:
    """One run at ``now``. ``names`` gives an offer's pseudonyms, ``departements`` names by code."""

    offers: Countable
    objects: Objects
    names: Callable[[str], Sequence[str]]
    departements: Mapping[str, str]
    limits: Limits
    now: datetime

    def run(self, enough_time: Callable[[], bool]) -> Statistics:
        """Weigh what there is time for, then sum up everything that is kept."""
        part = Progress.model_validate_json(self._read(PROGRESS_KEY) or b"{}").next_part
        for _ in range(PARTS):
            if not enough_time():
                break
            self._weigh(part)
            part = (part + 1) % PARTS
            self._put(PROGRESS_KEY, Progress(next_part=part))
        told = statistics_of(self._sums(), self.departements, self.now)
        self._put(STATISTICS_KEY, told, indent=1)
        return told

    def _weigh(self, part: int) -> None:
        """Put the offers of one part that changed on the shelves of their months."""
        changed: defaultdict[str, list[Weighed]] = defaultdict(list)
        for offer, notice in self.offers.changed(part, days(self.now, _LOOK_BACK)):
            fact = fact_of(offer, notice)
            changed[fact.month].append(Weighed(self.names(offer.id), fact))
        for month, weighed in changed.items():
            key = f"{SHELVES}{month}/{part:02d}.json"
            self._put(key, self._shelf(key).keep(weighed, self._today, self.limits))

    def _sums(self) -> Counts:
        """One shelf at a time; what became final on one where nothing changed is folded."""
        sums: Counts = Counter()
        for key, _ in self.objects.list(SHELVES):
            kept = self._shelf(key)
            shelf = kept.keep((), self._today, self.limits)
            if shelf != kept:
                self._put(key, shelf)
            sums.update(shelf.counts(self._today))
        return sums

    @property
    def _today(self) -> date:
        return paris_day(self.now)

    def _shelf(self, key: str) -> Shelf:
        return Shelf.model_validate_json(self._read(key) or b"{}")

    def _read(self, key: str) -> bytes | None:
        stored = self.objects.get(key)
        return stored.body if stored else None

    def _put(self, key: str, kept: Value, indent: int | None = None) -> None:
        """Write over what is there, unless another run did meanwhile, which says the same."""
        stored = self.objects.get(key)
        body = kept.model_dump_json(indent=indent).encode() + b"\n"
        with suppress(Conflict):
            over = stored.etag if stored else None
            put(self.objects, key, body, over=over, content_type=_JSON, max_age=_AGE)
