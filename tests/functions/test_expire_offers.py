"""The sweep: reminders a week before the end, expiry after the last day, as clocks change."""

from datetime import UTC, date, datetime, timedelta

import pytest

from depot.ports.store import Create, Replace
from depot.storage import schema
from tests.builders import an_offer
from tests.deployment import Deployment
from tests.events import stream
from tests.functions.swept import everybody_answers, offer, subjects, sweep
from tests.posted import Deposited


@pytest.fixture
def mine(deployed: Deployment) -> Deposited:
    """A deposit, told to whom it may concern, who answered."""
    deposited = deployed.deposit()
    everybody_answers(deployed)
    return deposited


def test_nothing_is_due_just_after_a_deposit(deployed: Deployment, mine: Deposited) -> None:
    assert sweep(deployed) == {}
    assert sweep(deployed, offer(deployed, mine).reminds_at - timedelta(seconds=1)) == {}

    assert subjects(deployed) == []


def test_one_reminder_leaves_a_week_before_the_end(deployed: Deployment, mine: Deposited) -> None:
    due = offer(deployed, mine).reminds_at

    assert sweep(deployed, due) == {"reminded": 1}

    mail = deployed.mails("jeanne@example.org")[-1]
    assert mine.receipt["manage_url"].partition("#")[2] in mail.body
    for later in (0, 1, 6):
        assert sweep(deployed, due + timedelta(days=later)) == {}
    assert len(subjects(deployed)) == 1


def test_an_offer_expires_after_its_last_day_and_its_depositor_hears_of_it(
    deployed: Deployment, mine: Deposited
) -> None:
    end = offer(deployed, mine).expires_at
    sweep(deployed, offer(deployed, mine).reminds_at)

    assert sweep(deployed, end - timedelta(seconds=1)) == {}
    assert sweep(deployed, end) == {"expired": 1}
    assert sweep(deployed, end + timedelta(days=1)) == {}

    assert offer(deployed, mine).state == "expired"
    assert len(subjects(deployed)) == 2
    assert "Boulanger" in subjects(deployed)[1]


@pytest.mark.parametrize(
    ("last_day", "reminded_at", "ended_at"),
    [
        ("2027-03-27", "2027-03-20T08:00", "2027-03-27T23:00"),  # the night before
        ("2027-03-28", "2027-03-21T08:00", "2027-03-28T22:00"),  # a day of 23 hours
        ("2027-04-04", "2027-03-28T07:00", "2027-04-04T22:00"),
        ("2027-10-30", "2027-10-23T07:00", "2027-10-30T22:00"),
        ("2027-10-31", "2027-10-24T07:00", "2027-10-31T23:00"),  # a day of 25 hours
        ("2027-11-07", "2027-10-31T08:00", "2027-11-07T23:00"),
    ],
)
def test_the_nights_when_the_clock_changes_are_nights_like_others(
    deployed: Deployment, mine: Deposited, last_day: str, *, reminded_at: str, ended_at: str
) -> None:
    """Nine in the morning in Paris, midnight in Paris, whatever the hour is in UTC."""
    present = offer(deployed, mine)
    moved = {"ends_on": date.fromisoformat(last_day), "version": present.version + 1}
    deployed.store.commit(Replace(present.model_copy(update=moved)))

    for instant, done in ((reminded_at, "reminded"), (ended_at, "expired")):
        moment = datetime.fromisoformat(instant).replace(tzinfo=UTC)
        assert sweep(deployed, moment - timedelta(seconds=1)) == {}
        assert sweep(deployed, moment) == {done: 1}
        assert sweep(deployed, moment) == {}

    assert len(subjects(deployed)) == 2


def test_an_expired_offer_leaves_the_feed(deployed: Deployment, mine: Deposited) -> None:
    deployed.call("publish_feed", stream(deployed.records(schema.OFFERS_TABLE)))
    seen = len(deployed.records(schema.OFFERS_TABLE))
    sweep(deployed, offer(deployed, mine).expires_at)

    deployed.call("publish_feed", stream(deployed.records(schema.OFFERS_TABLE)[seen:]))

    snapshot = deployed.index().snapshot
    assert snapshot is not None
    assert snapshot.records == 0


def test_a_sweep_missed_for_a_month_expires_without_a_reminder(
    deployed: Deployment, mine: Deposited
) -> None:
    assert sweep(deployed, offer(deployed, mine).expires_at + timedelta(days=30)) == {"expired": 1}

    assert len(subjects(deployed)) == 1


def test_an_extension_postpones_the_end_and_is_reminded_in_turn(
    deployed: Deployment, mine: Deposited
) -> None:
    first = offer(deployed, mine)
    former = first.model_copy(update={"ends_on": first.ends_on - timedelta(days=22), "version": 2})
    deployed.store.commit(Replace(former))
    assert sweep(deployed) == {"reminded": 1}
    path = f"/api/manage/offers/{first.id}/extension"
    extended = deployed.http("manage_offers", "POST", path, token=mine.token, body={"version": 3})
    assert extended.status == 200

    assert sweep(deployed, former.expires_at) == {}
    assert sweep(deployed, first.reminds_at) == {"reminded": 1}
    assert sweep(deployed, first.expires_at) == {"expired": 1}

    assert len(subjects(deployed)) == 3


@pytest.mark.parametrize("outcome", ["filled", "cancelled"])
def test_a_closed_offer_is_neither_reminded_nor_expired(
    deployed: Deployment, mine: Deposited, outcome: str
) -> None:
    path = f"/api/manage/offers/{mine.offer['id']}/closure"
    body = {"version": 1, "outcome": outcome}
    deployed.http("manage_offers", "POST", path, token=mine.token, body=body)
    end = offer(deployed, mine).expires_at

    assert sweep(deployed, end) == {}

    assert offer(deployed, mine).state == outcome
    assert len(subjects(deployed)) == 1, "the confirmation of its closure"


def test_offers_of_one_depositor_are_reminded_in_one_mail(deployed: Deployment) -> None:
    mine = deployed.deposit(offers=[{"metier": "11573"}, {"metier": "10200"}])
    everybody_answers(deployed)

    assert sweep(deployed, offer(deployed, mine).reminds_at) == {"reminded": 2}

    assert len(subjects(deployed)) == 1
    body = deployed.mails("jeanne@example.org")[-1].body
    assert "Boulanger" in body
    assert "Abatteur" in body


def test_the_firms_of_one_adviser_are_told_of_in_one_mail_each_opened_by_its_own_link(
    deployed: Deployment,
) -> None:
    ours = [deployed.deposit(), deployed.deposit(siret="30247464800664")]
    everybody_answers(deployed)
    before = len(deployed.mails("jeanne@example.org"))
    first = offer(deployed, ours[0])

    assert sweep(deployed, first.reminds_at) == {"reminded": 2}
    assert sweep(deployed, first.expires_at) == {"expired": 2}

    mails = deployed.mails("jeanne@example.org")[before:]
    assert len(mails) == 2
    for mail in mails:
        assert "mes-entreprises.html#" in mail.body
        assert all(mine.token in mail.body for mine in ours)


def test_a_depositor_of_a_hundred_offers_is_reminded_of_each_once(deployed: Deployment) -> None:
    """DynamoDB writes a hundred items at once, no more."""
    mine = deployed.deposit(offers=[])
    recruiter = deployed.store.recruiter(mine.recruiter_id)
    assert recruiter is not None
    offers = [an_offer(f"o{n:03d}", recruiter=recruiter) for n in range(110)]
    for start in range(0, len(offers), 55):
        deployed.store.commit(*map(Create, offers[start : start + 55]))

    assert sweep(deployed, offers[0].reminds_at) == {"reminded": 110}
    assert sweep(deployed, offers[0].reminds_at) == {}

    (subject,) = subjects(deployed)
    assert subject.startswith("110 de vos offres")
    reminded = [
        deployed.store.offer(mine.recruiter_id, offer.id) for offer in (offers[0], offers[-1])
    ]
    assert all(offer and offer.reminded_at for offer in reminded)
