"""Count offers, twice a day: one fact per offer, kept by month; then the totals, for everybody.

The offers that changed in the last days are weighed anew, over what was kept of them: a day that
was missed, or a run cut short, is made up by the next. What is kept names nobody.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from depot.domain.errors import Conflict
from depot.domain.feed.statistics import (
    CountedOffer,
    Month,
    Statistics,
    all_facts,
    fact_of,
    month_of,
    tally,
)
from depot.feed.index import FILES_PREFIX
from depot.feed.parts import PARTS
from depot.ports.objects import Objects, put
from depot.ports.store import Store


STATISTICS_KEY: Final = f"{FILES_PREFIX}statistics.json"
MONTHS: Final = "statistics/v1/"  # beside what the site serves
_JSON: Final = "application/json"
# Changed offers are looked for as far back: a run missed for a week loses nothing.
_LOOK_BACK: Final = timedelta(days=8)
_AGE: Final = 3600  # seconds a cache may keep the totals


@dataclass(frozen=True)
class Counter:
    """One run at ``now``; ``departements`` are their names, by code."""

    store: Store
    objects: Objects
    departements: Mapping[str, str]
    now: datetime

    def run(self) -> Statistics:
        """Weigh what changed, then count everything."""
        changed: defaultdict[str, dict[str, CountedOffer]] = defaultdict(dict)
        for offer_id, fact in self._changed():
            changed[month_of(fact)][_anonymous(offer_id)] = fact
        for month, facts in changed.items():
            self._keep(f"{MONTHS}{month}.json", facts)
        kept = [self._month(key) for key, _ in self.objects.list(MONTHS)]
        totals = tally(all_facts(kept), self.departements, self.now)
        self._put(STATISTICS_KEY, totals.model_dump_json(indent=1).encode() + b"\n")
        return totals

    def _changed(self) -> Iterator[tuple[str, CountedOffer]]:
        days = [
            str((self.now - timedelta(days=back)).astimezone(UTC).date())
            for back in range(_LOOK_BACK.days, -1, -1)
        ]
        for part in range(PARTS):
            for listed in self.store.listed(part, days):
                offer = self.store.offer(listed.recruiter_id, listed.offer_id)
                if offer is not None:
                    notice = self.store.notice(listed.recruiter_id, listed.offer_id)
                    yield offer.id, fact_of(offer, notice)

    def _keep(self, key: str, facts: Mapping[str, CountedOffer]) -> None:
        self._put(key, self._month(key).with_facts(facts).model_dump_json().encode())

    def _month(self, key: str) -> Month:
        stored = self.objects.get(key)
        return Month.model_validate_json(stored.body) if stored else Month()

    def _put(self, key: str, body: bytes) -> None:
        """Write over what is there, unless another run did meanwhile, which says the same."""
        stored = self.objects.get(key)
        over = stored.etag if stored else None
        with suppress(Conflict):
            put(self.objects, key, body, over=over, content_type=_JSON, max_age=_AGE)


def _anonymous(offer_id: str) -> str:
    """A name under which a fact replaces itself, and that leads back to no offer."""
    return sha256(offer_id.encode()).hexdigest()[:16]
