"""The life of an offer by its link: closed, said otherwise, reactivated; limits and twins."""

from datetime import UTC, datetime, timedelta

import pytest

from depot.domain.opco.notice import OpcoNotice
from depot.ports.store import Replace
from depot.storage import items, schema
from tests.deployment import EP_MAILBOX, Deployment
from tests.events import stream
from tests.functions.managed import edit, extend, show, stored
from tests.functions.test_manage_refused import close, reactivate
from tests.posted import Deposited, french


@pytest.fixture
def mine(deployed: Deployment) -> Deposited:
    return deployed.deposit()


def age(deployed: Deployment, mine: Deposited, days: int, **over: object) -> int:
    """Make the offer older; give its version."""
    offer = stored(deployed, mine)
    back = timedelta(days=days)
    older = {"published_at": offer.published_at - back, "ends_on": offer.ends_on - back}
    changes = {**older, **over, "version": offer.version + 1}
    deployed.store.commit(Replace(offer.model_copy(update=changes)))
    return offer.version + 1


def subjects(deployed: Deployment) -> list[str]:
    return [mail.subject for mail in deployed.mails("jeanne@example.org")]


@pytest.mark.parametrize(
    ("outcome", "reason", "said"),
    [("filled", "with_depot", "est pourvue"), ("cancelled", "no_applications", "est annulée")],
)
def test_a_closure_ends_the_offer_and_is_confirmed_by_mail(
    deployed: Deployment, mine: Deposited, outcome: str, *, reason: str, said: str
) -> None:
    answer = close(deployed, mine, outcome=outcome, reason=reason)

    assert answer.status == 200
    assert answer.body["state"] == outcome
    assert (answer.body["reason"], answer.body["channel"]) == (reason, None)
    assert said in subjects(deployed)[-1]
    assert "action=reactiver" in deployed.mails("jeanne@example.org")[-1].body
    for refusal in (edit(deployed, mine, version=2), extend(deployed, mine, version=2)):
        assert (refusal.status, refusal.body["code"]) == (409, "not_live")


def test_how_it_ended_may_be_said_later(deployed: Deployment, mine: Deposited) -> None:
    close(deployed, mine)

    said = {"reason": "without_depot", "channel": "recruitment_body"}
    answer = close(deployed, mine, version=2, **said)

    assert (answer.status, answer.body["version"]) == (200, 3)
    assert {name: answer.body[name] for name in said} == said
    assert len(subjects(deployed)) == 2


def test_a_closed_offer_is_reactivated_for_four_weeks_and_shown_with_its_history(
    deployed: Deployment, mine: Deposited
) -> None:
    close(deployed, mine)

    answer = reactivate(deployed, mine, version=2)

    assert (answer.status, answer.body["state"], answer.body["days_left"]) == (200, "live", 28)
    assert answer.body["id"] == mine.offer["id"]
    moments = [(moment["what"], moment["link"]) for moment in answer.body["history"]]
    assert moments == [("publish", None), ("fill", "manage.1"), ("reactivate", "manage.1")]
    assert show(deployed, mine.token).body["offers"] == [answer.body]
    assert deployed.store.live_offers(answer_siret(deployed, mine), "D1102")


def answer_siret(deployed: Deployment, mine: Deposited) -> str:
    return stored(deployed, mine).workplace.siret


def test_a_reactivated_offer_is_due_again(deployed: Deployment, mine: Deposited) -> None:
    close(deployed, mine)
    reactivate(deployed, mine, version=2)
    reminds_at = stored(deployed, mine).reminds_at

    done = deployed.call("expire_offers", {"now": reminds_at.isoformat()}, Lasting())

    assert done["reminded"] == 1


class Lasting:
    """A context with all its time left."""

    aws_request_id = "r"
    function_name = "f"

    def get_remaining_time_in_millis(self) -> int:
        return 300_000


def test_the_opco_told_before_is_not_told_again(deployed: Deployment, mine: Deposited) -> None:
    deployed.call("notify_opco", stream(deployed.records(schema.RECRUITERS_TABLE)))
    close(deployed, mine)
    reactivate(deployed, mine, version=2)

    deployed.call("notify_opco", stream(deployed.records(schema.RECRUITERS_TABLE)))

    assert len(deployed.mails(EP_MAILBOX)) == 1
    [notice] = [
        entity
        for item in deployed.items()
        if isinstance(entity := items.from_item(item), OpcoNotice)
    ]
    assert notice.turn == 1


def test_a_twin_is_asked_about_before_an_offer_is_reactivated(
    deployed: Deployment, mine: Deposited
) -> None:
    close(deployed, mine)
    other = deployed.deposit()
    before = deployed.items()

    answer = reactivate(deployed, mine, version=2)

    assert (answer.status, answer.body["code"]) == (409, "duplicate")
    assert len(answer.body["current"]["offers"]) == 1
    assert other.offer["id"] not in str(answer.body)
    assert deployed.items() == before
    assert reactivate(deployed, mine, version=2, duplicates="accept").status == 200


def test_limits_are_said_before_and_in_the_refusal(deployed: Deployment, mine: Deposited) -> None:
    assert show(deployed, mine.token).body["limits"] == {"longest": 364, "reactivation": 90}
    furthest = stored(deployed, mine).published_at.date() + timedelta(days=364 - 400)
    version = age(deployed, mine, 400, ends_on=furthest)

    answer = extend(deployed, mine, version=version)

    assert (answer.status, answer.body["code"]) == (409, "limit_reached")
    assert answer.fields == {"offer": "extension_limit"}
    [error] = answer.body["errors"]
    assert f"{furthest:%d/%m/%Y}" in error["remedy"]
    assert french(error["message"])


def test_an_extension_on_the_day_of_the_deposit_is_refused_as_it_gains_nothing(
    deployed: Deployment, mine: Deposited
) -> None:
    answer = extend(deployed, mine)

    assert (answer.status, answer.fields) == (409, {"offer": "extension_early"})
    assert stored(deployed, mine).extensions == 0


def test_an_offer_that_ended_long_ago_is_not_reactivated(
    deployed: Deployment, mine: Deposited
) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=91)
    version = age(deployed, mine, 200, state="expired", closed_at=long_ago)

    answer = reactivate(deployed, mine, version=version)

    assert (answer.status, answer.fields) == (409, {"offer": "reactivation_limit"})


def test_a_live_offer_is_not_reactivated(deployed: Deployment, mine: Deposited) -> None:
    answer = reactivate(deployed, mine)

    assert (answer.status, answer.body["code"]) == (409, "not_live")
    assert french(answer.body["detail"])
