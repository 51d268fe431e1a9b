"""Offers, and the sweep that finds what is due of them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from depot.domain.life.offer import Offer
from depot.domain.opco.notice import OpcoNotice
from depot.ports.store import Replace
from depot.storage import items
from tests.deployment import Deployment
from tests.events import Context, stream
from tests.posted import Deposited


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


def subjects(deployed: Deployment) -> list[str]:
    """Subjects of the depositor's mails after the first, the confirmation."""
    return [mail.subject for mail in deployed.mails("jeanne@example.org")[1:]]
