"""What the link of an employer's mails opens: what was deposited for it, and its answers."""

from typing import Final

from aws_lambda_powertools.event_handler import Response

from depot.edge import api
from depot.routes.opened import asked
from depot.usecases.employer import answer_employer
from depot.usecases.employer.answer_employer import EmployerCorrection, EmployerGesture
from depot.wiring.services import services


_OFFER: Final = "/api/employer/offers/<offer_id>"

router = api.router()


@router.get("/api/employer")
def show() -> Response[str]:
    """Show what was deposited for the firm."""
    return api.answer(answer_employer.show(**asked(router)))


@router.post(f"{_OFFER}/confirmation")
def confirm(offer_id: str) -> Response[str]:
    """Take the employer's word that an offer is right."""
    opened, form, s = asked(router), api.form(router, EmployerGesture), services()
    view = answer_employer.confirm(form, **opened, offer_id=offer_id, mailroom=s.mailroom)
    return api.answer(view)


@router.post(f"{_OFFER}/correction")
def correct(offer_id: str) -> Response[str]:
    """Correct an offer's text and whom to call."""
    opened, form, s = asked(router), api.form(router, EmployerCorrection), services()
    view = answer_employer.correct(
        form,
        **opened,
        offer_id=offer_id,
        mailroom=s.mailroom,
        mail_providers=s.mail_providers,
    )
    return api.answer(view)


@router.post(f"{_OFFER}/removal")
def remove(offer_id: str) -> Response[str]:
    """Withdraw an offer."""
    opened, form, s = asked(router), api.form(router, EmployerGesture), services()
    view = answer_employer.remove(form, **opened, offer_id=offer_id, mailroom=s.mailroom)
    return api.answer(view)
