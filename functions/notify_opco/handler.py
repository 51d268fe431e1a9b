"""Stream of ``recruiters``: each new notice is told to its OPCO.

Schedule: our copy of SIRO, which says whose OPCO it is, follows France compétences'.
"""

from typing import Any

from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from depot.domain.opco.notice import OpcoNotice
from depot.edge.observability import logger
from depot.edge.streams import each, identity
from depot.reference.opcos import register_names
from depot.usecases.opco.import_siro import import_siro
from depot.usecases.opco.notify_opco import notify_opco
from depot.wiring.services import services


def tell(record: DynamoDBRecord) -> None:
    """Tell one need; anything but a notice is none of our business."""
    kind, recruiter_id, offer_id = identity(record)
    if kind is OpcoNotice:
        s = services()
        post, sources = s.opco_post, s.opco_sources
        notify_opco(recruiter_id, offer_id, post=post, sources=sources, now=s.now())


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda entry point (DynamoDB stream, or the schedule).

    ``{"accept_shrink": true}``, sent by hand, takes a file that was refused for being smaller.
    """
    log = logger()
    if "Records" in event:
        return each(event, context, tell)
    s = services()
    summary = import_siro(
        files=s.remote.siro_files(),
        register=s.siro(),
        names=register_names(),
        now=s.now(),
        accept_shrink=event.get("accept_shrink") is True,
    )
    log.info("siro import done", extra=summary.model_dump())
    return summary.model_dump()
