"""How long a partner waits: from a deposit, or a closure, to the change in the feed.

    python -m bench freshness

Everything deployed to the emulator, warm. Beside it, in turn, the least there could be: a table,
its stream, a function that writes one object. Times are from just before the write to the table
until the change can be read, looked for every 5 ms; over HTTP, from the request.
"""

import io
import shutil
import socket
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from random import Random
from typing import Final
from uuid import uuid4

import requests

from bench import offers
from bench.budgets import Budget, Report
from bench.offers import NOW
from depot.domain.life.offer import Offer
from depot.ports.store import Create, Replace
from depot.storage.bucket import S3Objects
from depot.storage.tables import DynamoStore
from depot.usecases.feed.publish_feed import Publisher
from local.emulator import ACCOUNT, REGION, client
from local.places import HOST, Places
from local.run import Facts, stack


ROUNDS: Final = 60
JUDGED: Final = ("deposit", "closure")  # over HTTP comes the deposit itself as well
SOON: Final = Budget(1_000, " ms", most=True)
BESIDE: Final = Budget(1.5, most=True, tolerated=2.0)
_LOOK_EVERY: Final = 0.005
_PAUSE: Final = 0.3  # between two changes: they come one by one
_SIRET: Final = "00009001900019"  # the stand-in knows it
_BARE: Final = "bare"
_HANDLER: Final = """
import os, boto3
s3 = boto3.client("s3")
def handle(event, context):
    for record in event["Records"]:
        key = record["dynamodb"]["Keys"]["pk"]["S"]
        s3.put_object(Bucket=os.environ["BUCKET"], Key=key, Body=b"")
"""


def until(look: Callable[[], object], since: float) -> float:
    """Seconds from ``since`` until ``look`` finds something."""
    deadline = since + 20
    while not look():
        if time.perf_counter() > deadline:
            message = "nothing came in 20 s"
            raise TimeoutError(message)
        time.sleep(_LOOK_EVERY)
    return time.perf_counter() - since


class Bare:
    """A table, its stream, a function, an object; nothing else."""

    def __init__(self, places: Places) -> None:
        """Make them."""
        self._dynamodb, self._s3 = client("dynamodb", places), client("s3", places)
        functions = client("lambda", places)
        here = {"LocationConstraint": REGION}
        self._s3.create_bucket(Bucket=_BARE, CreateBucketConfiguration=here)
        table = self._dynamodb.create_table(
            TableName=_BARE,
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
        )["TableDescription"]
        functions.create_function(
            FunctionName=_BARE,
            Runtime="python3.13",
            Role=f"arn:aws:iam::{ACCOUNT}:role/{_BARE}",
            Handler="index.handle",
            Code={"ZipFile": _zipped(_HANDLER)},
            Environment={"Variables": {"BUCKET": _BARE}},
        )
        functions.create_event_source_mapping(
            FunctionName=_BARE,
            EventSourceArn=table["LatestStreamArn"],
            StartingPosition="TRIM_HORIZON",
            BatchSize=100,
        )

    def write(self) -> float:
        """One item; seconds until its object is there."""
        key, since = uuid4().hex, time.perf_counter()
        self._dynamodb.put_item(TableName=_BARE, Item={"pk": {"S": key}, "data": {"S": "x" * 1500}})
        listed = self._s3.list_objects_v2
        return until(lambda: listed(Bucket=_BARE, Prefix=key).get("Contents"), since)


class Feed:
    """Our service."""

    def __init__(self, places: Places, facts: Facts) -> None:
        """Take it as deployed."""
        self._facts = facts
        self._feed = Publisher(S3Objects(client("s3", places), facts["feed_bucket"]))
        self._store = DynamoStore(client("dynamodb", places), facts["tables"])
        self._offers = offers.offers(Random(3))  # noqa: S311 - the same at every run
        self._emails = (f"banc-{rank}@example.org" for rank in count())
        self._seen = self._cursor()

    def deposit(self) -> tuple[Offer, float]:
        """Write an offer; seconds until a segment says it."""
        self._seen, offer = self._cursor(), next(self._offers)
        since = time.perf_counter()
        self._store.commit(Create(offer))
        return offer, until(lambda: self._tells(offer.id), since)

    def closure(self, offer: Offer) -> float:
        """Close an offer; seconds until a segment says it."""
        self._seen, closed = self._cursor(), offer.close("filled", None, datetime.now(UTC))
        since = time.perf_counter()
        self._store.commit(Replace(closed))
        return until(lambda: self._tells(offer.id), since)

    def deposit_over_http(self) -> float:
        """Deposit as the form does; seconds from the request until a segment says it."""
        self._seen, since = self._cursor(), time.perf_counter()
        body = {
            "submission_id": str(uuid4()),
            "siret": _SIRET,
            "contact": {"name": "Banc", "email": next(self._emails), "phone": "01 99 00 12 34"},
            "offers": [{"metier": "11573"}],
            "duplicates": "accept",  # each round deposits the same
        }
        url = f"{self._facts['emulator']}/api/recruiters"
        answer = requests.post(url, json=body, headers={"Host": self._facts["host"]}, timeout=20)
        answer.raise_for_status()
        offer_id = answer.json()["offers"][0]["id"]
        return until(lambda: self._tells(offer_id), since)

    def _tells(self, offer_id: str) -> bool:
        """Whether a segment written since speaks of the offer."""
        new = (file for file in self._feed.index(NOW).changes if file.cursor > self._seen)
        return any(offer_id.encode() in self._feed.read(file) for file in new)

    def _cursor(self) -> int:
        return self._feed.index(NOW).cursor


def _zipped(text: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("index.py", text)
    return packed.getvalue()


@contextmanager
def running() -> Iterator[tuple[Bare, Feed]]:
    """Both, on an emulator of their own."""
    with socket.create_server((HOST, 0)) as one, socket.create_server((HOST, 0)) as two:
        places = Places(one.getsockname()[1], two.getsockname()[1])
    try:
        with stack(places) as facts:
            yield Bare(places), Feed(places, facts)
    finally:
        shutil.rmtree(places.home, ignore_errors=True)


def measure(bare: Bare, feed: Feed, rounds: int) -> dict[str, list[float]]:
    """One of each, in turn, so many times."""
    found: dict[str, list[float]] = {}

    def note(what: str, seconds: float) -> None:
        found.setdefault(what, []).append(seconds)
        time.sleep(_PAUSE)

    for _ in range(rounds):
        note("bare chain", bare.write())
        offer, seconds = feed.deposit()
        note("deposit", seconds)
        note("closure", feed.closure(offer))
        note("deposit over HTTP", feed.deposit_over_http())
    return found


def main(rounds: int = ROUNDS) -> bool:
    """Measure, print medians and 95th percentiles, and say whether the budgets hold."""
    print(f"freshness: {rounds} rounds")
    with running() as (bare, feed):
        measure(bare, feed, 5)  # warm
        return within(measure(bare, feed, rounds))


def within(found: Mapping[str, Sequence[float]]) -> bool:
    """Whether deposits and closures come out soon enough, in itself and beside the bare chain."""
    report = Report()
    middle, late = _percentiles(found["bare chain"])
    for what, seconds in found.items():
        p50, p95 = _percentiles(seconds)
        detail = f"p50 {p50 * 1e3:.0f} ms ({p50 / middle:.2f}x)"
        if what in JUDGED:
            report.check(f"{what}, p95", p95 * 1e3, SOON, detail)
            report.check(f"{what}, p95 beside the bare chain's", p95 / late, BESIDE)
        else:
            report.tell(what, f"p95 {p95 * 1e3:.0f} ms ({p95 / late:.2f}x), {detail}")
    return report.within


def _percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(seconds)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
