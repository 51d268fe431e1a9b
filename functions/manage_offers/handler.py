"""What the links in mails open, and what partners answer: a router each (``depot.routes``).

Stream of ``recruiters``: a link that was asked for is mailed, once nobody waits for the answer.
"""

from typing import Any

from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from depot.domain.dossier.link_request import LinkRequest
from depot.edge import api
from depot.edge.observability import logger
from depot.edge.streams import each, identity
from depot.routes import account, cfa, employer, employer_rights, links, manage, notice, partners
from depot.usecases.dossier.resend_link import resend_link
from depot.wiring.services import services


app = api.resolver(
    *(manage.router, account.router, links.router),
    *(notice.router, cfa.router, employer.router, employer_rights.router, partners.router),
)


def resend(record: DynamoDBRecord) -> None:
    """Mail one link; anything but a request for one is none of our business."""
    kind, owner, slot = identity(record)
    if kind is LinkRequest:
        s = services()
        resend_link(owner, slot, store=s.store, mailroom=s.mailroom, now=s.now())


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda entry point (HTTP API, payload 2.0; or DynamoDB stream)."""
    logger()
    if "Records" in event:
        return each(event, context, resend)
    return app.resolve(event, context)
