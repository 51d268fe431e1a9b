"""What the stream brings is in the feed: each change once, in order, nothing of a person."""

import hashlib
from copy import deepcopy

import pytest

from depot.feed.index import INDEX_KEY, SEGMENTS, SNAPSHOTS
from tests.deployment import Deployment, client
from tests.functions.feeds import (
    Record,
    close,
    manage,
    publish,
    records,
    segments,
    snapshot,
)
from tests.posted import BAKERY


def number(record: Record) -> str:
    return str(record["dynamodb"]["SequenceNumber"])


def test_a_deposit_is_in_the_feed_at_once(deployed: Deployment) -> None:
    mine = deployed.deposit(offers=[{"metier": "11573", "openings": 2, "description": "De nuit"}])

    assert publish(deployed, *records(deployed)) == []

    [[change]] = segments(deployed)
    assert change["op"] == "upsert"
    offer = change["offer"]
    assert offer["id"] == mine.offer["id"]
    assert offer["metier"] == {"ogr": "11573", "label": "Boulanger / Boulangère", "rome": "D1102"}
    assert (offer["openings"], offer["description"]) == (2, "De nuit")
    assert offer["workplace"]["siret"] == BAKERY
    assert offer["workplace"]["name"] == "LE FOURNIL FICTIF"
    assert offer["apply"] == {"phone": "+33199001234"}
    assert snapshot(deployed) == {offer["id"]: offer}


def test_a_reactivated_offer_comes_back_under_the_id_that_was_withdrawn(
    deployed: Deployment,
) -> None:
    mine = deployed.deposit()
    close(deployed, mine)
    publish(deployed, *records(deployed))
    assert snapshot(deployed) == {}
    seen = len(records(deployed))

    manage(deployed, mine, "POST", "/reactivation", version=2)
    publish(deployed, *records(deployed)[seen:])

    told = [change["op"] for lines in segments(deployed) for change in lines]
    assert told[-1] == "upsert"
    assert "tombstone" in told
    assert list(snapshot(deployed)) == [mine.offer["id"]]
    found = deployed.call("publish_feed", {"source": "schedule", "task": "reconcile"})
    assert found["missing"] == found["altered"] == found["extra"] == 0


def test_no_address_and_no_name_of_a_person_is_in_the_feed(deployed: Deployment) -> None:
    contact = {"name": "Zoé Canari", "email": "canari@example.org", "phone": "01 99 00 12 34"}
    deployed.deposit(contact=contact)

    publish(deployed, *records(deployed))

    files = deployed.files()
    assert len(files) > 4, "a change, a snapshot in each of its encodings, an index"
    for key in files:
        assert "canari" not in deployed.file(key).decode().lower(), key


def test_the_index_describes_each_file_it_names(deployed: Deployment) -> None:
    deployed.deposit()
    publish(deployed, *records(deployed))

    index = deployed.index()

    assert index.snapshot is not None
    files = [*index.changes, *index.snapshot.files.values()]
    s3 = client("s3")
    for file in files:
        found = s3.get_object(Bucket="depot-feed", Key=file.path[1:])
        body = found["Body"].read()
        assert (file.bytes, file.sha256) == (len(body), hashlib.sha256(body).hexdigest())
        assert found["ContentEncoding"] == "gzip"
        assert found["CacheControl"] == "public, max-age=86400"
    named = [INDEX_KEY, *(file.path[1:] for file in files)]
    there = [key for key in deployed.files() if key.startswith((INDEX_KEY, SEGMENTS, SNAPSHOTS))]
    assert sorted(named) == sorted(there)


def test_the_needs_of_a_deposit_are_one_segment(deployed: Deployment) -> None:
    mine = deployed.deposit(offers=[{"metier": "11573", "ask_cfa": True}] * 3)

    publish(deployed, *records(deployed))

    [changes] = segments(deployed)
    assert {change["offer"]["id"] for change in changes} == {
        offer["id"] for offer in mine.receipt["offers"]
    }
    assert len(changes) == 3


def test_an_edit_replaces_the_offer_in_the_feed(deployed: Deployment) -> None:
    mine = deployed.deposit()
    publish(deployed, *records(deployed))
    seen = len(records(deployed))
    manage(deployed, mine, "PUT", version=1, metier="11573", openings=9)

    assert publish(deployed, *records(deployed, seen)) == []

    assert snapshot(deployed)[mine.offer["id"]]["openings"] == 9
    assert deployed.index().cursor == 2


def test_a_closed_offer_leaves_the_feed_at_once(deployed: Deployment) -> None:
    mine, other = deployed.deposit(), deployed.deposit()
    publish(deployed, *records(deployed))
    seen = len(records(deployed))
    close(deployed, mine)

    assert publish(deployed, *records(deployed, seen)) == []

    _, [tombstone] = segments(deployed)
    assert (tombstone["op"], tombstone["id"]) == ("tombstone", mine.offer["id"])
    assert tombstone["reason"] == "filled"
    assert snapshot(deployed).keys() == {other.offer["id"]}


def test_an_offer_removed_from_the_table_leaves_the_feed(deployed: Deployment) -> None:
    mine = deployed.deposit()
    publish(deployed, *records(deployed))
    seen = len(records(deployed))
    key = {"pk": {"S": mine.recruiter_id}, "sk": {"S": f"OFFER#{mine.offer['id']}"}}
    client("dynamodb").delete_item(TableName="depot-offers", Key=key)

    assert publish(deployed, *records(deployed, seen)) == []

    _, [tombstone] = segments(deployed)
    assert (tombstone["id"], tombstone["reason"]) == (mine.offer["id"], "removed")
    assert snapshot(deployed) == {}


def test_what_partners_would_not_notice_makes_no_segment(deployed: Deployment) -> None:
    deployed.catalogue()
    mine = deployed.deposit(offers=[{"metier": "11573", "ask_cfa": True}])
    publish(deployed, *records(deployed))
    offer = deployed.store.offer(mine.recruiter_id, mine.offer["id"])
    assert offer is not None
    seen = len(records(deployed))
    deployed.call("expire_offers", {"now": offer.reminds_at.isoformat()})
    reminded = records(deployed, seen)

    assert publish(deployed, *reminded) == []

    assert {record["eventName"] for record in reminded} >= {"MODIFY"}
    assert deployed.index().cursor == 1


def test_records_delivered_again_change_nothing_partners_hold(deployed: Deployment) -> None:
    mine = deployed.deposit()
    close(deployed, deployed.deposit())
    batch = records(deployed)
    publish(deployed, *batch)
    before = snapshot(deployed)

    for again in (batch, [*batch, *batch], batch[::-1], batch[:1]):
        assert publish(deployed, *again) == []

    assert snapshot(deployed) == before
    assert before.keys() == {mine.offer["id"]}


def test_an_offer_that_changed_twice_in_a_batch_is_said_once(deployed: Deployment) -> None:
    mine = deployed.deposit()
    manage(deployed, mine, "PUT", version=1, metier="11573", openings=5)
    close(deployed, mine, version=2)

    publish(deployed, *records(deployed))

    [[tombstone]] = segments(deployed)
    assert tombstone["op"] == "tombstone"


def test_a_late_record_says_what_the_offer_is_now(deployed: Deployment) -> None:
    mine = deployed.deposit()
    late = records(deployed)
    close(deployed, mine)
    publish(deployed, *records(deployed, len(late)))

    assert publish(deployed, *late) == []

    assert segments(deployed)[-1][0]["op"] == "tombstone"
    assert snapshot(deployed) == {}


def test_a_record_that_cannot_be_read_holds_up_no_other(deployed: Deployment) -> None:
    mine = [deployed.deposit() for _ in range(3)]
    first, second, third = records(deployed)
    bad = deepcopy(second)
    bad["dynamodb"]["Keys"]["sk"]["S"] = "SURPRISE#1"

    assert publish(deployed, first, bad, third) == [number(second)]

    assert snapshot(deployed).keys() == {mine[0].offer["id"], mine[2].offer["id"]}


def test_an_offer_that_cannot_be_read_fails_its_batch_and_publishes_no_half(
    deployed: Deployment,
) -> None:
    """Lambda halves a batch that fails until the bad record stands alone."""
    deployed.deposit()
    deployed.deposit()
    good, bad = records(deployed)
    deployed.overwrite({**bad["dynamodb"]["NewImage"], "data": {"S": "{"}})

    with pytest.raises(ValueError, match="1 validation error for Offer"):
        publish(deployed, good, bad)
    assert deployed.files() == []
    assert publish(deployed, good) == []

    assert len(snapshot(deployed)) == 1


def test_a_batch_without_anything_to_publish_writes_nothing(deployed: Deployment) -> None:
    assert publish(deployed) == []

    assert deployed.files() == []
