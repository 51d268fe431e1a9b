"""The directories together: the next is asked when one cannot say, an answer is kept for a while.

All within what one deposit may lose: whoever builds the chain shares the time among its members.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from depot.domain.errors import SourceUnavailable
from depot.domain.firm.company import Choices, Company, KnownCompany, Source
from depot.ports.firms import Companies, CompanyCache, Directory


logger = logging.getLogger(__name__)

# How long an answer is not asked for again. The second source knows neither agreements nor places
# on the map: the first is soon asked again.
FRESH: Final[Mapping[Source, timedelta]] = {
    "recherche_entreprises": timedelta(hours=24),
    "api_entreprise": timedelta(minutes=15),
}
STALE: Final = timedelta(days=30)
"""How old an answer may be when no directory can say."""


class Directories:
    """The Companies port: one directory that can search, others to ask when it cannot say."""

    def __init__(self, first: Companies, *others: Directory) -> None:
        """Ask ``first``, then the others in order."""
        self._first = first
        self._others = others

    def find(self, siret: str) -> Company | None:
        """Find one establishment. Raises SourceUnavailable when none can say.

        Only the first may say that it knows no such SIRET: another may vouch for a firm, not send
        a depositor away while the first is silent.
        """
        try:
            return self._first.find(siret)
        except SourceUnavailable as silence:
            for other in self._others:
                if company := self._vouched(other, siret, silence):
                    return company
            raise

    def search(self, text: str, place: str) -> Choices:
        """Ask the first, the only one that can."""
        return self._first.search(text, place)

    def establishments(self, siren: str, place: str) -> Choices:
        """Ask the first, the only one that can."""
        return self._first.establishments(siren, place)

    def _vouched(self, other: Directory, siret: str, silence: SourceUnavailable) -> Company | None:
        logger.warning("company directory unavailable", extra={"reason": str(silence)})
        try:
            return other.find(siret)
        except SourceUnavailable as error:
            logger.warning("second directory unavailable", extra={"reason": str(error)})
            return None


class CachedCompanies:
    """The Companies port: what is known already is not asked again, so form and deposit cost once.

    The directory's limit counts all of AWS together. An unknown SIRET is never kept: tomorrow it
    may be known.
    """

    def __init__(
        self, companies: Companies, cache: CompanyCache, *, clock: Callable[[], datetime]
    ) -> None:
        """Ask ``companies`` for what ``cache`` does not know well enough at ``clock``'s time."""
        self._companies = companies
        self._cache = cache
        self._clock = clock

    def find(self, siret: str) -> Company | None:
        """Find one establishment.

        Raises SourceUnavailable when no directory answers and nothing is cached.
        """
        now, known = self._clock(), self._cache.get(siret)
        if known and now - known.found_at < FRESH[known.company.source]:
            return known.company
        try:
            company = self._companies.find(siret)
        except SourceUnavailable:
            if known is None or now - known.found_at > STALE:
                raise
            logger.warning("no directory answers: an older answer is used")
            return known.company
        if company is None:
            return None
        if known and now - known.found_at <= STALE:
            if _better(known.company, company):
                return known.company
            company = company.completed_by(known.company)
        told = company.without_secrets()
        self._cache.put(KnownCompany(company=told, found_at=now))
        return told

    def search(self, text: str, place: str) -> Choices:
        """Ask: what is chosen is then found."""
        return self._companies.search(text, place)

    def establishments(self, siren: str, place: str) -> Choices:
        """Ask: what is chosen is then found."""
        return self._companies.establishments(siren, place)


def _better(former: Company, company: Company) -> bool:
    """Whether to prefer the first directory's recent answer to the second one's poorer one.

    Not when the spare brings news: closed, hidden, or no longer so.
    """
    poorer = former.source == "recherche_entreprises" != company.source
    return poorer and all(
        getattr(former, state) == getattr(company, state) for state in ("active", "diffusible")
    )
