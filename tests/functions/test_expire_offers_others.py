"""The sweep writes to those who do not answer, and completes firms once they are known."""

import re
from datetime import timedelta

import pytest
import requests

from depot.domain.cfa.cfa_contact import Asking
from depot.domain.life.lifetime import PARIS
from depot.storage import schema
from tests.deployment import EP_MAILBOX, Deployment
from tests.events import stream
from tests.functions.swept import ASKING, everybody_answers, offer, sweep, tell_everybody
from tests.posted import BAKERY, Deposited, a_centre


@pytest.fixture
def mine(deployed: Deployment) -> Deposited:
    """A deposit, told to whom it may concern, who answered."""
    deposited = deployed.deposit()
    everybody_answers(deployed)
    return deposited


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
