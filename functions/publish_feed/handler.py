"""Stream of ``offers``: what changed becomes one segment, and public pages.

Schedules: the snapshot catches up, with the sitemap; feed, pages and offers are compared.
"""

from typing import Any, Final

from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from depot.domain.offer import Offer
from depot.observability import logger
from depot.runtime import services
from depot.streams import each, feed_relevant, identity
from depot.usecases.publish_feed import change


# Stop comparing when this little time is left: it is for repairing and reporting.
_MARGIN_MS: Final = 120_000


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda entry point (DynamoDB stream, or a schedule).

    ``{"task": "reconcile"}`` compares. ``"accept_shrink": true`` beside it or alone, sent by hand,
    publishes what the guard refused.
    """
    logger()
    if "Records" in event:
        return publish(event, context)
    s, now, accept = services(), services().now(), event.get("accept_shrink") is True
    if event.get("task") == "reconcile":
        health = s.reconciler(now).run(
            lambda: context.get_remaining_time_in_millis() > _MARGIN_MS, accept_shrink=accept
        )
        return health.model_dump(mode="json")
    index = s.publisher.snapshot(now, accept_shrink=accept)
    s.announcer.announce(index, now)
    deleted = s.publisher.tidy(now) + s.announcer.tidy(now)
    records = index.snapshot.records if index.snapshot else 0
    return {"cursor": index.cursor, "records": records, "deleted": deleted}


def publish(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Publish what a batch changed as one segment, then its pages.

    Then the snapshot and what rides it, while it is small.
    """
    s = services()
    changed: dict[str, str] = {}

    def collect(record: DynamoDBRecord) -> None:
        kind, recruiter_id, offer_id = identity(record)
        if kind is Offer and feed_relevant(record):
            changed[offer_id] = recruiter_id

    outcome = each(event, context, collect)
    if changed:
        now = s.now()
        s.publisher.publish(
            [change(offer, owner, store=s.offers, now=now) for offer, owner in changed.items()], now
        )
        s.pages.follow(changed, now)
        if index := s.publisher.follow(now):
            s.announcer.follow(index, now)
    return outcome
