"""The sweep takes up what streams, mails and other sweeps left behind."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import boto3
import pytest

from depot.domain.letters.letter import Letter
from tests.deployment import EP_MAILBOX, Deployment, client
from tests.functions.swept import ASKING, everybody_answers, offer, subjects, sweep, tell_everybody
from tests.outages import mail_outage
from tests.posted import Deposited, a_centre


@pytest.fixture
def mine(deployed: Deployment) -> Deposited:
    """A deposit, told to whom it may concern, who answered."""
    deposited = deployed.deposit()
    everybody_answers(deployed)
    return deposited


@contextmanager
def heard(event: str, listener: Callable[..., None]) -> Iterator[None]:
    """``listener`` hears of an event of the SDK, of clients made from now on."""
    sdk = boto3._get_default_session().events
    sdk.register(event, listener)
    yield
    sdk.unregister(event, listener)


def test_what_the_streams_lost_is_taken_up_after_five_minutes(deployed: Deployment) -> None:
    deployed.catalogue(a_centre())
    mine = deployed.deposit(offers=ASKING)
    late = datetime.fromisoformat(mine.offer["published_at"]) + timedelta(minutes=5)

    assert sweep(deployed, late - timedelta(seconds=1)) == {}
    assert sweep(deployed, late) == {"notices": 1, "rounds": 1}
    assert sweep(deployed, late + timedelta(hours=1)) == {}

    assert len(deployed.mails(EP_MAILBOX)) == 1
    assert len(deployed.mails("cfa-1@example.org")) == 1
    tell_everybody(deployed)
    assert len(deployed.mails()) == 3, "the streams, late after all, tell nothing twice"


def test_a_mail_left_behind_leaves_when_its_lease_runs_out(deployed: Deployment) -> None:
    with mail_outage(deployed):
        mine = deployed.deposit()
    assert deployed.mails() == []
    letter = _confirmation(deployed, mine)

    assert sweep(deployed, letter.claimed_until - timedelta(seconds=1)) == {}
    assert sweep(deployed, letter.claimed_until) == {"letters": 1}
    assert sweep(deployed, letter.claimed_until + timedelta(minutes=1)) == {}

    [mail] = deployed.mails("jeanne@example.org")
    assert mine.receipt["manage_url"] in mail.body
    assert _confirmation(deployed, mine).state == "sent"


def test_a_mail_that_never_leaves_is_given_up_after_four_days(deployed: Deployment) -> None:
    with mail_outage(deployed):
        mine = deployed.deposit(offers=[])
        for day in range(1, 5):
            letter = _confirmation(deployed, mine)
            assert letter.state == "pending"
            assert sweep(deployed, letter.created_at + timedelta(days=day)) == {"letters": 1}

    letter = _confirmation(deployed, mine)
    assert letter.state == "failed"
    assert sweep(deployed, letter.claimed_until + timedelta(days=365)) == {}


def _confirmation(deployed: Deployment, mine: Deposited) -> Letter:
    letter = deployed.store.letter(mine.recruiter_id, f"deposit_received-{mine.recruiter_id}")
    assert letter is not None
    return letter


def test_a_sweep_short_of_time_stops_and_the_next_one_resumes(deployed: Deployment) -> None:
    deposits = [deployed.deposit() for _ in range(3)]
    everybody_answers(deployed)
    end = offer(deployed, deposits[-1]).expires_at

    assert sweep(deployed, end, remaining_ms=20_000) == {"unfinished": True}
    assert sweep(deployed, end, remaining_ms=20_001) == {"expired": 3}


def test_one_dossier_that_cannot_be_read_stops_no_other(deployed: Deployment) -> None:
    deposits = [deployed.deposit() for _ in range(5)]
    everybody_answers(deployed)
    end = offer(deployed, deposits[-1]).expires_at
    first = next(iter(deployed.store.due(end))).recruiter_id
    [item] = [
        item
        for item in deployed.items()
        if item["pk"]["S"] == first and item["sk"]["S"].startswith("OFFER#")
    ]
    deployed.overwrite({**item, "data": {"S": "{"}})

    # Its use and its firm, to be looked at again, and its offer, to be expired.
    with pytest.raises(ExceptionGroup, match="3 things could not be swept"):
        sweep(deployed, end)

    others = [deposit for deposit in deposits if deposit.recruiter_id != first]
    assert {offer(deployed, other).state for other in others} == {"expired"}


@pytest.mark.parametrize(
    ("due", "done"), [("reminds_at", {"reminded": 2}), ("expires_at", {"expired": 2})]
)
def test_a_sweep_between_the_reading_and_the_writing_of_another_leaves_it_nothing(
    deployed: Deployment, *, due: str, done: dict[str, int]
) -> None:
    """An adviser's two firms; the second sweep begins when the first is about to write."""
    mine, _ = deployed.deposit(), deployed.deposit(siret="30247464800664")
    everybody_answers(deployed)
    before = len(subjects(deployed))
    now = getattr(offer(deployed, mine), due)
    swept: list[dict[str, Any]] = []

    def rival(**_: object) -> None:
        if not swept:
            swept.append({})
            swept[0] = sweep(deployed, now)

    with heard("before-parameter-build.dynamodb.TransactWriteItems", rival):
        ours = sweep(deployed, now)

    assert (swept, ours) == ([done], {})
    assert len(subjects(deployed)) == before + 1


def test_a_sweep_whose_index_is_out_of_date_does_nothing_again(
    deployed: Deployment, mine: Deposited
) -> None:
    end = offer(deployed, mine).expires_at
    sweep(deployed, end)
    index = {"pk": {"S": mine.recruiter_id}, "sk": {"S": f"OFFER#{mine.offer['id']}"}}
    client("dynamodb").update_item(  # the index of the other sweep is out of date
        TableName="depot-offers",
        Key=index,
        UpdateExpression="SET due_shard = :s, due_at = :a",
        ExpressionAttributeValues={":s": {"S": "00"}, ":a": {"S": "2020-01-01"}},
    )

    assert sweep(deployed, end) == {}

    assert len(subjects(deployed)) == 1
