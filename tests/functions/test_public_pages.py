"""From real writes to what the public and search engines see of an offer."""

import json
import re
from typing import Any

import pytest

from depot.feed.health import HEALTH_KEY
from depot.feed.public import ATOM_KEY, ROBOTS_KEY, SITEMAP_KEY, page_key, record_key
from depot.storage import schema
from tests.builders import NOW
from tests.deployment import PUBLIC_URL, Deployment, client
from tests.events import stream
from tests.pages import posting_of
from tests.posted import Deposited


Record = dict[str, Any]


def records(deployed: Deployment, after: int = 0) -> list[Record]:
    return deployed.records(schema.OFFERS_TABLE)[after:]


def publish(deployed: Deployment, *changed: Record) -> None:
    assert deployed.call("publish_feed", stream(changed)) == {"batchItemFailures": []}


def close(deployed: Deployment, mine: Deposited) -> None:
    path = f"/api/manage/offers/{mine.offer['id']}/closure"
    body = {"version": 1, "outcome": "filled"}
    answer = deployed.http("manage_offers", "POST", path, token=mine.token, body=body)
    assert answer.status == 200, answer.body


def stored(key: str) -> Any:
    return client("s3").get_object(Bucket="depot-feed", Key=key)


def sitemap(deployed: Deployment) -> str:
    """All the parts ``sitemap.xml`` names."""
    index = deployed.file(SITEMAP_KEY).decode()
    parts = re.findall(rf"<loc>{PUBLIC_URL}/(sitemap-\S+?)</loc>", index)
    return "".join(deployed.file(part).decode() for part in parts)


@pytest.fixture
def mine(deployed: Deployment) -> Deposited:
    """One offer, published."""
    found = deployed.deposit(offers=[{"metier": "11573", "description": "De nuit"}])
    publish(deployed, *records(deployed))
    return found


def test_a_deposit_has_a_page_at_once(mine: Deposited) -> None:
    found = stored(page_key(mine.offer["id"]))
    page = found["Body"].read()

    assert found["ContentType"] == "text/html; charset=utf-8"
    assert found["CacheControl"] == "public, max-age=5"
    assert found["Metadata"] == {}
    for told in ("Boulanger / Boulangère", "LE FOURNIL FICTIF", "01 99 00 12 34", "De nuit"):
        assert told in page.decode(), told
    posting = posting_of(page)
    assert posting["url"] == f"{PUBLIC_URL}/offres/{mine.offer['id']}"
    assert posting["jobLocation"]["address"]["addressRegion"] == "Nouvelle-Aquitaine"


def test_its_record_is_the_one_of_the_feed(deployed: Deployment, mine: Deposited) -> None:
    found = stored(record_key(mine.offer["id"]))

    [[change]] = [
        [json.loads(line) for line in deployed.file(file.path[1:]).splitlines()]
        for file in deployed.index().changes
    ]
    assert json.loads(found["Body"].read()) == change["offer"]
    assert found["ContentType"] == "application/json"


def test_sitemap_atom_and_robots_lead_to_it(deployed: Deployment, mine: Deposited) -> None:
    url = f"{PUBLIC_URL}/offres/{mine.offer['id']}"

    assert f"<loc>{url}</loc>" in sitemap(deployed)
    assert url in deployed.file(ATOM_KEY).decode()
    assert f"Sitemap: {PUBLIC_URL}/sitemap.xml" in deployed.file(ROBOTS_KEY).decode()
    assert stored(SITEMAP_KEY)["ContentType"] == "application/xml"
    assert stored(ATOM_KEY)["ContentType"] == "application/atom+xml"


def test_a_closed_offer_leaves_nothing_of_what_it_said(
    deployed: Deployment, mine: Deposited
) -> None:
    seen = len(records(deployed))
    close(deployed, mine)

    publish(deployed, *records(deployed, seen))

    found = stored(page_key(mine.offer["id"]))
    assert found["Metadata"] == {schema.GONE: "1"}
    assert "n’est plus disponible" in found["Body"].read().decode()
    assert record_key(mine.offer["id"]) not in deployed.files()
    assert "/offres/" not in sitemap(deployed)
    assert "/offres/" not in deployed.file(ATOM_KEY).decode()
    for key in deployed.files():
        if not key.startswith(("feed/v1/changes/", "feed/v1/snapshots/", "sitemap-")):
            assert "FOURNIL" not in deployed.file(key).decode(), key


def test_events_in_any_order_and_twice_leave_what_the_offer_is(
    deployed: Deployment, mine: Deposited
) -> None:
    close(deployed, mine)
    first, *others = records(deployed)

    for batch in (others, [first], [first, *others], [first]):
        publish(deployed, *batch)

    assert stored(page_key(mine.offer["id"]))["Metadata"] == {schema.GONE: "1"}
    assert record_key(mine.offer["id"]) not in deployed.files()


def test_the_schedule_leads_to_pages_before_there_is_any(deployed: Deployment) -> None:
    deployed.call("publish_feed", {"source": "schedule"})

    assert f"<loc>{PUBLIC_URL}/</loc>" in sitemap(deployed)
    assert deployed.file(ROBOTS_KEY)


def test_the_comparison_finds_a_lost_page_and_one_too_many(
    deployed: Deployment, mine: Deposited, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = page_key(mine.offer["id"])
    page, s3 = stored(key)["Body"].read(), client("s3")
    s3.delete_object(Bucket="depot-feed", Key=key)
    s3.put_object(Bucket="depot-feed", Key=page_key("0" * 32), Body=page)
    monkeypatch.setattr("depot.usecases.feed.reconcile_pages.IN_FLIGHT", NOW - NOW)

    health = deployed.call("publish_feed", {"source": "schedule", "task": "reconcile"})

    assert (health["pages"], health["complete"]) == (2, True)
    assert json.loads(deployed.file(HEALTH_KEY))["pages"] == 2
    assert stored(key)["Body"].read() == page
    assert stored(page_key("0" * 32))["Metadata"] == {schema.GONE: "1"}
    again = deployed.call("publish_feed", {"source": "schedule", "task": "reconcile"})
    assert again["pages"] == 0
