"""Stream of ``offers``: each new round asks the training centres nearby. Schedule: who they are."""

from typing import Any

from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from depot.domain.cfa.rounds import CfaRound, offer_of
from depot.observability import logger
from depot.runtime import services
from depot.streams import each, identity


def ask(record: DynamoDBRecord) -> None:
    """Run one round, and those before it; anything but a round is none of our business."""
    kind, recruiter_id, round_id = identity(record)
    if kind is CfaRound:
        s = services()
        s.match_cfa(recruiter_id, offer_of(round_id), s.now())


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda entry point (DynamoDB stream, or the schedule, which imports the catalogue).

    ``{"accept_shrink": true}``, sent by hand, imports a catalogue the guard refused.
    """
    logger()
    if "Records" in event:
        return each(event, context, ask)
    s = services()
    imported = s.import_catalogue(s.now(), accept_shrink=event.get("accept_shrink") is True)
    return imported.model_dump(mode="json")
