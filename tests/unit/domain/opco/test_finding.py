"""Which OPCO answers for a firm."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from depot.domain.opco.finding import (
    ESCAPE_CODES,
    Confidence,
    Evidence,
    OpcoShare,
    SourceAnswer,
    by_agreement,
    fold,
)
from tests.builders import NOW
from tests.world import AKTO, EP, days, share


TABLE: dict[str, Sequence[OpcoShare]] = {
    "0843": [share(EP)],
    "1596": [share("Constructys")],
    "0016": [share("Opco Mobilités", 0.96), share(AKTO, 0.04, 2)],
    "8231": [share(AKTO, 0.60), share(EP, 0.40, 2)],
    "9999": [share("Nobody")],
}


def shares(idcc: str) -> Sequence[OpcoShare]:
    return TABLE.get(idcc, ())


def said(source: str, *opcos: str, asked: str = "siret", how: Confidence | None = None) -> Evidence:
    """What a source says; ``certain`` of one, ``shared`` between several."""
    usual: tuple[Confidence | None, ...] = (None, "certain", "shared")
    confidence = how or usual[min(len(opcos), 2)]
    return Evidence(source=source, asked=asked, opcos=opcos, confidence=confidence, at=NOW)


def outcome(*evidence: Evidence) -> tuple[str, tuple[str, ...]]:
    finding = fold(evidence, NOW)
    return finding.outcome, finding.opcos


def of_agreements(*idccs: str) -> tuple[str, tuple[str, ...]]:
    answers = by_agreement(idccs, shares)
    return outcome(*(Evidence(source="idcc", at=NOW, **answer.model_dump()) for answer in answers))


@pytest.mark.parametrize(
    ("idccs", "expected"),
    [
        (["0843"], ("identified", (EP,))),
        (["0016"], ("identified", ("Opco Mobilités",))),
        (["0843", "0843"], ("identified", (EP,))),
        (["8231"], ("multiple", (AKTO, EP))),
        (["0843", "1596"], ("multiple", (EP, "Constructys"))),
        (["1596", "0843"], ("multiple", (EP, "Constructys"))),
        (["0843", "8231"], ("multiple", (EP, AKTO))),
        (["0843", "0000"], ("identified", (EP,))),
        (["0000"], ("unknown", ())),
        ([], ("unknown", ())),
    ],
)
def test_agreements_name_their_opco(
    idccs: list[str], expected: tuple[str, tuple[str, ...]]
) -> None:
    assert of_agreements(*idccs) == expected


@pytest.mark.parametrize("code", sorted(ESCAPE_CODES))
def test_a_code_that_means_no_agreement_is_skipped(code: str) -> None:
    assert by_agreement([code], lambda _: [share("Nobody")]) == ()
    assert of_agreements(code, "0843") == ("identified", (EP,))


@pytest.mark.parametrize(
    ("part", "opcos", "confidence"), [(0.95, (EP,), "strong"), (0.9499, (EP, AKTO), "shared")]
)
def test_an_opco_that_holds_nearly_all_firms_answers_alone(
    part: float, opcos: tuple[str, ...], confidence: Confidence
) -> None:
    table = [share(AKTO, 1 - part, 2), share(EP, part)]

    assert by_agreement(["0001"], lambda _: table) == (
        SourceAnswer(asked="0001", opcos=opcos, confidence=confidence),
    )


def test_candidates_come_largest_first_whatever_the_order_of_the_table() -> None:
    table = [share("C", 0.2, 3), share("A", 0.5, 1), share("B", 0.3, 2)]

    [answer] = by_agreement(["0001"], lambda _: table)

    assert answer.opcos == ("A", "B", "C")


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        # The first source that names one settles, whatever comes after.
        ([said("a", EP), said("b", EP)], ("identified", (EP,))),
        ([said("a", EP), said("b", AKTO)], ("identified", (EP,))),
        ([said("a"), said("b", AKTO)], ("identified", (AKTO,))),
        # Several rows of one source.
        ([said("a", EP), said("a", EP)], ("identified", (EP,))),
        ([said("a", EP, asked="1"), said("a", AKTO, asked="2")], ("multiple", (EP, AKTO))),
        # A later source chooses among candidates, and only among them.
        ([said("a", EP, AKTO), said("b", AKTO)], ("identified", (AKTO,))),
        ([said("a", EP, AKTO), said("b", "X"), said("c", AKTO)], ("identified", (AKTO,))),
        ([said("a", EP, AKTO), said("b", "X")], ("multiple", (EP, AKTO))),
        ([said("a", EP, AKTO), said("b", AKTO, "X")], ("multiple", (EP, AKTO))),
        # A hint orders candidates, and nothing more.
        ([said("a", EP, AKTO), said("n", AKTO, how="hint")], ("multiple", (AKTO, EP))),
        ([said("n", AKTO, how="hint")], ("unknown", ())),
        # So does a declaration choose, and only among candidates.
        ([said("a", EP, AKTO), said("d", AKTO, how="declared")], ("identified", (AKTO,))),
        ([said("a", EP, AKTO), said("d", "X", how="declared")], ("multiple", (EP, AKTO))),
        ([said("a", EP), said("d", AKTO, how="declared")], ("identified", (EP,))),
        ([said("d", AKTO, how="declared")], ("unknown", ())),
        ([], ("unknown", ())),
    ],
)
def test_answers_fold_in_the_order_of_trust(
    evidence: list[Evidence], expected: tuple[str, tuple[str, ...]]
) -> None:
    assert outcome(*evidence) == expected


def test_a_source_that_is_out_of_order_is_kept_and_settles_nothing() -> None:
    silent = Evidence(source="a", asked="siret", at=NOW, answered=False)

    finding = fold([silent, said("b", EP)], NOW)

    assert (finding.outcome, finding.opcos) == ("identified", (EP,))
    assert finding.evidence == (silent, said("b", EP))


def test_hints_are_what_nothing_else_says() -> None:
    finding = fold([said("a", EP), said("n", AKTO, EP, "X", how="hint")], NOW)

    assert (finding.opcos, finding.hints) == ((EP,), (AKTO, "X"))


def test_a_contradiction_is_told_a_hint_or_a_silence_is_none() -> None:
    evidence = [said("a", EP), said("b", AKTO), said("c"), said("n", AKTO, how="hint")]

    assert fold(evidence, NOW).disputed == (said("b", AKTO),)
    assert fold([said("d", AKTO, how="declared")], NOW).disputed == ()


def test_what_the_depositor_declared_can_be_taken_back() -> None:
    declared = said("depositor", AKTO, asked="opco", how="declared")

    finding = fold([said("a", EP, AKTO), declared], NOW)

    assert (finding.outcome, finding.claim) == ("identified", AKTO)
    assert finding.undeclared == fold([said("a", EP, AKTO)], NOW)
    assert finding.undeclared.claim is None
    assert finding.declaring(None, NOW) == finding.undeclared


def test_another_declaration_replaces_the_one_before_and_asks_nobody() -> None:
    first = fold([said("a", EP, AKTO)], NOW).declaring(AKTO, NOW)

    second = first.declaring(EP, NOW + days(1))

    assert (first.opcos, second.opcos, second.claim) == ((AKTO,), (EP,), EP)
    assert second.evidence[:-1] == first.evidence[:-1] == (said("a", EP, AKTO),)
    assert (second.at, second.evidence[-1].at) == (NOW, NOW + days(1))
    assert second.declaring(EP, NOW + days(2)) == second


def test_those_a_depositor_did_not_choose_stay_possible() -> None:
    finding = fold([said("a", EP, AKTO, "X")], NOW)

    assert finding.declaring(AKTO, NOW).candidates == (AKTO, EP, "X")
    assert finding.declaring("Y", NOW).candidates == finding.candidates == (EP, AKTO, "X")
    assert fold([said("a", EP)], NOW).candidates == (EP,)


OPCOS = ["A", "B", "C", "D"]
names = st.lists(st.sampled_from(OPCOS), unique=True, max_size=3).map(tuple)
confidences = st.sampled_from(["certain", "strong", "shared", "hint", "declared"])


@st.composite
def pieces(draw: st.DrawFn) -> Evidence:
    opcos = draw(names)
    return Evidence(
        source=draw(st.sampled_from(["file", "api", "idcc", "naf"])),
        asked=draw(st.sampled_from(["1", "2", "3"])),
        opcos=opcos,
        confidence=draw(confidences) if opcos else None,
        answered=bool(opcos) or draw(st.booleans()),
        at=NOW,
    )


def named(evidence: Sequence[Evidence], *how: str) -> set[str]:
    return {opco for piece in evidence if piece.confidence in how for opco in piece.opcos}


@given(st.lists(pieces(), max_size=8))
def test_a_finding_follows_from_its_evidence(evidence: list[Evidence]) -> None:
    finding = fold(evidence, NOW)

    assert finding == fold(evidence, NOW)
    assert finding.outcome == ("unknown", "identified", "multiple")[min(len(finding.opcos), 2)]
    assert len({*finding.opcos}) == len(finding.opcos)
    assert {*finding.opcos} <= named(evidence, "certain", "strong", "shared")
    assert (finding.outcome == "unknown") == (not named(evidence, "certain", "strong", "shared"))
    assert {*finding.hints} == named(evidence, "hint") - {*finding.opcos}
    assert finding.at == NOW


@given(st.lists(pieces(), max_size=8))
def test_all_that_was_asked_is_kept_once_source_by_source(evidence: list[Evidence]) -> None:
    kept = fold(evidence, NOW).evidence

    assert sorted(map(str, kept)) == sorted(map(str, evidence))
    order = list(dict.fromkeys(piece.source for piece in evidence))
    assert [piece.source for piece in kept] == sorted(
        (piece.source for piece in evidence), key=order.index
    )


@given(st.lists(pieces(), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_of_a_source_changes_nothing(
    evidence: list[Evidence], luck: random.Random
) -> None:
    order = list(dict.fromkeys(piece.source for piece in evidence))
    shuffled = luck.sample(evidence, len(evidence))

    assert fold(sorted(shuffled, key=lambda piece: order.index(piece.source)), NOW) == fold(
        evidence, NOW
    )


@given(st.lists(pieces(), max_size=8))
def test_hints_and_declarations_alone_never_identify(evidence: list[Evidence]) -> None:
    alone = [piece for piece in evidence if piece.confidence in {"hint", "declared", None}]

    assert fold(alone, NOW).outcome == "unknown"


@given(st.lists(pieces(), max_size=8), st.sampled_from(OPCOS))
def test_a_hint_never_changes_who_is_named(evidence: list[Evidence], opco: str) -> None:
    before = fold(evidence, NOW)
    after = fold([*evidence, said("hints", opco, how="hint")], NOW)
    assume(not named(evidence, "declared"))

    assert (after.outcome, {*after.opcos}) == (before.outcome, {*before.opcos})
