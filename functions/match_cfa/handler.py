"""Stream of ``offers``: each new round asks the training centres nearby."""

from typing import Any

from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from depot.domain.rounds import CfaRound
from depot.observability import logger
from depot.runtime import services
from depot.streams import each, identity


def ask(record: DynamoDBRecord) -> None:
    """Run one round; anything but a round is none of our business."""
    kind, recruiter_id, offer_id = identity(record)
    if kind is CfaRound:
        s = services()
        s.match_cfa(recruiter_id, offer_id, s.now())


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda entry point (DynamoDB stream)."""
    logger()
    return each(event, context, ask)
