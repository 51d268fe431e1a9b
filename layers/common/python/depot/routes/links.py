"""Links: asked for again, opened for every firm of an address, proven for a new one."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from depot import api
from depot.domain.dossier.link_request import LinkForm
from depot.routes.opened import OpenedRouter
from depot.runtime import services
from depot.usecases.dossier import confirm_email
from depot.usecases.dossier.confirm_email import Confirmation
from depot.usecases.dossier.my_firms import my_firms
from depot.usecases.dossier.resend_link import ask_link


router = OpenedRouter()


@router.post("/api/links")
def ask() -> Response[str]:
    """Keep that a link is asked for: one write, whoever it is about."""
    s = services()
    asked = ask_link(api.form(router, LinkForm), store=s.store, now=s.now())
    return api.answer(asked, HTTPStatus.ACCEPTED)


router.get("/api/firms")(router.showing(my_firms))
router.get("/api/confirmation")(router.showing(confirm_email.show))
router.post("/api/confirmation")(router.changing(Confirmation, confirm_email.confirm, "mailroom"))
