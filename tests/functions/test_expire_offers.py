"""The sweep, end to end: reminders, expiries, and what was left behind."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import requests

from depot.domain.cfa.cfa_contact import Asking
from depot.domain.letters.letter import Letter
from depot.domain.life.lifetime import PARIS
from depot.domain.life.offer import Offer
from depot.domain.opco.notice import OpcoNotice
from depot.ports.store import Create, Replace
from depot.storage import items, schema
from tests.builders import an_offer
from tests.deployment import (
    BAKERY,
    EP_MAILBOX,
    Deployment,
    Deposited,
    a_centre,
    client,
    mail_outage,
)
from tests.events import Context, stream


NOTHING = {
    "reminded": 0,
    "expired": 0,
    "letters": 0,
    "notices": 0,
    "opcos_reminded": 0,
    "employers_reminded": 0,
    "rounds": 0,
    "cfas_followed_up": 0,
    "verified": 0,
    "links": 0,
    "retained": 0,
    "erased": 0,
    "unfinished": False,
}
ASKING = [{"metier": "11573", "ask_cfa": True}]


def sweep(deployed: Deployment, now: datetime | None = None, **context: Any) -> dict[str, Any]:
    """Sweep; give what was done and nothing else."""
    event: Mapping[str, str] = {"now": now.isoformat()} if now else {"source": "schedule"}
    summary = deployed.call("expire_offers", event, Context(**context))
    assert summary.keys() == NOTHING.keys()
    return {name: done for name, done in summary.items() if done}


def offer(deployed: Deployment, mine: Deposited) -> Offer:
    found = deployed.store.offer(mine.recruiter_id, mine.offer["id"])
    assert found is not None
    return found


def tell_everybody(deployed: Deployment) -> None:
    """Let the streams do their part, so that only offers are left to the sweep."""
    for function, table in [("notify_opco", "recruiters"), ("match_cfa", "offers")]:
        answer = deployed.call(function, stream(deployed.records(table)))
        assert answer == {"batchItemFailures": []}


def everybody_answers(deployed: Deployment) -> None:
    """Let the OPCOs answer too, so that none is to be reminded."""
    tell_everybody(deployed)
    for item in deployed.items():
        notice = items.from_item(item)
        if isinstance(notice, OpcoNotice):
            deployed.store.commit(Replace(notice.answered("taking", datetime.now(UTC))))


@pytest.fixture
def mine(deployed: Deployment) -> Deposited:
    """A deposit, told to whom it may concern, who answered."""
    deposited = deployed.deposit()
    everybody_answers(deployed)
    return deposited


def subjects(deployed: Deployment) -> list[str]:
    """Subjects of the depositor's mails after the first, the confirmation."""
    return [mail.subject for mail in deployed.mails("jeanne@example.org")[1:]]


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

    assert len(subjects(deployed)) == 6
    reminded = [
        deployed.store.offer(mine.recruiter_id, offer.id) for offer in (offers[0], offers[-1])
    ]
    assert all(offer and offer.reminded_at for offer in reminded)


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


def test_two_sweeps_at_once_do_each_thing_once(deployed: Deployment, mine: Deposited) -> None:
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


def test_every_letter_s_id_is_a_tag_ses_takes(deployed: Deployment) -> None:
    deployed.catalogue(a_centre())
    mine = deployed.deposit(offers=ASKING)
    path = f"/api/recruiters/{mine.recruiter_id}/offers"
    submission = "00000000-0000-4000-8000-000000000001"
    body = {"submission_id": submission, "metier": "11573", "duplicates": "accept"}
    deployed.http("add_offer", "POST", path, token=mine.token, body=body)
    body = {"siret": BAKERY, "metier": "11573"}
    deployed.http("create_recruiter", "POST", "/api/duplicates", body=body)
    tell_everybody(deployed)
    sweep(deployed, offer(deployed, mine).reminds_at)
    [need, _] = deployed.mails("cfa-1@example.org")
    [link] = re.findall(r"action=candidats#([\w.-]+)", need.body)
    said = {"replies": 0, "answer": "candidates"}
    deployed.http("manage_offers", "POST", "/api/cfa/answer", token=link, body=said)
    sweep(deployed, offer(deployed, mine).expires_at)

    dossier = deployed.store.dossier(mine.recruiter_id)

    assert dossier is not None
    assert {letter.kind for letter in dossier.letters} == {
        "deposit_received",
        "offer_added",
        "opco_need",
        "opco_reminder",
        "cfa_need",
        "cfa_follow_up",
        "cfa_candidates",
        "reminder",
        "offer_expired",
        "duplicate_found",
    }
    for letter in dossier.letters:
        assert letter.state == "sent"
        assert letter.id.isascii()
        assert letter.id.replace("-", "").replace("_", "").isalnum(), letter.id
        assert len(letter.id) <= 256


def test_a_firm_deposited_during_an_outage_is_completed_once_the_directory_answers(
    deployed: Deployment,
) -> None:
    faults = f"{deployed.apis_url}/_faults"
    requests.post(faults, json={"fault": "error"}, timeout=5).raise_for_status()
    try:
        mine = deployed.deposit()
    finally:
        requests.post(faults, json={"fault": None}, timeout=5).raise_for_status()
    tell_everybody(deployed)
    soon = offer(deployed, mine).published_at + timedelta(minutes=15)

    assert sweep(deployed, soon) == {"verified": 1}
    assert sweep(deployed, soon) == {}

    assert offer(deployed, mine).workplace.name == "LE FOURNIL FICTIF"


def test_an_opco_that_does_not_answer_is_reminded_once_in_the_morning(deployed: Deployment) -> None:
    mine = deployed.deposit()
    tell_everybody(deployed)
    notice = deployed.store.notice(mine.recruiter_id, mine.offer["id"])
    assert notice is not None
    due = notice.due_at
    assert due is not None
    assert (due.astimezone(PARIS).hour, due.astimezone(PARIS).minute) == (9, 0)

    assert sweep(deployed, due - timedelta(seconds=1)) == {}
    assert sweep(deployed, due) == {"opcos_reminded": 1}
    assert sweep(deployed, due + timedelta(days=1)) == {}

    need, reminder = deployed.mails(EP_MAILBOX)
    link = re.compile(r"opco\.html\?action=contact#([\w.-]+)")
    assert link.findall(need.body) == link.findall(reminder.body) != []


def test_a_silent_centre_is_written_to_once_more(deployed: Deployment) -> None:
    deployed.catalogue(a_centre(3))
    mine = deployed.deposit(offers=[{"metier": "11573", "ask_cfa": True}])
    deployed.call("match_cfa", stream(deployed.records(schema.OFFERS_TABLE)))
    asking = Asking(mine.recruiter_id, mine.offer["id"], "000000003")
    contact = deployed.store.contact(asking)
    assert contact is not None
    assert contact.due_at is not None

    assert "cfas_followed_up" not in sweep(deployed, contact.due_at - timedelta(seconds=1))
    assert sweep(deployed, contact.due_at)["cfas_followed_up"] == 1
    assert "cfas_followed_up" not in sweep(deployed, contact.due_at + timedelta(days=1))

    first, again = deployed.mails("cfa-3@example.org")
    assert "Sans réponse de votre part" in again.subject
    assert "/cfa.html?action=candidats#" in first.body
    assert "/cfa.html?action=candidats#" in again.body
