"""What the links in mails open, and what partners answer: a router each (``depot.routes``)."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from depot import api
from depot.observability import logger
from depot.routes import cfa, employer, manage, notice, partners


app = api.resolver(manage.router, notice.router, cfa.router, employer.router, partners.router)


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda entry point (HTTP API, payload 2.0)."""
    logger()
    return app.resolve(event, context)
