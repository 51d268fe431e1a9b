"""Find a firm's OPCO: ask each source in its order, keep what each said."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from depot.domain.errors import SourceUnavailable
from depot.domain.firm.company import Company
from depot.domain.opco.finding import AGREEMENT, Evidence, Finding, SourceAnswer, by_agreement, fold
from depot.ports.firms import OpcoSource, OpcoTable


logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Agreements:
    """The source that needs no register: the firm's agreements, and whom the table names."""

    table: OpcoTable
    name: ClassVar = AGREEMENT
    remote: ClassVar = False

    def ask(self, siret: str, company: Company | None) -> Sequence[SourceAnswer]:
        """One answer an agreement; none while the directory has not told the firm's."""
        del siret
        return by_agreement(company.idccs if company else (), self.table.shares)


def identify_opco(
    siret: str,
    company: Company | None,
    *,
    sources: Iterable[OpcoSource],
    claim: str | None,
    now: datetime,
) -> Finding:
    """Ask the sources, most trusted first; a remote one only while nothing settles.

    ``claim`` is the OPCO the depositor declares: it may choose among the candidates, never more.
    """
    evidence: list[Evidence] = []
    for source in sources:
        if not (source.remote and fold(evidence, now).outcome == "identified"):
            evidence += _asked(source, siret, company, now)
    return fold(evidence, now).declaring(claim, now)


def _asked(
    source: OpcoSource, siret: str, company: Company | None, now: datetime
) -> Iterator[Evidence]:
    try:
        answers = source.ask(siret, company)
    except SourceUnavailable as outage:
        about = {"source": source.name, "reason": str(outage)}
        logger.warning("opco source unavailable", extra=about)
        yield Evidence(source=source.name, asked=siret, at=now, answered=False)
    else:
        yield from (_evidence(source.name, answer, now) for answer in answers)


def _evidence(source: str, answer: SourceAnswer, now: datetime) -> Evidence:
    return Evidence(source=source, at=now, **answer.model_dump())
