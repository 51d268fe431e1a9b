"""What the form sees of a firm: the answers of the API to a SIRET, and to a search."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from depot.domain.dossier.recruiter import Verification
from depot.domain.firm.company import Address, Choice, NafNomenclature, Nature
from depot.domain.model import Value
from depot.domain.opco.finding import FindingOutcome
from depot.ports.firms import Companies, Directory, OpcoSource
from depot.usecases.firm.companies import ChoicesQuery, CompanyQuery, choose, look_up
from depot.usecases.opco.identify_opco import identify_opco


class OpcoChoice(Value):
    """What our own sources say of a firm's OPCO: one candidate when it is identified."""

    outcome: FindingOutcome
    candidates: tuple[str, ...] = ()


class CompanyView(Value):
    """What the form shows of a SIRET. Nothing but the SIRET while the directory cannot say.

    Nothing either of a firm ``hidden`` from public directories: its depositor says what to publish.
    ``nature`` is no refusal: the form tells a training body and a public employer what to heed.
    """

    siret: str
    siren: str
    name: str | None = None
    legal_name: str | None = None
    address: Address | None = None
    naf: str | None = None
    naf_nomenclature: NafNomenclature | None = None
    nature: Nature | None = None
    opco: OpcoChoice | None = None
    verification: Verification | Literal["hidden"]


class ChoicesView(Value):
    """Establishments to choose from; ``answered`` is false when the directory cannot say."""

    answered: bool
    choices: tuple[Choice, ...] = ()
    more: bool = False


def show_company(
    query: CompanyQuery, *, companies: Directory, sources: Iterable[OpcoSource], now: datetime
) -> CompanyView:
    """Show a firm and what our own sources say of its OPCO, or a SIRET still to be verified.

    Raises Refused.
    """
    siret = query.siret
    company = look_up(siret, companies=companies, declared=True)
    if company is None:
        return CompanyView(siret=siret, siren=siret[:9], verification="to_verify")
    if not company.diffusible:
        return CompanyView(siret=siret, siren=siret[:9], verification="hidden")
    finding = identify_opco(siret, company, sources=sources, claim=None, now=now)
    return CompanyView(
        siret=siret,
        siren=siret[:9],
        name=company.name,
        legal_name=company.legal_name,
        address=company.address,
        naf=company.naf,
        naf_nomenclature=company.naf_nomenclature,
        nature=company.nature,
        opco=OpcoChoice(outcome=finding.outcome, candidates=finding.opcos),
        verification="verified",
    )


def show_choices(query: ChoicesQuery, *, companies: Companies) -> ChoicesView:
    """Show what to choose from, or that nobody can say."""
    choices = choose(query, companies=companies)
    if choices is None:
        return ChoicesView(answered=False)
    return ChoicesView(answered=True, choices=choices.found, more=choices.more)
