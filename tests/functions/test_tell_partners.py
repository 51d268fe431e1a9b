"""Partners who read no feed, told end to end by the schedule."""

import csv
import io
import zipfile

import pytest
import requests

from tests.apis import failing
from tests.deployment import Deployment, client
from tests.events import stream


TELL = {"source": "schedule", "task": "tell"}


@pytest.fixture
def published(deployed: Deployment) -> Deployment:
    """One offer, in the feed."""
    deployed.deposit()
    deployed.call("publish_feed", stream(deployed.records("offers")))
    return deployed


def test_an_offer_is_written_once_and_its_file_left_once_a_day(published: Deployment) -> None:
    told = published.call("publish_feed", TELL)

    assert told["jobs"]["written"] == 1
    assert told["files"] == {"live": 1, "gone": 0}
    again = published.call("publish_feed", TELL)
    assert again["jobs"]["written"] == 0
    assert again["files"] == {"live": 0, "gone": 0}


def test_the_file_left_says_the_offer_in_the_partners_columns(published: Deployment) -> None:
    published.call("publish_feed", TELL)

    left = requests.get(published.environment["FRANCE_TRAVAIL_URL"], timeout=5).content
    with zipfile.ZipFile(io.BytesIO(left)) as zipped:
        text = zipped.read("offres.csv").decode()
    (line,) = csv.DictReader(io.StringIO(text), delimiter="|")
    assert (line["Code_rome"], line["DEP_cle"], line["Type_mouvement"]) == ("D1102", "24", "C")
    assert line["Par_URL_offre"].startswith("https://depot.example/offres/")


def test_a_partner_that_is_down_keeps_nothing_from_the_other(published: Deployment) -> None:
    with failing(published.apis_url, "france_travail", "error"):
        told = published.call("publish_feed", TELL)

    assert told["jobs"]["written"] == 1
    assert told["failed"] == 1
    assert published.call("publish_feed", TELL)["files"] == {"live": 1, "gone": 0}


def test_a_note_of_the_last_run_nobody_can_read_keeps_no_file_from_leaving(
    published: Deployment,
) -> None:
    s3 = client("s3")
    bucket = published.environment["FEED_BUCKET"]
    s3.put_object(Bucket=bucket, Key="push/jobs.json", Body=b"{")

    told = published.call("publish_feed", TELL)

    assert told["failed"] == 1
    assert told["files"] == {"live": 1, "gone": 0}


def test_a_stage_that_names_no_partner_tells_nobody(published: Deployment) -> None:
    published.environment |= {"LA_BONNE_ALTERNANCE_URL": "", "FRANCE_TRAVAIL_URL": ""}
    published.restart()

    told = published.call("publish_feed", TELL)

    assert told == {"jobs": None, "files": None, "failed": 0}
