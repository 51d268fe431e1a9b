"""What a sweep reads to find what is due, beside a Scan; in DynamoDB's units, not an emulator's.

    python -m bench sweeps

A million live offers, of which one day's, 36,000, are due for their reminder: real items weighed,
the real adapter run over an index of their keys. What is then read to act on each is told beside:
it is the same however the due ones were found.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import islice
from random import Random
from statistics import fmean
from typing import Any, Final, cast

from bench import offers
from bench.budgets import Budget, Report
from bench.dynamo import (
    DUE_KEYS,
    DueIndex,
    MeteredClient,
    partition_units,
    scan_units,
    units,
    weight,
)
from depot.domain.dossier.contact import Contact, ContactForm
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.letters.letter import write
from depot.domain.life.lifetime import LIFE
from depot.domain.life.offer import Offer
from depot.domain.life.states import DEPOSITOR, Limits
from depot.domain.model import Entity
from depot.domain.opco.finding import Finding
from depot.domain.opco.notice import OpcoNotice
from depot.storage import items, schema
from depot.storage.items import Item
from depot.storage.tables import DynamoStore


LIVE: Final = 1_000_000
FEWER: Final = 100_000
DUE: Final = LIVE // LIFE.days + 1
SAMPLE: Final = 2_000
NOW: Final = offers.NOW

SCAN: Final = Budget(300)
FLAT: Final = Budget(1.01, most=True)
IDLE: Final = Budget(16, " RRU", most=True)


def main() -> bool:
    """Measure, print, and say whether the budgets hold."""
    report = Report()
    sample = [_aged(offer) for offer in islice(offers.offers(Random(3)), SAMPLE)]  # noqa: S311 - the same at every run
    each = fmean(weight(items.to_item(offer)) for offer in sample)
    scan = scan_units(each * LIVE)
    print(
        f"sweeps: {LIVE:,} live offers of {each:,.0f} bytes, {DUE:,} due; a Scan is {scan:,.0f} RRU"
    )
    reads, fewer, idle = reads_of(LIVE, DUE), reads_of(FEWER, DUE), reads_of(LIVE, 0)
    report.check("less read than by a Scan", scan / reads, SCAN, f"{reads:,.1f} RRU")
    report.check("read among 1,000,000 and 100,000 live", reads / fewer, FLAT, f"{fewer:,.1f} RRU")
    report.check("read when nothing is due", idle, IDLE)
    dossier = dossier_units(sample[0])
    detail = f"{dossier:g} RRU a dossier of one offer; after a Scan too"
    report.tell(f"then read to act on {DUE:,}: {dossier * DUE:,.0f} RRU", detail)
    return report.within


def reads_of(live: int, due: int) -> float:
    """Read units of finding ``due`` offers among so many live ones, by the real adapter."""
    sample = items.to_item(next(offers.offers(Random(1))))  # noqa: S311 - the same at every run
    owner = offers.offer_id(0)
    entry: Item = {name: sample[name] for name in DUE_KEYS} | {schema.PARTITION_KEY: {"S": owner}}
    index, nobody = DueIndex(entry), DueIndex(entry)
    past, future = items.instant(NOW), items.instant(NOW + timedelta(days=1))
    for rank in range(live):
        owner = offers.offer_id(rank)
        index.add(items.shard(owner), past if rank < due else future, owner)
    tables = {schema.OFFERS_TABLE: index.sort(), schema.RECRUITERS_TABLE: nobody}
    client = MeteredClient(tables)
    store = DynamoStore(cast("Any", client), {name: name for name in tables})
    if (found := sum(1 for _ in store.due(NOW))) != due:
        message = f"{found} found of {due} due"
        raise ValueError(message)
    return client.read


def dossier_units(offer: Offer) -> float:
    """Read units of acting on a firm with one offer: its address, who shares it, its dossier."""
    mine, told = [items.to_item(offer)], [items.to_item(entity) for entity in _beside(offer)]
    address, others = partition_units(told[:1]), units(0)
    return address + others + partition_units(mine) + partition_units(told)


def _beside(offer: Offer) -> Sequence[Entity]:
    """A firm, what its OPCO was told, and two mails that left."""
    contact = ContactForm(name="Jeanne Martin", email="jeanne@example.org", phone="01 99 00 12 34")
    recruiter = Recruiter(
        id=offer.recruiter_id,
        siret=offer.workplace.siret,
        contact=Contact.of(contact),
        company=None,
        offer_count=1,
        created_at=NOW,
        updated_at=NOW,
    )
    notice = OpcoNotice(recruiter_id=offer.recruiter_id, offer_id=offer.id, created_at=NOW)
    told = notice.told(Finding(outcome="unknown", at=NOW), remind_at=NOW, now=NOW)
    letters = [
        write(
            kind,
            about=offer.id,
            recruiter_id=offer.recruiter_id,
            to="jeanne@example.org",
            facts={},
            now=NOW,
        ).sent("0" * 60, NOW)
        for kind in ("deposit_received", "opco_need")
    ]
    return [recruiter, told, *letters]


def _aged(offer: Offer) -> Offer:
    """An offer as they are after some weeks: edited once, extended once, of a real owner's id."""
    owned = offer.model_copy(update={"recruiter_id": offers.offer_id(1)})
    need = owned.need.model_copy(update={"openings": owned.need.openings + 1})
    return owned.edit(need, NOW, by=DEPOSITOR).extend(
        NOW + timedelta(days=1), Limits(longest=364, reactivation=90)
    )
