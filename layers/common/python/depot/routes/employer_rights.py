"""What an employer's link opens besides offers: its data, its objection, its erasure."""

from aws_lambda_powertools.event_handler import Response

from depot.edge import api
from depot.routes.opened import asked
from depot.usecases.dossier.erase import ErasureForm
from depot.usecases.employer.erase_deposited import erase_deposited
from depot.usecases.employer.export_deposited import export_deposited
from depot.usecases.employer.forbid_deposits import Forbidding, forbid_deposits
from depot.wiring.services import services


router = api.router()


@router.get("/api/employer/data")
def data() -> Response[str]:
    """Give what is kept of the firm."""
    return api.answer(export_deposited(**asked(router), personal=services().personal))


@router.post("/api/employer/objection")
def objection() -> Response[str]:
    """Take nothing more of this depositor for the firm."""
    opened, form, s = asked(router), api.form(router, Forbidding), services()
    return api.answer(forbid_deposits(form, **opened, mailroom=s.mailroom))


@router.post("/api/employer/erasure")
def erasure() -> Response[str]:
    """Erase what was deposited for the firm."""
    opened, form, s = asked(router), api.form(router, ErasureForm), services()
    return api.answer(erase_deposited(form, **opened, personal=s.personal, mailroom=s.mailroom))
