"""Which OPCO answers for a firm: what each source said, and the rule that folds their answers.

Sources come most trusted first. The first that names a single OPCO settles; one that names several
leaves candidates, among which a later source or the depositor may settle. A hint never identifies.
Everything that was asked is kept as evidence, silence and contradiction included.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Final, Literal

from depot.domain.model import Value


ESCAPE_CODES = frozenset({"5100", "5501", "9998", "9999"})
# An agreement shared between OPCOs counts for one only when it holds at least this share of the
# firms.
_MAJORITY = 0.95

DEPOSITOR: Final = "depositor"
"""The source of what the depositor declares."""
AGREEMENT: Final = "idcc"
"""The source that goes from collective agreements to OPCOs."""

FindingOutcome = Literal["identified", "multiple", "unknown"]
Confidence = Literal["certain", "strong", "shared", "hint", "declared"]
_OF_THE_FIRM: Final[frozenset[Confidence]] = frozenset({"certain", "strong", "shared"})


class OpcoShare(Value):
    """The part of an agreement's firms that one OPCO holds; rank 1 is the largest."""

    opco: str
    share: float
    rank: int
    status: str


class SourceAnswer(Value):
    """What a source says to one question: the OPCOs it names, best first; perhaps none.

    ``confidence``: ``certain`` of the very firm, ``strong`` by rule or declaration, ``shared``
    between those named, ``hint`` from the activity, ``declared`` by the depositor; None when nobody
    is named. ``idcc`` is the agreement the source knows the firm by.
    """

    asked: str
    opcos: tuple[str, ...] = ()
    confidence: Confidence | None = None
    idcc: str | None = None


class Evidence(SourceAnswer):
    """An answer, who gave it and when; ``answered`` is false when the source was out of order."""

    source: str
    at: datetime
    answered: bool = True


class Finding(Value):
    """The outcome: one OPCO, several candidates, or none; with the evidence.

    ``hints`` are OPCOs that only the firm's activity suggests. ``at`` is when sources were asked.
    """

    outcome: FindingOutcome
    opcos: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    hints: tuple[str, ...] = ()
    at: datetime

    @property
    def claim(self) -> str | None:
        """The OPCO the depositor declared when the sources were asked."""
        declared = (opco for piece in self._declared for opco in piece.opcos)
        return next(declared, None)

    @property
    def undeclared(self) -> "Finding":
        """What the sources alone say."""
        return self.declaring(None, self.at)

    @property
    def candidates(self) -> tuple[str, ...]:
        """Whom the need may be for, best first: those a depositor did not choose come last."""
        return tuple(dict.fromkeys((*self.opcos, *self.undeclared.opcos)))

    def declaring(self, claim: str | None, at: datetime) -> "Finding":
        """What the same sources say once the depositor declares an OPCO, or none any more."""
        if claim == self.claim:
            return self
        asked = [piece for piece in self.evidence if piece not in self._declared]
        if claim:
            said = SourceAnswer(asked="opco", opcos=(claim,), confidence="declared")
            asked.append(Evidence(source=DEPOSITOR, at=at, **said.model_dump()))
        return fold(asked, self.at)

    @property
    def _declared(self) -> tuple[Evidence, ...]:
        return tuple(piece for piece in self.evidence if piece.source == DEPOSITOR)

    @property
    def disputed(self) -> tuple[Evidence, ...]:
        """Evidence that contradicts the outcome: it names OPCOs, and none of those kept."""
        return tuple(
            piece
            for piece in self.evidence
            if piece.confidence != "hint" and _apart(piece.opcos, self.opcos)
        )


def by_agreement(
    idccs: Iterable[str], shares: Callable[[str], Sequence[OpcoShare]]
) -> tuple[SourceAnswer, ...]:
    """One answer an agreement (art. L. 6332-1 code du travail: an OPCO covers whole agreements).

    Codes 5100, 5501, 9998 and 9999 mean "no agreement" and are skipped. ``shares`` gives the OPCOs
    of one IDCC, from the firms France compétences counted under each couple.
    """
    return tuple(_agreement(idcc, shares(idcc)) for idcc in idccs if idcc not in ESCAPE_CODES)


def _agreement(idcc: str, shares: Sequence[OpcoShare]) -> SourceAnswer:
    ranked = sorted(shares, key=lambda share: share.rank)
    if ranked and ranked[0].share >= _MAJORITY:
        ranked = ranked[:1]
    confidence: tuple[Confidence | None, ...] = (None, "strong", "shared")
    return SourceAnswer(
        asked=idcc,
        opcos=tuple(share.opco for share in ranked),
        confidence=confidence[min(len(ranked), 2)],
    )


def fold(evidence: Iterable[Evidence], at: datetime) -> Finding:
    """Find the OPCO from all that was answered, most trusted source first.

    The order of the answers of one source changes nothing.
    """
    by_source: dict[str, list[Evidence]] = {}
    for piece in evidence:
        by_source.setdefault(piece.source, []).append(piece)
    sources = [sorted(pieces, key=_text) for pieces in by_source.values()]
    hinted = _named(sources, frozenset({"hint"}))
    candidates = _candidates([_named([pieces], _OF_THE_FIRM) for pieces in sources])
    candidates = tuple(sorted(candidates, key=lambda opco: opco not in hinted))
    declared = [opco for opco in _named(sources, frozenset({"declared"})) if opco in candidates]
    opcos = tuple(declared[:1]) or candidates
    outcomes: tuple[FindingOutcome, ...] = ("unknown", "identified", "multiple")
    return Finding(
        outcome=outcomes[min(len(opcos), 2)],
        opcos=opcos,
        evidence=tuple(piece for pieces in sources for piece in pieces),
        hints=tuple(opco for opco in hinted if opco not in opcos),
        at=at,
    )


def _apart(named: tuple[str, ...], kept: tuple[str, ...]) -> bool:
    return bool(named and kept) and not {*named} & {*kept}


def _text(piece: Evidence) -> str:
    return piece.model_dump_json()


def _named(sources: Iterable[Sequence[Evidence]], how: Collection[Confidence]) -> tuple[str, ...]:
    """The OPCOs named with such a confidence: every first choice, then every second."""
    answers = [piece.opcos for pieces in sources for piece in pieces if piece.confidence in how]
    ranks = zip_longest(*answers)
    return tuple(dict.fromkeys(opco for rank in ranks for opco in rank if opco is not None))


def _candidates(named: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """What the most trusted source that names any says, narrowed by a later one that agrees."""
    first, *later = [names for names in named if names] or [()]
    if len(first) == 1:
        return first
    return next((names for names in later if len(names) == 1 and names[0] in first), first)
