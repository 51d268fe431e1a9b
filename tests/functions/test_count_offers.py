"""The counts, end to end: the schedule counts, the site tells."""

import json

from depot.usecases.feed.count_offers import STATISTICS_KEY
from tests.deployment import Deployment, client


def test_the_schedule_counts_the_offers_for_everybody(deployed: Deployment) -> None:
    mine = deployed.deposit()

    counted = deployed.call("expire_offers", {"source": "schedule", "task": "count"})

    body = client("s3").get_object(Bucket=deployed.environment["FEED_BUCKET"], Key=STATISTICS_KEY)
    told = json.loads(body["Body"].read())
    assert told == counted
    assert (told["deposited"], told["live"], told["filled"]) == (1, 1, 0)
    assert [line["name"] for line in told["by_departement"]] == ["Dordogne"]
    assert [line["name"] for line in told["by_metier"]] == [mine.offer["metier"]["label"]]
