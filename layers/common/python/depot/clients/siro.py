"""SIRO by its API (France compétences): one establishment a question, with a key.

Codes 01, 02 and 03 carry an OPCO: found in the register, claimed by an OPCO, declared through the
API. 99 is "unknown", and so is an OPCO named ``N/C``.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Final, Literal

from pydantic import Field

from depot.clients.http import Http
from depot.clients.shape import Shape, parse
from depot.domain.errors import SourceUnavailable
from depot.domain.firm.company import Company
from depot.domain.opco.finding import Confidence, SourceAnswer


_NOBODY: Final = frozenset({"N/C", ""})
_CONFIDENCE: Final[Mapping[str, Confidence]] = {"01": "certain", "02": "strong", "03": "strong"}
# Reasons, as logs show them.
_SOMEBODY_ELSE: Final = "answer about another establishment"
_NEW_OPCO: Final = "unknown name of OPCO"


class SiroApi:
    """The OpcoSource port."""

    name: ClassVar = "siro_api"
    remote: ClassVar = True

    def __init__(
        self, base_url: str, *, key: Callable[[], str], names: Mapping[str, str], http: Http
    ) -> None:
        """Ask at ``base_url`` with a key. ``names``: OPCOs as the register writes them -> ours."""
        self._url = f"{base_url.rstrip('/')}/siro/v1/public"
        self._key = key
        self._names = names
        self._http = http

    def ask(self, siret: str, company: Company | None) -> Sequence[SourceAnswer]:
        """One answer within 1.5 seconds. Raises SourceUnavailable."""
        del company
        headers = {"X-Gravitee-Api-Key": self._key()}
        reply = self._http.get(f"{self._url}/{siret}", headers=headers)
        answer = parse(_Answer, reply.body)
        if answer.siret != siret:
            raise SourceUnavailable(_SOMEBODY_ELSE)
        opco = self._ours(answer.owner.nom) if answer.code != "99" and answer.owner else None
        return (
            SourceAnswer(
                asked=siret,
                opcos=(opco,) if opco else (),
                confidence=_CONFIDENCE[answer.code] if opco else None,
                idcc=answer.idcc,
            ),
        )

    def _ours(self, name: str | None) -> str | None:
        if name is None or name in _NOBODY:
            return None
        if name not in self._names:
            raise SourceUnavailable(_NEW_OPCO)
        return self._names[name]


class _Opco(Shape):
    nom: str | None = None


class _Answer(Shape):
    code: Literal["01", "02", "03", "99"]
    siret: str
    idcc: str | None = None
    owner: _Opco | None = Field(default=None, alias="opcoRattachement")
