"""The stream of recruiters, from real writes to the OPCO's mailbox."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest

from depot.storage import schema
from tests.deployment import DEFAULT_MAILBOX, EP, EP_MAILBOX, Deployment, client
from tests.events import stream
from tests.outages import mail_outage
from tests.posted import Deposited


Record = dict[str, Any]


def notify(deployed: Deployment, *records: Record) -> list[str]:
    """Hand records over; give the sequence numbers that must come again."""
    answer = deployed.call("notify_opco", stream(records))
    assert answer.keys() == {"batchItemFailures"}
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def records(deployed: Deployment) -> list[Record]:
    return deployed.records(schema.RECRUITERS_TABLE)


def notices(deployed: Deployment) -> list[Record]:
    """The records the mapping's filter lets through: new notices."""
    return [
        record
        for record in records(deployed)
        if record["eventName"] == "INSERT"
        and record["dynamodb"]["NewImage"][schema.ENTITY]["S"] == schema.NOTICE
    ]


def number(record: Record) -> str:
    return str(record["dynamodb"]["SequenceNumber"])


def shown(deployed: Deployment, mine: Deposited) -> Any:
    answer = deployed.http("manage_offers", "GET", "/api/manage", token=mine.token)
    return answer.body["offers"][0]["opco"]


def test_a_deposit_is_told_to_the_opco_of_the_firm(deployed: Deployment) -> None:
    mine = deployed.deposit(offers=[{"metier": "11573", "openings": 3}])

    assert notify(deployed, *notices(deployed)) == []

    [mail] = deployed.mails(EP_MAILBOX)
    assert "LE FOURNIL FICTIF" in mail.subject
    for told in (
        "Jeanne Martin",
        "jeanne@example.org",
        "01\u00a099\u00a000\u00a012\u00a034",
        "Boulanger",
    ):
        assert told in mail.body
    assert "gerer.html" not in mail.body, "the link is the depositor's alone"
    seen = shown(deployed, mine)
    assert (seen["state"], seen["names"], seen["desk"]) == ("sent", [EP], False)


def test_every_need_of_a_deposit_is_told(deployed: Deployment) -> None:
    deployed.deposit(offers=[{"metier": "11573"}, {"metier": "11573"}])

    assert notify(deployed, *notices(deployed)) == []

    assert len(deployed.mails(EP_MAILBOX)) == 2


def test_a_firm_that_could_not_be_verified_is_told_to_the_default_mailbox(
    deployed: Deployment,
) -> None:
    mine = deployed.deposit(siret="00009903600014")

    notify(deployed, *notices(deployed))

    [mail] = deployed.mails(DEFAULT_MAILBOX)
    assert "00009903600014" in mail.body
    seen = shown(deployed, mine)
    assert (seen["state"], seen["names"], seen["desk"]) == ("sent", [], True)


def test_a_record_delivered_again_is_told_once(deployed: Deployment) -> None:
    deployed.deposit()
    [notice] = notices(deployed)

    assert notify(deployed, notice, notice, notice) == []
    assert notify(deployed, notice) == []
    deployed.restart()
    assert notify(deployed, notice) == []

    assert len(deployed.mails(EP_MAILBOX)) == 1


def test_every_record_of_the_table_may_come_and_only_notices_matter(deployed: Deployment) -> None:
    deployed.deposit()

    assert notify(deployed, *records(deployed)) == []
    everything = records(deployed)
    assert notify(deployed, *reversed(everything)) == []

    assert len(deployed.mails(EP_MAILBOX)) == 1
    assert {record["eventName"] for record in everything} == {"INSERT", "MODIFY"}


def test_a_notice_that_is_gone_is_no_failure(deployed: Deployment) -> None:
    mine = deployed.deposit()
    key = {"pk": {"S": mine.recruiter_id}, "sk": {"S": f"NOTICE#{mine.offer['id']}"}}
    client("dynamodb").delete_item(TableName="depot-recruiters", Key=key)

    assert notify(deployed, *records(deployed)) == []

    assert deployed.mails(EP_MAILBOX) == []


def of_an_unknown_kind(record: Record) -> None:
    record["dynamodb"]["Keys"]["sk"] = {"S": "SURPRISE#1"}


def of_another_shape(record: Record) -> None:
    record["dynamodb"]["Keys"] = {"id": {"N": "1"}}


def without_keys(record: Record) -> None:
    del record["dynamodb"]["Keys"]


@pytest.mark.parametrize("poison", [of_an_unknown_kind, of_another_shape, without_keys])
def test_a_record_that_cannot_be_read_holds_up_no_other(deployed: Deployment, poison: Any) -> None:
    for _ in range(3):
        deployed.deposit()
    first, second, third = notices(deployed)
    bad = deepcopy(second)
    poison(bad)

    assert notify(deployed, first, bad, third) == [number(second)]

    assert len(deployed.mails(EP_MAILBOX)) == 2


def test_a_notice_that_cannot_be_read_holds_up_no_other(deployed: Deployment) -> None:
    bad, good = deployed.deposit(), deployed.deposit()
    [item] = [item for item in deployed.items() if item["sk"]["S"] == f"NOTICE#{bad.offer['id']}"]
    poison, other = notices(deployed)
    deployed.overwrite({**item, "data": {"S": "{"}})

    assert notify(deployed, poison, other) == [number(poison)]

    assert shown(deployed, good)["state"] == "sent"
    assert len(deployed.mails(EP_MAILBOX)) == 1


def test_a_batch_that_fails_whole_is_reported_record_by_record(deployed: Deployment) -> None:
    for _ in range(2):
        deployed.deposit()
    batch = notices(deployed)
    client("dynamodb").delete_table(TableName="depot-recruiters")

    assert notify(deployed, *batch) == [number(record) for record in batch]


def test_a_mail_that_cannot_leave_now_is_left_to_the_sweep(deployed: Deployment) -> None:
    mine = deployed.deposit()
    [notice] = notices(deployed)

    with mail_outage(deployed):
        assert notify(deployed, notice) == []

    assert deployed.mails(EP_MAILBOX) == []
    letter = deployed.store.letter(mine.recruiter_id, f"opco_need-{mine.offer['id']}-t1")
    assert letter is not None
    assert letter.state == "pending"
    late = letter.claimed_until + timedelta(seconds=1)
    deployed.call("expire_offers", {"now": late.isoformat()})
    assert len(deployed.mails(EP_MAILBOX)) == 1
    assert notify(deployed, notice) == []
    assert len(deployed.mails(EP_MAILBOX)) == 1


def test_an_empty_batch_is_done(deployed: Deployment) -> None:
    assert notify(deployed) == []
