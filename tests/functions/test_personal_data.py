"""A canary lives a whole life here, is erased, and is looked for in every table and bucket."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from depot.domain.letters.letter import reader_of
from depot.feed.index import SEGMENTS, SNAPSHOTS
from depot.storage import schema
from depot.storage.bucket import S3Objects
from depot.usecases.feed.publish_feed import Publisher
from tests import canary
from tests.canary_life import employer, manage, streams, tell, whole_life
from tests.deployment import Deployment, client
from tests.posted import Answer, Deposited, a_deposit


ON_BEHALF: Final = {"depositor": canary.DEPOSITOR}
# She deposits for herself, or at a training centre for her own firm.
LIVES: Final = pytest.mark.parametrize("over", [{}, ON_BEHALF], ids=["for herself", "on behalf"])
# Where a scan must see her before it may say that she is nowhere.
PLACES: Final = (
    "/RECRUITER",
    "/LETTER#",
    "/OFFER#",
    "/CONTACT#",
    "/RECEIPT#",
    "FEED/offres/",
    "FEED/feed/v1/offers/",
    "FEED/feed/v1/partners/",
    "FEED/feed/v1/changes/",
    "FEED/push/jobs/",
)


def erase(deployed: Deployment, mine: Deposited) -> Answer:
    version = manage(deployed, "GET", "", mine.token).body["recruiter"]["version"]
    return manage(deployed, "POST", "/erasure", mine.token, version=version, confirmation="EFFACER")


def erased_by_its_firm(deployed: Deployment, mine: Deposited) -> Answer:
    del mine
    version = employer(deployed, "GET", "").body["version"]
    return employer(deployed, "POST", "/erasure", version=version, confirmation="EFFACER")


def stored(deployed: Deployment) -> Mapping[str, bytes]:
    buckets = {name: deployed.environment[f"{name}_BUCKET"] for name in ("FEED", "DATA")}
    return canary.everything(client("dynamodb"), deployed.tables, client("s3"), buckets)


@LIVES
def test_the_export_holds_all_that_is_kept(deployed: Deployment, over: Any) -> None:
    mine = whole_life(deployed, **over)

    answer = manage(deployed, "GET", "/export", mine.token)

    assert answer.status == 200
    kept = [
        name
        for name, _ in canary.items(client("dynamodb"), deployed.tables)
        if f"/{mine.recruiter_id}/" in name
    ]
    shown = sum(len(part) for part in answer.body.values() if isinstance(part, list))
    assert shown == len(kept) + 1, "and what the directory said of the firm"


def test_the_life_leaves_an_item_of_every_kind_of_a_dossier(deployed: Deployment) -> None:
    """A kind added later, and not lived here, would be erased by nobody's proof."""
    mine = whole_life(deployed, depositor=canary.DEPOSITOR)

    names = [name for name, _ in canary.items(client("dynamodb"), deployed.tables)]
    mark = f"/{mine.recruiter_id}/"
    tags = {name.partition(mark)[2].partition("#")[0] for name in names if mark in name}
    assert tags == schema.OF_A_DOSSIER - {schema.ERASURE}


def test_every_item_of_a_dossier_is_purged_one_day_whatever_happens(deployed: Deployment) -> None:
    whole_life(deployed, depositor=canary.DEPOSITOR)

    found = list(canary.items(client("dynamodb"), deployed.tables))
    assert len(found) > len(schema.OF_A_DOSSIER)
    assert [name for name, item in found if schema.EXPIRES not in item] == []


def test_a_deposit_sent_again_after_its_erasure_is_refused_with_what_to_do(
    deployed: Deployment,
) -> None:
    form = a_deposit()
    mine = Deposited(deployed.http("create_recruiter", "POST", "/api/recruiters", body=form).body)
    erase(deployed, mine)
    mails = len(deployed.mails())

    again = deployed.http("create_recruiter", "POST", "/api/recruiters", body=form)

    assert (again.status, again.body["code"]) == (409, "submission_erased")
    assert "nouveau dépôt" in again.body["detail"]
    assert len(deployed.mails()) == mails
    assert manage(deployed, "GET", "", mine.token).status == 401


def test_the_firms_export_holds_all_that_is_kept_but_what_is_its_depositors_alone(
    deployed: Deployment,
) -> None:
    mine = whole_life(deployed, **ON_BEHALF)

    file = employer(deployed, "GET", "/data").body

    kept = [name for name, _ in canary.items(client("dynamodb"), deployed.tables)]
    its_own = [name for name in kept if f"/{mine.recruiter_id}/" in name]
    readers = [reader_of(name.partition("LETTER#")[2]) for name in its_own if "/LETTER#" in name]
    others = [reader for reader in readers if reader not in {"employer", "opco", "cfa"}]
    assert others, "the depositor was written to"
    shown = sum(len(part) for part in file.values() if isinstance(part, list))
    apart = [schema.FIRM, schema.OBJECTION]
    assert shown == len(its_own) - len(others) + len(apart)


@pytest.mark.parametrize(
    ("over", "erase"),
    [({}, erase), (ON_BEHALF, erase), (ON_BEHALF, erased_by_its_firm)],
    ids=["for herself", "on behalf", "on behalf, by the firm"],
)
def test_after_an_erasure_nothing_of_the_person_is_left_but_the_feed_of_the_last_days(
    deployed: Deployment, over: Any, erase: Callable[[Deployment, Deposited], Answer]
) -> None:
    mine = whole_life(deployed, **over)
    before = canary.found(stored(deployed))
    for place in PLACES:
        assert any(place in name for name in before), f"the scan finds her in {place}"

    assert erase(deployed, mine).status == 200
    streams(deployed)
    tell(deployed)
    after = canary.found(stored(deployed))

    # Segments and snapshots the index no longer names: gone within eight days (docs/feed).
    index = deployed.index()
    assert index.snapshot is not None
    current = {f"FEED/{file.path.lstrip('/')}" for file in index.snapshot.files.values()}
    passing = f"FEED/{SEGMENTS}", f"FEED/{SNAPSHOTS}"
    assert [name for name in after if not name.startswith(passing)] == []
    assert not current & after.keys(), "what partners read now knows her no more"
    left = [name for name in stored(deployed) if f"/{mine.recruiter_id}/" in name]
    assert left == [f"recruiters/{mine.recruiter_id}/ERASURE"]
    apart = [name for name in stored(deployed) if f"/{schema.OBJECTION}#" in name]
    assert len(apart) == (1 if over else 0), (
        "what the firm objects to outlives it, and names nobody"
    )


def test_the_feed_itself_forgets_the_person_within_its_days(deployed: Deployment) -> None:
    mine = whole_life(deployed, depositor=canary.DEPOSITOR)
    erase(deployed, mine)
    streams(deployed)
    tell(deployed)
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
