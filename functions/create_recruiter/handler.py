"""POST /api/recruiters: a deposit.

GET /api/companies/{siret}: the firm the form shows before it. GET /api/companies?q=…&place=…:
firms to choose from, by name or SIREN. POST /api/duplicates: the first deposit, found again.
"""

from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from depot import api
from depot.domain.recruiter import RecruiterForm
from depot.observability import logger
from depot.runtime import services
from depot.usecases.companies import ChoicesQuery, CompanyQuery
from depot.usecases.company_view import show_choices, show_company
from depot.usecases.create_recruiter import create_recruiter
from depot.usecases.duplicates import DuplicateReport, Reported, tell_depositors


app = api.resolver()


@app.get("/api/companies/<siret>")
def show(siret: str) -> Response[str]:
    """Show a firm, or say that it will be verified later."""
    s, query = services(), api.parameters(CompanyQuery, siret=siret)
    view = show_company(query, companies=s.companies, sources=s.opcos_at_hand, now=s.now())
    return api.answer(view)


@app.get("/api/companies")
def find() -> Response[str]:
    """Show firms to choose from, or say that nobody can tell just now."""
    query = api.query(app, ChoicesQuery)
    return api.answer(show_choices(query, companies=services().companies))


@app.post("/api/recruiters")
def deposit() -> Response[str]:
    """Accept a deposit."""
    s = services()
    receipt = create_recruiter(
        api.form(app, RecruiterForm),
        store=s.store,
        companies=s.companies,
        metiers=s.metiers,
        opcos=s.opcos,
        mail_providers=s.mail_providers,
        places=s.places,
        mailroom=s.mailroom,
        links=s.links,
        now=s.now(),
    )
    return api.answer(receipt, HTTPStatus.CREATED)


@app.post("/api/duplicates")
def report_duplicate() -> Response[str]:
    """Mail the link of what is already live to whoever deposited it."""
    s, report = services(), api.form(app, DuplicateReport)
    tell_depositors(report, store=s.store, metiers=s.metiers, mailroom=s.mailroom, now=s.now())
    return api.answer(Reported(), HTTPStatus.ACCEPTED)


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda entry point (HTTP API, payload 2.0)."""
    logger()
    return app.resolve(event, context)
