"""What a partner's HTTP client, and every cache on the way, is told of each file of the feed."""

from typing import Any

import pytest

from tests.e2e.site import Site, eventually
from tests.partner import documented


pytestmark = pytest.mark.emulator

INDEX = "/feed/v1/index.json"
KINDS = {
    "ndjson": "application/x-ndjson",
    "json": "application/json",
    "xml": "application/xml",
    "csv": "text/csv; charset=utf-8; header=present",
}
BAKERY = "00009001900019"


@pytest.fixture(scope="module")
def index(site: Site) -> dict[str, Any]:
    """A feed with an offer, whose snapshot is up to date."""
    offer_id = site.deposit(BAKERY, "lecteur@example.org")["offers"][0]["id"]
    eventually(lambda: site.live().get(offer_id))
    return eventually(lambda: _caught_up(site))


def _caught_up(site: Site) -> dict[str, Any] | None:
    index: dict[str, Any] = site.get(INDEX).json()
    return index if index["snapshot"] and index["snapshot"]["cursor"] == index["cursor"] else None


def test_every_file_says_what_it_is_and_how_long_it_may_be_kept(
    site: Site, index: dict[str, Any]
) -> None:
    files = index["snapshot"]["files"]
    assert set(files) == set(KINDS)
    segments = [(entry, KINDS["ndjson"]) for entry in index["changes"]]

    for entry, kind in [*segments, *((files[name], kind) for name, kind in KINDS.items())]:
        headers = site.get(entry["path"]).headers
        assert headers["Content-Type"] == kind
        assert headers["Content-Encoding"] == "gzip"
        assert headers["Cache-Control"] == "public, max-age=86400"
        assert headers["ETag"].strip('"')
    headers = site.get(INDEX).headers
    assert (headers["Content-Type"], headers["Cache-Control"]) == (
        KINDS["json"],
        "public, max-age=2",
    )
    assert "Content-Encoding" not in headers


def test_who_holds_a_file_is_told_so_without_a_body_until_it_changes(
    site: Site, index: dict[str, Any]
) -> None:
    paths = [INDEX, *(entry["path"] for entry in index["snapshot"]["files"].values())]
    tags = {path: site.get(path).headers["ETag"] for path in paths}

    for path, tag in tags.items():
        again = site.get(path, **{"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b""), path
        assert again.headers["ETag"] == tag
        assert site.get(path, **{"If-None-Match": '"another"'}).status_code == 200

    site.deposit(BAKERY, "lecteur-encore@example.org")
    changed = eventually(
        lambda: next(
            (
                answer
                for answer in [site.get(INDEX, **{"If-None-Match": tags[INDEX]})]
                if answer.status_code == 200
            ),
            None,
        )
    )
    assert changed.headers["ETag"] != tags[INDEX]
    assert changed.json()["cursor"] > index["cursor"]


def test_every_encoding_of_the_snapshot_holds_the_same_offers(
    site: Site, index: dict[str, Any]
) -> None:
    del index
    files = eventually(lambda: _caught_up(site))["snapshot"]["files"]
    texts = {name: site.get(entry["path"]).content for name, entry in files.items()}
    theirs = documented()

    ids = [offer["id"] for offer in theirs["offers_of_xml"](texts["xml"])]

    assert ids == [row["id"] for row in theirs["offers_of_csv"](texts["csv"])]
    assert ids == sorted(ids)
    assert texts["json"].count(b'{"id":') == texts["ndjson"].count(b'{"id":') == len(ids)


def test_the_counts_are_there_before_any_schedule_counts(site: Site) -> None:
    counts = eventually(lambda: site.get("/feed/v1/statistics.json").status_code == 200)

    assert counts
