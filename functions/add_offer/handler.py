"""POST /api/recruiters/{recruiter_id}/offers: one more need, by manage link."""

from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from depot import api
from depot.domain.dossier.recruiter import OfferSubmission
from depot.observability import logger
from depot.runtime import services
from depot.usecases.deposit.add_offer import add_offer


app = api.resolver()


@app.post("/api/recruiters/<recruiter_id>/offers")
def deposit(recruiter_id: str) -> Response[str]:
    """Publish one more need."""
    s = services()
    view = add_offer(
        api.form(app, OfferSubmission),
        recruiter_id=recruiter_id,
        token=api.token(app),
        store=s.store,
        metiers=s.metiers,
        places=s.places,
        mailroom=s.mailroom,
        links=s.links,
        now=s.now(),
    )
    return api.answer(view, HTTPStatus.CREATED)


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda entry point (HTTP API, payload 2.0)."""
    logger()
    return app.resolve(event, context)
