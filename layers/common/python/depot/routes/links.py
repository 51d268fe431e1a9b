"""Links: asked for again, opened for every firm of an address, proven for a new one."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from depot.domain.dossier.link_request import LinkForm
from depot.edge import api
from depot.routes.opened import asked
from depot.usecases.dossier import confirm_email
from depot.usecases.dossier.confirm_email import Confirmation
from depot.usecases.dossier.my_firms import FirmsQuery, my_firms
from depot.usecases.dossier.resend_link import ask_link
from depot.wiring.services import services


router = api.router()


@router.post("/api/links")
def ask() -> Response[str]:
    """Keep that a link is asked for: one write, whoever it is about."""
    s = services()
    kept = ask_link(api.form(router, LinkForm), store=s.store, now=s.now())
    return api.answer(kept, HTTPStatus.ACCEPTED)


@router.get("/api/firms")
def firms() -> Response[str]:
    """Show the dossiers of an address, a hundred at a time."""
    query = api.query(router, FirmsQuery)
    return api.answer(my_firms(query, **asked(router)))


@router.get("/api/confirmation")
def waiting() -> Response[str]:
    """Show the address that would be confirmed."""
    return api.answer(confirm_email.show(**asked(router)))


@router.post("/api/confirmation")
def confirm() -> Response[str]:
    """Confirm it."""
    opened, form = asked(router), api.form(router, Confirmation)
    return api.answer(confirm_email.confirm(form, **opened, mailroom=services().mailroom))
