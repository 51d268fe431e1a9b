"""One more need, by manage link."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from depot.domain.dossier.recruiter import OfferSubmission
from depot.edge import api
from depot.routes.opened import asked
from depot.usecases.deposit.add_offer import add_offer
from depot.wiring.services import services


router = api.router()


@router.post("/api/recruiters/<recruiter_id>/offers")
def deposit(recruiter_id: str) -> Response[str]:
    """Publish one more need."""
    form, s = api.form(router, OfferSubmission), services()
    view = add_offer(
        form,
        **asked(router),
        recruiter_id=recruiter_id,
        metiers=s.metiers,
        places=s.places,
        mailroom=s.mailroom,
    )
    return api.answer(view, HTTPStatus.CREATED)
