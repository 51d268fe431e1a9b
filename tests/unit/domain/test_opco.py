"""Which OPCO answers for a firm."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.opco import ESCAPE_CODES, Evidence, Finding, OpcoShare, identify
from tests.world import AKTO, EP, share


TABLE: dict[str, Sequence[OpcoShare]] = {
    "0843": [share(EP)],
    "1596": [share("Constructys")],
    "0016": [share("Opco Mobilités", 0.96), share(AKTO, 0.04, 2)],
    "8231": [share(AKTO, 0.60), share(EP, 0.40, 2)],
    "9999": [share("Nobody")],
}


def shares(idcc: str) -> Sequence[OpcoShare]:
    return TABLE.get(idcc, ())


def outcome(*idccs: str) -> tuple[str, tuple[str, ...]]:
    finding = identify(idccs, shares)
    return finding.outcome, finding.opcos


@pytest.mark.parametrize(
    ("idccs", "expected"),
    [
        (["0843"], ("identified", (EP,))),
        (["0016"], ("identified", ("Opco Mobilités",))),
        (["0843", "0843"], ("identified", (EP,))),
        (["8231"], ("multiple", (AKTO, EP))),
        (["0843", "1596"], ("multiple", (EP, "Constructys"))),
        (["1596", "0843"], ("multiple", ("Constructys", EP))),
        (["0843", "0000"], ("identified", (EP,))),
        (["0000"], ("unknown", ())),
        ([], ("unknown", ())),
    ],
)
def test_agreements_name_their_opco(
    idccs: list[str], expected: tuple[str, tuple[str, ...]]
) -> None:
    assert outcome(*idccs) == expected


@pytest.mark.parametrize("code", sorted(ESCAPE_CODES))
def test_a_code_that_means_no_agreement_is_skipped(code: str) -> None:
    assert identify([code], lambda _: [share("Nobody")]) == Finding(outcome="unknown")
    assert outcome(code, "0843") == ("identified", (EP,))


@pytest.mark.parametrize(("part", "expected"), [(0.95, "identified"), (0.9499, "multiple")])
def test_an_opco_that_holds_nearly_all_firms_answers_alone(part: float, expected: str) -> None:
    table = [share(AKTO, 1 - part, 2), share(EP, part)]

    assert identify(["0001"], lambda _: table).outcome == expected


def test_candidates_come_largest_first_whatever_the_order_of_the_table() -> None:
    table = [share("C", 0.2, 3), share("A", 0.5, 1), share("B", 0.3, 2)]

    assert identify(["0001"], lambda _: table).opcos == ("A", "B", "C")


def test_the_evidence_is_kept_agreement_by_agreement() -> None:
    assert identify(["0843", "9999", "0000"], shares).evidence == (
        Evidence(source="idcc", asked="0843", opcos=(EP,)),
        Evidence(source="idcc", asked="0000", opcos=()),
    )


@given(st.lists(st.sampled_from([*TABLE, "0000", "5100"])))
def test_a_finding_follows_from_its_evidence(idccs: list[str]) -> None:
    finding = identify(idccs, shares)
    named = {opco for piece in finding.evidence for opco in piece.opcos}

    assert set(finding.opcos) == named
    assert len(finding.opcos) == len(named)
    assert finding.outcome == ("unknown", "identified", "multiple")[min(len(named), 2)]
    assert not {piece.asked for piece in finding.evidence} & ESCAPE_CODES
