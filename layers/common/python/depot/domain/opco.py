"""Which OPCO answers for a firm: the rule, from its collective agreements (IDCC).

An OPCO covers whole agreements (art. L. 6332-1 code du travail), so an IDCC names its OPCO; the
shares come from the firms France compétences counted under each couple IDCC-OPCO. Codes 5100, 5501,
9998 and 9999 mean "no agreement" and are skipped. The evidence is kept with the answer.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from depot.domain.model import Value


ESCAPE_CODES = frozenset({"5100", "5501", "9998", "9999"})
# An agreement shared between OPCOs counts for one only when it holds at least this share of the
# firms.
_MAJORITY = 0.95


class OpcoShare(Value):
    """The part of an agreement's firms that one OPCO holds; rank 1 is the largest."""

    opco: str
    share: float
    rank: int
    status: str


class Evidence(Value):
    """What one source said: the question put to it, and the OPCOs it named, best first."""

    source: str
    asked: str
    opcos: tuple[str, ...]


class Finding(Value):
    """The outcome: one OPCO, several candidates, or none; with the evidence."""

    outcome: Literal["identified", "multiple", "unknown"]
    opcos: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def _named(shares: Sequence[OpcoShare]) -> tuple[str, ...]:
    ranked = sorted(shares, key=lambda share: share.rank)
    if ranked and ranked[0].share >= _MAJORITY:
        return (ranked[0].opco,)
    return tuple(share.opco for share in ranked)


def identify(idccs: Iterable[str], shares: Callable[[str], Sequence[OpcoShare]]) -> Finding:
    """Find the OPCO of a firm from its agreements; ``shares`` gives the OPCOs of one IDCC."""
    evidence = tuple(
        Evidence(source="idcc", asked=idcc, opcos=_named(shares(idcc)))
        for idcc in idccs
        if idcc not in ESCAPE_CODES
    )
    opcos = tuple(dict.fromkeys(opco for piece in evidence for opco in piece.opcos))
    if not opcos:
        return Finding(outcome="unknown", evidence=evidence)
    outcome: Literal["identified", "multiple"] = "identified" if len(opcos) == 1 else "multiple"
    return Finding(outcome=outcome, opcos=opcos, evidence=evidence)
