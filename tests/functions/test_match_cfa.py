"""The stream of offers, from real writes to the training centres nearby."""

from copy import deepcopy
from typing import Any

import pytest
from flask import Flask, request

from depot.domain.errors import SourceUnavailable
from depot.storage import schema
from depot.usecases.cfa.import_catalogue import CatalogueRefused
from local.standin.app import serving
from local.standin.formations import formation
from tests.deployment import (
    BAKERY,
    Deployment,
    Deposited,
    a_centre,
    catalogue_of,
    client,
    mail_outage,
)
from tests.events import stream


Record = dict[str, Any]
ASKING = [{"metier": "11573", "ask_cfa": True}]


def match(deployed: Deployment, *records: Record) -> list[str]:
    """Hand records over; give the sequence numbers that must come again."""
    answer = deployed.call("match_cfa", stream(records))
    assert answer.keys() == {"batchItemFailures"}
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def records(deployed: Deployment) -> list[Record]:
    return deployed.records(schema.OFFERS_TABLE)


def rounds(deployed: Deployment) -> list[Record]:
    """The records the mapping's filter lets through: new rounds."""
    return [
        record
        for record in records(deployed)
        if record["eventName"] == "INSERT"
        and record["dynamodb"]["NewImage"][schema.ENTITY]["S"] == schema.ROUND
    ]


def number(record: Record) -> str:
    return str(record["dynamodb"]["SequenceNumber"])


def asked(deployed: Deployment) -> list[str]:
    """Addresses that were asked, in the order the mails left."""
    sent = [mail.destinations["ToAddresses"][0] for mail in deployed.mails()]
    return [address for address in sent if address.startswith("cfa-")]


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
    for told in ("LE FOURNIL FICTIF", "Jeanne Martin", "01 99 00 12 34", "Fournil à l’ancienne"):
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


def imported(deployed: Deployment, **event: Any) -> Any:
    return deployed.call("match_cfa", {"source": "schedule", **event})


def test_the_schedule_imports_the_centres_that_the_next_need_asks(deployed: Deployment) -> None:
    rows = [a_centre(3), a_centre(20, qualiopi=False), a_centre(40), a_centre(50, email="")]
    with catalogue_of(deployed, *rows):
        counted = imported(deployed)
    deployed.deposit(offers=ASKING)

    assert match(deployed, *rounds(deployed)) == []

    assert counted["trainings"] == 2
    assert counted["source"] == "api_alternance"
    assert counted["left_out"] == {"uncertified": 1, "unreachable": 1}
    assert asked(deployed) == ["cfa-3@example.org", "cfa-40@example.org"]


def test_the_synthetic_catalogue_of_the_stand_in_is_imported_whole(deployed: Deployment) -> None:
    counted = imported(deployed)
    deployed.deposit(offers=ASKING)

    assert match(deployed, *rounds(deployed)) == []

    assert counted["trainings"] + sum(counted["left_out"].values()) == 8_577
    assert 0 < len(asked(deployed)) <= 10


def test_a_process_that_asks_learns_of_an_import_by_another(deployed: Deployment) -> None:
    with catalogue_of(deployed, a_centre(1)):
        imported(deployed)
    with catalogue_of(deployed, a_centre(2)):
        imported(deployed)
    deployed.deposit(offers=ASKING)

    match(deployed, *rounds(deployed))

    assert asked(deployed) == ["cfa-2@example.org"]


def test_the_open_catalogue_is_read_when_the_other_fails(deployed: Deployment) -> None:
    with catalogue_of(deployed, a_centre(3)):
        deployed.environment["FORMATIONS_URL"] += "/nowhere"
        assert imported(deployed)["source"] == "catalogue_rco"


def test_a_catalogue_that_shrank_is_refused_until_somebody_looked(deployed: Deployment) -> None:
    with catalogue_of(deployed, *(a_centre(n) for n in range(1, 121))):
        imported(deployed)
    with catalogue_of(deployed, a_centre(5)):
        with pytest.raises(CatalogueRefused, match="119 of 120 trainings would vanish"):
            imported(deployed)
        with pytest.raises(CatalogueRefused):
            imported(deployed, accept_shrink="true")
        assert imported(deployed, accept_shrink=True)["trainings"] == 1


def test_an_import_that_fails_leaves_the_catalogue_as_it_was(deployed: Deployment) -> None:
    deployed.catalogue(a_centre(3))
    with catalogue_of(deployed):
        deployed.environment |= dict.fromkeys(("FORMATIONS_URL", "RCO_URL"), "")
        with pytest.raises(SourceUnavailable):
            imported(deployed)
    deployed.deposit(offers=ASKING)

    match(deployed, *rounds(deployed))

    assert asked(deployed) == ["cfa-3@example.org"]


def test_the_key_of_a_catalogue_is_read_from_its_secret(deployed: Deployment) -> None:
    app, keys = Flask(__name__), list[str | None]()

    @app.get("/formation/v1/search")
    def search() -> dict[str, Any]:
        keys.append(request.headers.get("Authorization"))
        return {"data": [formation(a_centre(3))], "pagination": {"page_count": 1}}

    with serving(app) as url:
        deployed.environment["FORMATIONS_URL"] = url
        assert imported(deployed)["trainings"] == 1

    assert keys == ["Bearer a-key"]
