"""Stream of ``offers``: each new round asks the training centres nearby. Schedule: who they are."""

from typing import Any

from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from depot.domain.cfa.rounds import CfaRound, offer_of
from depot.edge.observability import logger
from depot.edge.streams import each, identity
from depot.reference.metiers import former_codes
from depot.usecases.cfa.import_catalogue import import_catalogue
from depot.usecases.cfa.match_cfa import match_cfa
from depot.wiring.services import services


def ask(record: DynamoDBRecord) -> None:
    """Run one round, and those before it; anything but a round is none of our business."""
    kind, recruiter_id, round_id = identity(record)
    if kind is CfaRound:
        s = services()
        offer_id, post = offer_of(round_id), s.cfa_post
        match_cfa(recruiter_id, offer_id, post=post, catalogue=s.catalogue, now=s.now())


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda entry point (DynamoDB stream, or the schedule, which imports the catalogue).

    ``{"accept_shrink": true}``, sent by hand, imports a catalogue the guard refused.
    """
    logger()
    if "Records" in event:
        return each(event, context, ask)
    s = services()
    imported = import_catalogue(
        s.remote.formations(),
        catalogue=s.catalogue,
        former=former_codes(),
        now=s.now(),
        accept_shrink=event.get("accept_shrink") is True,
    )
    return imported.model_dump(mode="json")
