"""An OPCO sees one need and answers by its link."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from itsdangerous import Signer

from depot.ports.store import Replace
from tests.deployment import DEFAULT_MAILBOX, EP, EP_MAILBOX, Deployment
from tests.functions.noticed import LINK, answer, show, token, told
from tests.outages import mail_outage
from tests.posted import Deposited


BAKERY_AND_RESTAURANT = "00009006800016"  # in Rouen; agreements 0843 and 1979


AKTO = "AKTO / Opco entreprises et salariés des services à forte intensité de main d'oeuvre"


AKTO_MAILBOX = "akto-normandie@opco.example"


def seen(deployed: Deployment, mine: Deposited) -> Any:
    """What the depositor sees of its OPCO."""
    shown = deployed.http("manage_offers", "GET", "/api/manage", token=mine.token)
    return shown.body["offers"][0]["opco"]


def test_the_link_shows_that_need_and_the_contact(deployed: Deployment) -> None:
    told(deployed, offers=[{"metier": "11573", "description": "De nuit"}, {"metier": "10200"}])
    need = deployed.mails(EP_MAILBOX)[0]

    shown = show(deployed, LINK.findall(need.body)[0][1])

    assert shown.status == 200
    assert shown.headers["cache-control"] == "no-store"
    assert (shown.body["status"], shown.body["addressee"]) == ("current", EP)
    assert shown.body["firm"] == "LE FOURNIL FICTIF"
    assert shown.body["contact"] == {
        "name": "Jeanne Martin",
        "email": "jeanne@example.org",
        "phone": "+33199001234",
    }
    assert ("Boulanger" in need.subject) == (shown.body["metier"]["code"] == "11573")
    assert "offers" not in shown.body, "one need, nothing else"


def test_looking_changes_nothing(deployed: Deployment) -> None:
    told(deployed)
    link, before = token(deployed, EP_MAILBOX), deployed.items()

    for _ in range(3):
        assert show(deployed, link).status == 200

    assert deployed.items() == before


def test_the_depositor_sees_what_the_opco_answers(deployed: Deployment) -> None:
    mine = told(deployed)
    link = token(deployed, EP_MAILBOX)

    taking = answer(deployed, link, answer="taking")
    assert (taking.status, taking.body["answer"]) == (200, "taking")
    assert seen(deployed, mine)["answer"] == "taking"

    contacted = answer(deployed, link, version=3, answer="contacted")
    assert (contacted.status, contacted.body["answer"]) == (200, "contacted")
    assert (seen(deployed, mine)["answer"], seen(deployed, mine)["names"]) == ("contacted", [EP])


def test_not_ours_reaches_the_next_candidate_by_mail_at_once_near_the_firm(
    deployed: Deployment,
) -> None:
    mine = told(deployed, siret=BAKERY_AND_RESTAURANT)
    assert seen(deployed, mine)["names"] == [EP, AKTO]
    assert answer(deployed, token(deployed, DEFAULT_MAILBOX), answer="not_ours").status == 200
    first = token(deployed, EP_MAILBOX)

    passed = answer(deployed, first, version=3, answer="not_ours")

    assert (passed.status, passed.body["status"], passed.body["addressee"]) == (
        200,
        "passed_on",
        AKTO,
    )
    [mail] = deployed.mails(AKTO_MAILBOX)
    assert "Jeanne Martin" in mail.body
    second = token(deployed, AKTO_MAILBOX)
    assert second != first
    assert show(deployed, second).body["contact"] is not None
    assert (seen(deployed, mine)["names"], seen(deployed, mine)["declined"]) == ([AKTO], [EP])


def test_a_link_that_was_passed_on_says_so_and_shows_no_contact(deployed: Deployment) -> None:
    told(deployed, offers=[{"metier": "11573", "description": "Demandez Jeanne"}])
    link = token(deployed, EP_MAILBOX)
    answer(deployed, link, answer="not_ours", to="OCAPIAT")

    shown = show(deployed, link)
    again = answer(deployed, link, version=3, answer="taking")

    assert (shown.status, shown.body["status"]) == (200, "passed_on")
    assert (again.status, again.body["code"]) == (409, "notice_moved")
    for said in (shown.body, again.body):
        for personal in ("Jeanne", "jeanne", "99001234", "PERIGUEUX"):
            assert personal not in json.dumps(said)
    assert len(deployed.mails("ocapiat-24@opco.example")) == 1, "told once, where the firm is"


def test_a_turn_that_is_not_yet_shows_no_contact(deployed: Deployment) -> None:
    """No such link was minted: whatever the turn, only the present one opens."""
    told(deployed)
    *claim, turn, _ = token(deployed, EP_MAILBOX).split(".")
    signer = Signer(
        "2" * 64, salt="depot.opco", sep=".", key_derivation="hmac", digest_method=hashlib.sha256
    )

    shown = show(deployed, signer.sign(".".join([*claim, str(int(turn) + 1)])).decode())

    assert (shown.body["status"], shown.body["contact"]) == ("passed_on", None)


def test_a_need_that_is_over_takes_no_answer(deployed: Deployment) -> None:
    mine = told(deployed)
    link = token(deployed, EP_MAILBOX)
    body = {"version": 1, "outcome": "filled"}
    path = f"/api/manage/offers/{mine.offer['id']}/closure"
    assert deployed.http("manage_offers", "POST", path, token=mine.token, body=body).status == 200

    late = answer(deployed, link, answer="taking")

    assert show(deployed, link).body["status"] == "over"
    assert (late.status, late.body["current"]["status"]) == (409, "over")


def test_nobody_is_to_be_called_at_a_refused_firm(deployed: Deployment) -> None:
    mine = told(deployed)
    link = token(deployed, EP_MAILBOX)
    recruiter = deployed.store.recruiter(mine.recruiter_id)
    assert recruiter is not None
    deployed.store.commit(Replace(recruiter.refuse("closed_company", datetime.now(UTC))))

    shown = show(deployed, link).body

    assert (shown["status"], shown["contact"], shown["need"]) == ("refused", None, None)


def test_a_mail_to_the_next_that_cannot_leave_now_is_left_to_the_sweep(
    deployed: Deployment,
) -> None:
    mine = told(deployed)
    link = token(deployed, EP_MAILBOX)

    with mail_outage(deployed):
        assert answer(deployed, link, answer="not_ours").status == 200

    assert deployed.mails(DEFAULT_MAILBOX) == []
    assert seen(deployed, mine)["state"] == "pending"
    soon = datetime.now(UTC) + timedelta(minutes=3)
    deployed.call("expire_offers", {"now": soon.isoformat()})
    assert len(deployed.mails(DEFAULT_MAILBOX)) == 1
    assert show(deployed, token(deployed, DEFAULT_MAILBOX)).body["status"] == "current"


def test_with_nobody_left_the_depositor_is_told(deployed: Deployment) -> None:
    mine = told(deployed)
    answer(deployed, token(deployed, EP_MAILBOX), answer="not_ours")

    unclaimed = answer(deployed, token(deployed, DEFAULT_MAILBOX), version=3, answer="not_ours")

    assert (unclaimed.status, unclaimed.body["answer"]) == (200, "not_ours")
    assert EP in unclaimed.body["recipients"], "the desk may still choose, even who declined"
    told_so = seen(deployed, mine)
    assert (told_so["answer"], told_so["desk"], told_so["declined"]) == ("not_ours", True, [EP])
