"""Centres near a need are asked, at most ten, once, when they can be."""

from copy import deepcopy
from typing import Any

import pytest

from tests.deployment import Deployment, client
from tests.functions.matched import ASKING, Record, asked, match, records, rounds
from tests.outages import mail_outage
from tests.posted import BAKERY, Deposited, a_centre


def number(record: Record) -> str:
    return str(record["dynamodb"]["SequenceNumber"])


def shown(deployed: Deployment, mine: Deposited) -> Any:
    answer = deployed.http("manage_offers", "GET", "/api/manage", token=mine.token)
    return answer.body["offers"][0]


def test_the_nearest_centres_are_asked_and_the_depositor_sees_it(deployed: Deployment) -> None:
    deployed.catalogue(a_centre(50), a_centre(3), a_centre(200), a_centre(20))
    mine = deployed.deposit(offers=ASKING)

    assert match(deployed, *rounds(deployed)) == []

    assert asked(deployed) == ["cfa-3@example.org", "cfa-20@example.org", "cfa-50@example.org"]
    offer = shown(deployed, mine)
    assert offer["cfa_outcome"] == "asked"
    assert [(cfa["name"], cfa["state"]) for cfa in offer["cfas"]] == [
        ("CFA fictif 3", "sent"),
        ("CFA fictif 20", "sent"),
        ("CFA fictif 50", "sent"),
    ]
    assert [round(cfa["distance_km"]) for cfa in offer["cfas"]] == [3, 20, 50]


def test_a_centre_reads_the_need_and_whom_to_call(deployed: Deployment) -> None:
    deployed.catalogue(a_centre())
    deployed.deposit(offers=[{**ASKING[0], "description": "Fournil à l’ancienne"}])

    match(deployed, *rounds(deployed))

    [mail] = deployed.mails("cfa-1@example.org")
    for told in (
        "LE FOURNIL FICTIF",
        "Jeanne Martin",
        "01\u00a099\u00a000\u00a012\u00a034",
        "Fournil à l’ancienne",
    ):
        assert told in mail.body
    assert "gerer.html" not in mail.body, "the link is the depositor's alone"


def test_ten_centres_at_most_are_asked(deployed: Deployment) -> None:
    deployed.catalogue(*(a_centre(n) for n in range(1, 16)))
    deployed.deposit(offers=ASKING)

    assert match(deployed, *rounds(deployed)) == []

    # Nine are nearer than ten kilometres; the six others are as near as one another.
    numbers = [int(address.removeprefix("cfa-").partition("@")[0]) for address in asked(deployed)]
    assert sorted(numbers[:9]) == list(range(1, 10))
    assert len(numbers) == 10
    assert 10 <= numbers[9] <= 15


def test_nobody_is_asked_without_being_asked_to(deployed: Deployment) -> None:
    deployed.catalogue(a_centre())
    deployed.deposit()

    assert rounds(deployed) == []
    assert match(deployed, *records(deployed)) == []

    assert asked(deployed) == []


def test_a_record_delivered_again_asks_once(deployed: Deployment) -> None:
    deployed.catalogue(a_centre(1), a_centre(2))
    deployed.deposit(offers=ASKING)
    [asking] = rounds(deployed)

    assert match(deployed, asking, asking) == []
    deployed.restart()
    assert match(deployed, *records(deployed)) == []

    assert len(asked(deployed)) == 2


@pytest.mark.parametrize(
    ("siret", "centres", "outcome"),
    [
        (BAKERY, [], "nobody_near"),
        (BAKERY, [a_centre(qualiopi=False)], "nobody_near"),
        (BAKERY, [a_centre(email="")], "nobody_near"),
        (BAKERY, [a_centre(romes=["A1101"])], "nobody_near"),
    ],
)
def test_when_nobody_can_be_asked_the_depositor_is_told_why(
    deployed: Deployment, siret: str, centres: list[dict[str, Any]], outcome: str
) -> None:
    deployed.catalogue(*centres)
    mine = deployed.deposit(siret=siret, offers=ASKING)

    assert match(deployed, *rounds(deployed)) == []

    assert asked(deployed) == []
    assert shown(deployed, mine)["cfa_outcome"] == outcome


def test_a_catalogue_imported_too_late_delays_the_asking_and_loses_nobody(
    deployed: Deployment,
) -> None:
    mine = deployed.deposit(offers=ASKING)
    (waiting,) = rounds(deployed)

    assert len(match(deployed, waiting)) == 1
    assert shown(deployed, mine)["cfa_outcome"] is None
    deployed.catalogue(a_centre())

    assert match(deployed, waiting) == []
    assert shown(deployed, mine)["cfa_outcome"] == "asked"


def test_a_firm_still_to_be_verified_keeps_its_round_waiting(deployed: Deployment) -> None:
    deployed.catalogue(a_centre())
    mine = deployed.deposit(siret="00009903600014", offers=ASKING)

    assert match(deployed, *rounds(deployed)) == []

    assert asked(deployed) == []
    assert shown(deployed, mine)["cfa_outcome"] is None


def test_an_offer_closed_meanwhile_asks_nobody(deployed: Deployment) -> None:
    deployed.catalogue(a_centre())
    mine = deployed.deposit(offers=ASKING)
    path = f"/api/manage/offers/{mine.offer['id']}/closure"
    body = {"version": 1, "outcome": "filled"}
    deployed.http("manage_offers", "POST", path, token=mine.token, body=body)

    assert match(deployed, *rounds(deployed)) == []

    assert asked(deployed) == []
    assert shown(deployed, mine)["cfa_outcome"] == "not_live"


def test_a_record_that_cannot_be_read_holds_up_no_other(deployed: Deployment) -> None:
    deployed.catalogue(a_centre())
    for _ in range(3):
        deployed.deposit(offers=ASKING)
    first, second, third = rounds(deployed)
    bad = deepcopy(second)
    bad["dynamodb"]["Keys"]["sk"]["S"] = "SURPRISE"

    assert match(deployed, first, bad, third) == [number(second)]

    assert len(asked(deployed)) == 2


def test_a_round_that_cannot_be_read_holds_up_no_other(deployed: Deployment) -> None:
    deployed.catalogue(a_centre())
    bad, good = deployed.deposit(offers=ASKING), deployed.deposit(offers=ASKING)
    poison, other = rounds(deployed)
    item = poison["dynamodb"]["NewImage"]
    deployed.overwrite({**item, "data": {"S": '{"recruiter_id": 1}'}})

    assert match(deployed, poison, other) == [number(poison)]

    assert shown(deployed, good)["cfa_outcome"] == "asked"
    assert len(asked(deployed)) == 1
    assert bad.offer["id"] in item["sk"]["S"]


def test_a_catalogue_that_cannot_be_reached_is_tried_again(deployed: Deployment) -> None:
    deployed.catalogue(a_centre())
    deployed.deposit(offers=ASKING)
    [asking] = rounds(deployed)
    bucket, deployed.environment["DATA_BUCKET"] = deployed.environment["DATA_BUCKET"], "gone"

    assert match(deployed, asking) == [number(asking)]
    deployed.environment["DATA_BUCKET"] = bucket
    deployed.restart()
    assert match(deployed, asking) == []

    assert len(asked(deployed)) == 1


def test_mails_that_cannot_leave_now_are_left_to_the_sweep(deployed: Deployment) -> None:
    deployed.catalogue(a_centre(1), a_centre(2))
    mine = deployed.deposit(offers=ASKING)

    with mail_outage(deployed):
        assert match(deployed, *rounds(deployed)) == []

    assert asked(deployed) == []
    assert [cfa["state"] for cfa in shown(deployed, mine)["cfas"]] == ["pending", "pending"]


def test_a_round_that_is_gone_is_no_failure(deployed: Deployment) -> None:
    deployed.catalogue(a_centre())
    deployed.deposit(offers=ASKING)
    [asking] = rounds(deployed)
    client("dynamodb").delete_item(TableName="depot-offers", Key=asking["dynamodb"]["Keys"])

    assert match(deployed, *records(deployed)) == []

    assert asked(deployed) == []
