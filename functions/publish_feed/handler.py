"""Stream of ``offers``: what changed becomes one segment, and public pages.

Schedules: the snapshot catches up, with what rides it; feed, pages and offers are compared;
partners who read no feed are told.
"""

from typing import Any, Final

from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel

from depot.domain.life.offer import Offer
from depot.edge.observability import logger
from depot.edge.streams import each, feed_relevant, identity
from depot.usecases.feed.publish_feed import change
from depot.wiring.publishing import publishing
from depot.wiring.services import services


# Stop comparing, or telling, when this little time is left: it is for repairing and reporting.
_MARGIN_MS: Final = 120_000


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda entry point (DynamoDB stream, or a schedule).

    ``{"task": "reconcile"}`` compares, ``{"task": "tell"}`` tells partners. ``"accept_shrink":
    true`` beside the first or alone, sent by hand, publishes what the guard refused.
    """
    logger()
    if "Records" in event:
        return publish(event, context)
    p, now = publishing(), services().now()
    accept = event.get("accept_shrink") is True

    def enough_time() -> bool:
        return context.get_remaining_time_in_millis() > _MARGIN_MS

    done: BaseModel
    match event.get("task"):
        case "reconcile":
            done = p.reconciler(now).run(enough_time, accept_shrink=accept)
        case "tell":
            done = p.tell_partners(now, enough_time)
        case _:
            done = p.snapshot(now, accept_shrink=accept)
    return done.model_dump(mode="json")


def publish(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Publish what a batch changed as one segment, then its pages and the snapshot."""
    p, s = publishing(), services()
    changed: dict[str, str] = {}

    def collect(record: DynamoDBRecord) -> None:
        kind, recruiter_id, offer_id = identity(record)
        if kind is Offer and feed_relevant(record):
            changed[offer_id] = recruiter_id

    outcome = each(event, context, collect)
    if changed:
        now = s.now()
        p.publisher.publish(
            [change(offer, owner, store=s.offers, now=now) for offer, owner in changed.items()], now
        )
        p.pages.follow(changed, now)
        p.follow(now)
    return outcome
