"""What the schedules do for the feed: snapshots, comparison; and many publishers at once."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from depot.feed.health import HEALTH_KEY
from depot.feed.index import INDEX_KEY
from depot.ports.objects import Objects
from depot.storage.bucket import S3Objects
from depot.usecases.feed.publish_feed import Publisher
from tests.builders import NOW
from tests.deployment import Deployment, client
from tests.events import Context
from tests.functions.feeds import close, publish, reconcile, records, schedule, segments, snapshot
from tests.interleaving import play
from tests.partner import spread, tombstone


def test_the_schedule_makes_an_empty_feed_readable(deployed: Deployment) -> None:
    assert schedule(deployed) == {"cursor": 0, "records": 0, "deleted": 0}

    assert snapshot(deployed) == {}


def test_the_schedule_changes_nothing_when_nothing_changed(deployed: Deployment) -> None:
    deployed.deposit()
    publish(deployed, *records(deployed))
    before = deployed.index()

    assert schedule(deployed) == {"cursor": 1, "records": 1, "deleted": 0}

    assert deployed.index() == before


def test_the_schedule_brings_a_late_snapshot_up_to_date(deployed: Deployment) -> None:
    deployed.deposit()
    publish(deployed, *records(deployed))
    index = json.loads(deployed.file(INDEX_KEY))
    body = json.dumps({**index, "snapshot": None}).encode()
    client("s3").put_object(Bucket="depot-feed", Key=INDEX_KEY, Body=body)

    assert schedule(deployed) == {"cursor": 1, "records": 1, "deleted": 0}

    assert len(snapshot(deployed)) == 1


def test_a_change_whose_event_was_lost_is_found_by_the_comparison(
    deployed: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, lost = deployed.deposit(), deployed.deposit()
    publish(deployed, *records(deployed))
    close(deployed, kept)
    born = deployed.deposit()
    quiet = reconcile(deployed)
    monkeypatch.setattr(
        "depot.wiring.services.Services.now", lambda _: datetime.now(UTC) + timedelta(hours=1)
    )

    health = reconcile(deployed)

    assert [quiet[name] for name in ("missing", "altered", "extra", "damaged")] == [0] * 4
    assert [health[name] for name in ("missing", "altered", "extra", "damaged")] == [1, 0, 1, 0]
    assert health == json.loads(deployed.file(HEALTH_KEY))
    schedule(deployed)
    assert snapshot(deployed).keys() == {lost.offer["id"], born.offer["id"]}
    health = reconcile(deployed)
    assert [health[name] for name in ("missing", "altered", "extra", "compared")] == [0, 0, 0, 2]


def test_a_comparison_that_is_short_of_time_says_where_it_stopped(deployed: Deployment) -> None:
    deployed.deposit()
    publish(deployed, *records(deployed))

    event = {"source": "schedule", "task": "reconcile"}
    health = deployed.call("publish_feed", event, Context(remaining_ms=100_000))

    assert (health["complete"], health["next_part"], health["compared"]) == (False, 0, 0)


def test_32_publishers_and_snapshots_at_once_on_s3_lose_nothing(deployed: Deployment) -> None:
    bucket = S3Objects(client("s3"), "depot-feed")
    found = spread(96)
    Publisher(bucket).publish(found[:64], NOW)
    Publisher(bucket).snapshot(NOW)

    def process(rank: int) -> Callable[[Objects], object]:
        def run(objects: Objects) -> None:
            change = [found[64 + rank], tombstone(found[rank].id, "expired")]
            Publisher(objects).publish(change, NOW)
            if rank % 4 == 0:
                Publisher(objects).snapshot(NOW)

        return run

    assert play(bucket, [process(rank) for rank in range(32)], seed=1) == []
    Publisher(bucket).snapshot(NOW)

    assert deployed.index().cursor == 33
    assert snapshot(deployed).keys() == {record.id for record in found[32:]}


def test_a_segment_another_publisher_wrote_and_did_not_name_is_named_first(
    deployed: Deployment,
) -> None:
    """It crashed between its two writes, or is about to make the second."""
    crashed, mine = deployed.deposit(), deployed.deposit()
    first, second = records(deployed)
    publish(deployed, first)
    client("s3").delete_object(Bucket="depot-feed", Key=INDEX_KEY)

    assert publish(deployed, second) == []

    ids: Sequence[str] = [changes[0]["offer"]["id"] for changes in segments(deployed)]
    assert ids == [crashed.offer["id"], mine.offer["id"]]
    assert snapshot(deployed).keys() == set(ids)
