"""What SES tells of a mail that left, in the documented shape of its events."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from depot.storage import schema
from tests.deployment import Deployment
from tests.events import stream
from tests.posted import Deposited, a_centre


EVENTS = Path(__file__).parents[1] / "data" / "ses"
ASKING = [{"metier": "11573", "ask_cfa": True}]


def event(name: str, letter: str, recruiter: str, address: str, **over: Any) -> dict[str, Any]:
    """A recorded shape, about one of our letters."""
    told: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text("utf-8"))
    detail = told["detail"]
    detail["mail"]["tags"] |= {"letter": [letter], "recruiter": [recruiter]}
    key = {"bounce": "bouncedRecipients", "complaint": "complainedRecipients"}[name]
    detail[name][key][0]["emailAddress"] = address
    detail[name] |= over
    return told


def asked(deployed: Deployment) -> Deposited:
    deployed.catalogue(a_centre(3))
    mine = deployed.deposit(offers=ASKING)
    deployed.call("match_cfa", stream(deployed.records(schema.OFFERS_TABLE)))
    return mine


def about_the_centre(mine: Deposited, name: str, **over: Any) -> dict[str, Any]:
    letter = f"cfa_need-{mine.offer['id']}-000000003"
    return event(name, letter, mine.recruiter_id, "cfa-3@example.org", **over)


def page(deployed: Deployment, mine: Deposited) -> Any:
    return deployed.http("manage_offers", "GET", "/api/manage", token=mine.token).body


@pytest.mark.parametrize(("name", "state"), [("bounce", "failed"), ("complaint", "refused")])
def test_a_centre_s_mail_that_returns_is_seen_on_the_card_and_no_other_follows(
    deployed: Deployment, name: str, state: str
) -> None:
    mine = asked(deployed)

    told = deployed.call("expire_offers", about_the_centre(mine, name))
    again = deployed.call("expire_offers", about_the_centre(mine, name))

    assert told == again == {"recorded": True}
    assert [cfa["state"] for cfa in page(deployed, mine)["offers"][0]["cfas"]] == [state]
    asked(deployed)
    assert len(deployed.mails("cfa-3@example.org")) == 1


@pytest.mark.parametrize(
    ("name", "over"),
    [
        ("bounce", {"bounceType": "Transient"}),
        ("bounce", {"bounceType": "Undetermined"}),
        ("complaint", {"complaintFeedbackType": "not-spam"}),
    ],
)
def test_what_may_pass_or_is_no_complaint_changes_nothing(
    deployed: Deployment, name: str, over: dict[str, Any]
) -> None:
    mine = asked(deployed)
    before = deployed.items()

    told = deployed.call("expire_offers", about_the_centre(mine, name, **over))

    assert told == {"recorded": False}
    assert deployed.items() == before


def test_a_depositor_reads_on_his_page_that_our_mails_do_not_reach_him(
    deployed: Deployment,
) -> None:
    mine = deployed.deposit()
    assert page(deployed, mine)["mail_stopped"] is False
    letters = [
        item["sk"]["S"].partition("#")[2]
        for item in deployed.items()
        if item["sk"]["S"].startswith("LETTER#deposit_received")
    ]
    bounce = event("bounce", letters[0], mine.recruiter_id, "jeanne@example.org")

    deployed.call("expire_offers", bounce)

    assert page(deployed, mine)["mail_stopped"] is True
    deployed.deposit()
    assert len(deployed.mails("jeanne@example.org")) == 1


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda told: told.pop("detail"),
        lambda told: told["detail"].pop("mail"),
        lambda told: told["detail"]["mail"].pop("tags"),
        lambda told: told["detail"]["mail"]["tags"].pop("letter"),
        lambda told: told["detail"].pop("bounce"),
        lambda told: told["detail"].update(bounce="none"),
    ],
)
def test_an_event_of_another_shape_is_left_alone(deployed: Deployment, spoilt: Any) -> None:
    mine = asked(deployed)
    told = deepcopy(about_the_centre(mine, "bounce"))
    spoilt(told)
    before = deployed.items()

    assert deployed.call("expire_offers", told) == {"recorded": False}
    assert deployed.items() == before
