"""A canary lives a whole life here, is erased, and is looked for in every table and bucket."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from depot.feed.index import SEGMENTS
from depot.storage import schema
from depot.storage.bucket import S3Objects
from depot.usecases.publish_feed import Publisher
from tests import canary
from tests.deployment import BAKERY, Answer, Deployment, Deposited, a_centre, client
from tests.events import stream


def manage(deployed: Deployment, method: str, path: str, token: str, **body: Any) -> Answer:
    given = body or None
    return deployed.http("manage_offers", method, f"/api/manage{path}", token=token, body=given)


def whole_life(deployed: Deployment) -> Deposited:
    """Deposited, told to the OPCO, centres asked, edited, reminded, moved; one offer more."""
    deployed.catalogue(a_centre())
    answer = deployed.http(
        "create_recruiter", "POST", "/api/recruiters", body=canary.deposit(BAKERY)
    )
    mine = Deposited(answer.body)
    more = canary.need(submission_id="00000000-0000-4000-8000-000000000009", duplicates="accept")
    path = f"/api/recruiters/{mine.recruiter_id}/offers"
    assert deployed.http("add_offer", "POST", path, token=mine.token, body=more).status == 201
    streams(deployed)
    report = {"siret": BAKERY, "metier": "11573"}
    deployed.http("create_recruiter", "POST", "/api/duplicates", body=report)
    deployed.http("manage_offers", "POST", "/api/links", body={"email": canary.EMAIL})
    deployed.call("expire_offers", {"now": (datetime.now(UTC) + timedelta(days=22)).isoformat()})
    contact = {"name": canary.NAME, "email": canary.NEW_EMAIL, "phone": canary.PHONE}
    version = manage(deployed, "GET", "", mine.token).body["recruiter"]["version"]
    moved = manage(deployed, "PUT", "/contact", mine.token, version=version, **contact)
    assert moved.status == 200, moved.body
    return mine


def streams(deployed: Deployment) -> None:
    for function, table in [
        ("notify_opco", schema.RECRUITERS_TABLE),
        ("match_cfa", schema.OFFERS_TABLE),
        ("publish_feed", schema.OFFERS_TABLE),
    ]:
        deployed.call(function, stream(deployed.records(table)))


def erase(deployed: Deployment, mine: Deposited) -> Answer:
    version = manage(deployed, "GET", "", mine.token).body["recruiter"]["version"]
    return manage(deployed, "POST", "/erasure", mine.token, version=version, confirmation="EFFACER")


def stored(deployed: Deployment) -> Mapping[str, bytes]:
    buckets = {name: deployed.environment[f"{name}_BUCKET"] for name in ("FEED", "DATA")}
    return canary.everything(client("dynamodb"), deployed.tables, client("s3"), buckets)


def test_the_export_holds_all_that_is_kept(deployed: Deployment) -> None:
    mine = whole_life(deployed)

    answer = manage(deployed, "GET", "/export", mine.token)

    assert answer.status == 200
    kept = [
        name
        for name, _ in canary.items(client("dynamodb"), deployed.tables)
        if f"/{mine.recruiter_id}/" in name
    ]
    shown = sum(len(part) for part in answer.body.values() if isinstance(part, list))
    assert shown == len(kept) + 1, "and what the directory said of the firm"


def test_every_item_of_a_dossier_is_purged_one_day_whatever_happens(deployed: Deployment) -> None:
    whole_life(deployed)

    for name, item in canary.items(client("dynamodb"), deployed.tables):
        assert schema.EXPIRES in item, name


def test_after_an_erasure_nothing_of_the_person_is_left_but_the_feed_of_the_last_days(
    deployed: Deployment,
) -> None:
    mine = whole_life(deployed)
    before = canary.found(stored(deployed))
    assert len(before) > 10, "the scan finds her where she is"
    assert any(name.startswith("FEED/") for name in before)

    assert erase(deployed, mine).status == 200
    streams(deployed)
    after = canary.found(stored(deployed))

    # Segments and files the index no longer names: gone within eight days (docs/feed).
    index = deployed.index()
    assert index.snapshot is not None
    current = {f"FEED/{file.path.lstrip('/')}" for file in index.snapshot.files.values()}
    assert all(name.startswith("FEED/feed/v1/") for name in after), after
    assert not current & after.keys(), "what partners read now knows her no more"
    left = [name for name in stored(deployed) if f"/{mine.recruiter_id}/" in name]
    assert left == [f"recruiters/{mine.recruiter_id}/ERASURE"]


def test_the_feed_itself_forgets_the_person_within_its_days(deployed: Deployment) -> None:
    mine = whole_life(deployed)
    erase(deployed, mine)
    streams(deployed)
    bucket = S3Objects(client("s3"), deployed.environment["FEED_BUCKET"])
    publisher = Publisher(bucket)
    now = datetime.now(UTC)

    for day in (7.1, 8.2):
        publisher.snapshot(now + timedelta(days=day))
        publisher.tidy(now + timedelta(days=day))

    assert [key for key, _ in bucket.list(SEGMENTS)] == []
    assert canary.found(stored(deployed)) == {}


def test_a_day_later_even_the_intention_is_gone(deployed: Deployment) -> None:
    mine = whole_life(deployed)
    erase(deployed, mine)

    tomorrow = datetime.now(UTC) + timedelta(days=1, minutes=1)
    deployed.call("expire_offers", {"now": tomorrow.isoformat()})

    names = [name for name, _ in canary.items(client("dynamodb"), deployed.tables)]
    assert not [name for name in names if mine.recruiter_id in name]


def test_a_dossier_unused_for_two_years_is_warned_then_erased(deployed: Deployment) -> None:
    mine = deployed.deposit(offers=[])
    now = datetime.now(UTC)

    for days in (699, 701, 729, 732):
        deployed.call("expire_offers", {"now": (now + timedelta(days=days)).isoformat()})

    subjects = [mail.subject for mail in deployed.mails("jeanne@example.org")]
    assert [subject[:25] for subject in subjects[1:]] == [
        "Vos données seront effacé",
        "Vos données sont effacées",
    ]
    assert deployed.store.dossier(mine.recruiter_id) is None


def test_a_warned_dossier_is_kept_by_its_link(deployed: Deployment) -> None:
    mine = deployed.deposit(offers=[])
    now = datetime.now(UTC)
    deployed.call("expire_offers", {"now": (now + timedelta(days=701)).isoformat()})
    version = manage(deployed, "GET", "", mine.token).body["recruiter"]["version"]

    assert manage(deployed, "POST", "/keeping", mine.token, version=version).status == 200

    stale = manage(deployed, "POST", "/keeping", mine.token, version=version)
    assert stale.status == 409


def test_without_the_word_nothing_is_erased(deployed: Deployment) -> None:
    mine = deployed.deposit()

    refused = manage(deployed, "POST", "/erasure", mine.token, version=1, confirmation="oui")

    assert refused.fields == {"confirmation": "confirmation"}
    assert manage(deployed, "GET", "", mine.token).status == 200
