"""What counting costs at 36,000 deposits a day: one of its sixteen parts, then the sums.

    python -m bench counts

Real items through the real adapter, on a client in memory that counts calls; offers change twice,
when they are deposited and when they end. An exchange with DynamoDB or S3 takes time besides.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import Any, Final, TypeVar, cast

from bench import offers
from bench.budgets import Budget, Report
from depot.domain.feed.counted import Shelf, Weighed, fact_of
from depot.domain.life.lifetime import paris_day
from depot.domain.life.offer import Offer
from depot.domain.life.states import Limits
from depot.feed.parts import PARTS
from depot.keys.links import LinkKeys
from depot.keys.pseudonyms import Pseudonyms
from depot.ports.store import Listed
from depot.storage import items, schema
from depot.storage.counting import DynamoCountable
from depot.storage.items import Item
from depot.storage.tables import DynamoStore


T = TypeVar("T")

A_DAY: Final = 36_000
DAYS: Final = 10  # that a run reads: eight back, today, tomorrow
WEIGHED: Final = 2 * A_DAY * DAYS // PARTS
ON_A_SHELF: Final = 31 * A_DAY // PARTS
OPEN_SHELVES: Final = 5 * PARTS  # an offer is on its shelf for some 126 days
SAMPLE: Final = 2_000
NAMES: Final = Pseudonyms(LinkKeys("k1", {"k1": "1" * 64}))
LIMITS: Final = Limits(longest=364, reactivation=90)
TODAY: Final = paris_day(offers.NOW)

READS: Final = Budget(50)
PART: Final = Budget(60, " s", most=True)


@dataclass
class _Client:
    """DynamoDB with these offers and no notice."""

    held: Mapping[str, Item]
    calls: int = 0

    def batch_get_item(self, *, RequestItems: Mapping[str, Any]) -> Mapping[str, Any]:  # noqa: N803 - the SDK's own name
        """Give those that are held."""
        self.calls += 1
        [(table, asked)] = RequestItems.items()
        owners = [key[schema.SORT_KEY]["S"] for key in asked["Keys"]]
        found = [self.held[owner] for owner in owners if owner in self.held]
        return {"Responses": {table: found}, "UnprocessedKeys": {}}


@dataclass(frozen=True)
class _Store(DynamoStore):
    """A store whose index lists these offers, whatever the days."""

    found: Sequence[Listed] = field(default=())

    def listed(self, part: int, days: Any) -> Iterator[Listed]:  # noqa: ANN401, ARG002
        """Give them all."""
        return iter(self.found)


def main() -> bool:
    """Measure, print, and say whether the budgets hold."""
    report = Report()
    sample = list(islice(offers.offers(Random(5)), SAMPLE))  # noqa: S311 - the same at every run
    print(f"counts: {A_DAY:,} deposits a day; a part weighs {WEIGHED:,} offers, {DAYS} days")
    client = _Client({f"{schema.OFFER}#{each.id}": items.to_item(each) for each in sample})
    weighed, weighing = _timed(lambda: _weigh(client, sample))
    calls = client.calls / SAMPLE
    report.check("fewer reads than one an item", 2 / calls, READS, f"{client.calls} calls")
    shelf, filing = _timed(lambda: Shelf().keep(_many(weighed), TODAY, LIMITS))
    body = shelf.model_dump_json()
    read, reading = _timed(lambda: Shelf.model_validate_json(body))
    _, summing = _timed(lambda: read.counts(TODAY))
    size = f"{len(body) / 2**20:.1f} MB, {ON_A_SHELF:,} offers"
    report.tell(f"a shelf: {reading:.1f} s to read, {summing:.1f} s to sum up", size)
    part = weighing * WEIGHED / SAMPLE + 3 * (filing + reading)
    exchanges = f"{calls * WEIGHED:,.0f} reads of a hundred items besides"
    report.check("a part, three months of it", part, PART, exchanges)
    total = PARTS * part + OPEN_SHELVES * (reading + summing)
    report.tell(f"a whole count: {total:,.0f} s", f"{total / 300:.1f} runs of five minutes")
    return report.within


def _weigh(client: _Client, sample: Sequence[Offer]) -> list[Weighed]:
    listed = [Listed(each.recruiter_id, each.id, each.updated_at, None) for each in sample]
    names = {table: table for table in schema.INDEXES}
    countable = DynamoCountable(_Store(cast("Any", client), names, found=listed))
    changed = countable.changed(0, ())
    return [Weighed(NAMES.names(offer.id), fact_of(offer, notice)) for offer, notice in changed]


def _many(weighed: Sequence[Weighed]) -> Iterator[Weighed]:
    for rank in range(ON_A_SHELF):
        yield Weighed([f"{rank:022d}"], weighed[rank % len(weighed)].fact)


def _timed(act: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    return act(), time.process_time() - start
