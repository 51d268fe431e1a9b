"""The firm a form shows before its deposit: by SIRET, by name or by SIREN."""

from aws_lambda_powertools.event_handler import Response

from depot.edge import api
from depot.usecases.firm.companies import ChoicesQuery, CompanyQuery
from depot.usecases.firm.company_view import show_choices, show_company
from depot.wiring.services import services


router = api.router()


@router.get("/api/companies/<siret>")
def show(siret: str) -> Response[str]:
    """Show a firm, or say that it will be verified later."""
    s, query = services(), api.parameters(CompanyQuery, siret=siret)
    view = show_company(query, companies=s.companies, sources=s.opcos_at_hand, now=s.now())
    return api.answer(view)


@router.get("/api/companies")
def find() -> Response[str]:
    """Show firms to choose from, or say that nobody can tell just now."""
    query = api.query(router, ChoicesQuery)
    return api.answer(show_choices(query, companies=services().companies))
