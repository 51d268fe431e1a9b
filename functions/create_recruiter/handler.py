"""What a form asks and sends before there is any link: firms, deposits (``depot.routes``)."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from depot.edge import api
from depot.edge.observability import logger
from depot.routes import companies, deposit, imports


app = api.resolver(companies.router, deposit.router, imports.router)


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda entry point (HTTP API, payload 2.0)."""
    logger()
    return app.resolve(event, context)
