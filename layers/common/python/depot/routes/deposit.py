"""A deposit, and the first one found again. No link yet: what comes is a stranger's."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from depot.domain.dossier.recruiter import RecruiterForm
from depot.edge import api
from depot.usecases.deposit.create_recruiter import create_recruiter
from depot.usecases.deposit.duplicates import DuplicateReport, Reported, tell_depositors
from depot.wiring.services import services


router = api.router()


@router.post("/api/recruiters")
def deposit() -> Response[str]:
    """Accept a deposit."""
    form, s = api.form(router, RecruiterForm), services()
    return api.answer(create_recruiter(form, intake=s.intake, now=s.now()), HTTPStatus.CREATED)


@router.post("/api/duplicates")
def report_duplicate() -> Response[str]:
    """Mail the link of what is already live to whoever deposited it."""
    s, report = services(), api.form(router, DuplicateReport)
    tell_depositors(report, store=s.store, metiers=s.metiers, mailroom=s.mailroom, now=s.now())
    return api.answer(Reported(), HTTPStatus.ACCEPTED)
