"""The company directory: API Recherche d'entreprises (DINUM), open, no key.

A SIRET or a SIREN asked for is looked up at once, whatever else is asked with it; only a question
in words heeds filters, and only it lists the establishments that match. An answer of another shape
than the documented one is an outage, not a firm without data.
"""

import re
import time
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from depot.clients.http import Http
from depot.clients.recherche_entreprises import SearchPage, Unit
from depot.clients.shape import parse
from depot.domain.errors import SourceUnavailable
from depot.domain.firm.company import Choice, Choices, Company


_SOMEBODY_ELSE: Final = "answer about another establishment"
_SHAPE: Final = {"minimal": "true", "include": "siege,complements,matching_etablissements"}
_SHOWN: Final = 10  # choices a person can read on a phone
_POSTCODE: Final = re.compile(r"\b\d{5}\b")
# The most the API gives.
_ALL_UNITS: Final = {"per_page": "25"}
_ALL_ESTABLISHMENTS: Final = {"limite_matching_etablissements": "100"}


class DirectoryApi:
    """The Companies port."""

    def __init__(self, base_url: str, *, http: Http, today: Callable[[], date]) -> None:
        """Ask the directory at ``base_url``; ``today`` in Paris says which NAF it speaks."""
        self._url = f"{base_url.rstrip('/')}/search"
        self._http = http
        self._today = today

    def find(self, siret: str) -> Company | None:
        """Find one establishment in one exchange; None when the directory does not know it.

        Raises SourceUnavailable when it cannot say.
        """
        answer = self._ask(siret)
        if answer.unknown:
            return None
        for unit in answer.results:
            for establishment in unit.listed:
                if establishment.siret == siret:
                    return unit.company(establishment, self._today()).without_secrets()
        raise SourceUnavailable(_SOMEBODY_ELSE)

    def search(self, text: str, place: str) -> Choices:
        """Find open firms by name, in a town or under a postcode if ``place`` holds one."""
        answer = self._ask(*_question(text, place))
        choices = [choice for unit in answer.results for choice in unit.choices()]
        return _chosen(choices, others=answer.total_results > len(answer.results))

    def establishments(self, siren: str, place: str) -> Choices:
        """List the establishments of a legal unit, in ``place`` if there are many.

        Two exchanges within the budget of one: a SIREN gives the head office alone, only its name
        gives the others.
        """
        deadline = time.monotonic() + self._http.budget
        direct = self._ask(siren)
        unit = next((unit for unit in direct.results if unit.siren == siren), None)
        if unit is None or unit.etat_administratif != "A":
            return Choices()
        head_office = [choice for choice in unit.choices() if choice.active]
        if head_office and unit.nombre_etablissements_ouverts == 1:
            return _chosen(head_office)
        found = [choice for choice in self._matching(unit, place, deadline) if choice.active]
        if not (found or place):
            found = head_office
        count = len({choice.siret for choice in found})
        return _chosen(found, others=unit.nombre_etablissements_ouverts > count)

    def _matching(self, unit: Unit, place: str, deadline: float) -> list[Choice]:
        if not unit.legal_name:
            return []
        text, filters = _question(unit.legal_name, place)
        filters |= {**_ALL_UNITS, **_ALL_ESTABLISHMENTS}
        answer = self._ask(text, filters, budget=deadline - time.monotonic())
        same = (other for other in answer.results if other.siren == unit.siren)
        return [choice for other in same for choice in other.choices()]

    def _ask(
        self, q: str, filters: dict[str, str] | None = None, *, budget: float | None = None
    ) -> SearchPage:
        question = {"q": q, **_SHAPE, **(filters or {})}
        return parse(SearchPage, self._http.get(self._url, question, budget=budget).body)


def _question(text: str, place: str) -> tuple[str, dict[str, str]]:
    """A postcode is a filter; a town is looked for in the addresses, as a word among others."""
    filters = {"etat_administratif": "A"}
    postcode = _POSTCODE.search(place)
    if postcode:
        return text, filters | {"code_postal": postcode[0]}
    return f"{text} {place}".strip(), filters


def _chosen(choices: Iterable[Choice], *, others: bool = False) -> Choices:
    once = {choice.siret: choice for choice in choices}
    found = sorted(once.values(), key=lambda choice: not choice.active)
    return Choices(found=tuple(found[:_SHOWN]), more=others or len(found) > _SHOWN)
