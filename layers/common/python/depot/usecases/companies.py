"""Look a firm up, without ever letting somebody else's outage stop a deposit."""

import logging

from depot.domain.company import Company
from depot.domain.errors import FieldError, Refused, SourceUnavailable
from depot.domain.identifiers import Siret
from depot.domain.model import Form
from depot.ports import Companies


class CompanyQuery(Form):
    """A SIRET as typed in the form's first field."""

    siret: Siret


logger = logging.getLogger(__name__)


def look_up(siret: str, *, companies: Companies) -> Company | None:
    """The firm behind a SIRET; None means "to verify": the directory cannot say just now.

    Refuses a SIRET the directory does not know, a closed establishment, and one whose owner keeps
    its details out of public directories (art. R. 123-232 code de commerce): publishing it would
    undo that choice.
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
    if not company.diffusible:
        raise Refused(FieldError("siret", "hidden_company"))
    return company
