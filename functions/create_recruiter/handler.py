"""POST /api/recruiters: a deposit.

GET /api/companies/{siret}: the firm the form shows before it. GET /api/companies?q=…&place=…:
firms to choose from, by name or SIREN.
"""

from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from depot import api
from depot.domain.recruiter import RecruiterForm
from depot.observability import logger
from depot.runtime import services
from depot.usecases.companies import ChoicesQuery, CompanyQuery, choose, look_up
from depot.usecases.create_recruiter import create_recruiter
from depot.usecases.views import choices_view, company_view


app = api.resolver()


@app.get("/api/companies/<siret>")
def show_company(siret: str) -> Response[str]:
    """Show a firm, or say that it will be verified later."""
    s, query = services(), api.parameters(CompanyQuery, siret=siret)
    company = look_up(query.siret, companies=s.companies)
    opco = s.opco_at_hand(query.siret, company, s.now())
    return api.answer(company_view(query.siret, company, opco))


@app.get("/api/companies")
def find_companies() -> Response[str]:
    """Show firms to choose from, or say that nobody can tell just now."""
    query = api.query(app, ChoicesQuery)
    return api.answer(choices_view(choose(query, companies=services().companies)))


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
        places=s.places,
        mailroom=s.mailroom,
        links=s.links,
        now=s.now(),
    )
    return api.answer(receipt, HTTPStatus.CREATED)


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda entry point (HTTP API, payload 2.0)."""
    logger()
    return app.resolve(event, context)
