"""The counts, end to end: the schedule counts, the site tells."""

import json

from depot.usecases.feed.count_offers import STATISTICS_KEY
from tests.deployment import Deployment


def test_the_schedule_counts_the_offers_for_everybody(deployed: Deployment) -> None:
    for _ in range(5):
        mine = deployed.deposit()

    counted = deployed.call("expire_offers", {"source": "schedule", "task": "count"})

    told = json.loads(deployed.file(STATISTICS_KEY))
    assert told == counted
    assert (told["deposited"], told["live"], told["filled"]) == (5, 5, 0)
    assert [line["name"] for line in told["by_departement"]] == ["Dordogne"]
    assert [line["name"] for line in told["by_metier"]] == [mine.offer["metier"]["label"]]


def test_before_any_deposit_the_counts_are_there_and_empty(deployed: Deployment) -> None:
    counted = deployed.call("expire_offers", {"source": "schedule", "task": "count"})

    assert json.loads(deployed.file(STATISTICS_KEY)) == counted
    assert counted["deposited"] == 0
