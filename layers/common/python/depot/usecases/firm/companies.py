"""Look a firm up, or find it, without ever letting somebody else's outage stop a deposit."""

import logging
from typing import Annotated, Final

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from depot.domain.errors import FieldError, Refused, SourceUnavailable
from depot.domain.firm.company import Choices, Company
from depot.domain.identifiers import Siret, digits_of, is_siren, is_siret
from depot.domain.model import Form
from depot.domain.text import clean_line
from depot.ports.firms import Companies, Directory


_SHORTEST: Final = 3  # characters, says the directory


class CompanyQuery(Form):
    """A SIRET as typed in the form's first field."""

    siret: Siret


def _searchable(text: str) -> str:
    line = clean_line(text)
    if len(line) < _SHORTEST:
        raise PydanticCustomError("search_short", "search_short")
    return line


class ChoicesQuery(Form):
    """What a person knows who does not know the SIRET: a name or a SIREN, perhaps where it is.

    A SIRET will do as well.
    """

    q: Annotated[str, StringConstraints(max_length=100), AfterValidator(_searchable)]
    place: Annotated[str, StringConstraints(max_length=60), AfterValidator(clean_line)] = ""


logger = logging.getLogger(__name__)


def look_up(siret: str, *, companies: Directory, declared: bool = False) -> Company | None:
    """The firm behind a SIRET; None means "to verify": the directory cannot say just now.

    Refuses a SIRET the directory does not know, a closed establishment, and one whose owner keeps
    its details out of public directories (art. R. 123-232 code de commerce), unless the depositor
    ``declared`` what is published of it: we then publish his words, and nothing of the directory's.
    """
    try:
        company = companies.find(siret)
    except SourceUnavailable as error:
        logger.warning("company directory unavailable", extra={"reason": str(error)})
        return None
    if company is None:
        raise Refused(FieldError("siret", "unknown_company"))
    if not company.active:
        raise Refused(FieldError("siret", "closed_company"))
    if not (company.diffusible or declared):
        raise Refused(FieldError("siret", "hidden_company"))
    return company


def choose(query: ChoicesQuery, *, companies: Companies) -> Choices | None:
    """Establishments to choose from; None when the directory cannot say just now."""
    digits = digits_of(query.q)
    try:
        if is_siren(digits):
            return companies.establishments(digits, query.place)
        if is_siret(digits):
            return companies.search(digits, "")
        return companies.search(query.q, query.place)
    except SourceUnavailable as error:
        logger.warning("company directory unavailable", extra={"reason": str(error)})
        return None
