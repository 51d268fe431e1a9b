"""Asking the sources of a firm's OPCO."""

import logging

import pytest

from depot.domain.opco.finding import Evidence, Finding, SourceAnswer
from depot.usecases.opco.identify_opco import Agreements, identify_opco
from tests.builders import NOW, SIRET, a_company
from tests.fakes import FakeOpcoSource, FakeOpcoTable
from tests.world import AKTO, EP, share


CERTAIN = SourceAnswer(asked=SIRET, opcos=(EP,), confidence="certain", idcc="0843")
NOTHING = SourceAnswer(asked=SIRET)


def found(*sources: FakeOpcoSource | Agreements, claim: str | None = None) -> Finding:
    return identify_opco(SIRET, a_company(), sources=sources, claim=claim, now=NOW)


def table() -> Agreements:
    return Agreements(FakeOpcoTable({"0843": [share(EP)]}))


def test_every_source_is_asked_and_what_it_said_is_dated() -> None:
    finding = found(FakeOpcoSource(answers=[NOTHING]), table())

    assert (finding.outcome, finding.opcos, finding.at) == ("identified", (EP,), NOW)
    assert finding.evidence == (
        Evidence(source="siro_file", asked=SIRET, at=NOW),
        Evidence(source="idcc", asked="0843", opcos=(EP,), confidence="strong", at=NOW),
    )


def test_the_agreement_a_source_gives_is_kept() -> None:
    assert found(FakeOpcoSource(answers=[CERTAIN])).evidence[0].idcc == "0843"


def test_an_outage_is_kept_as_asked_without_answer_and_the_next_source_settles(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        finding = found(FakeOpcoSource(down=True), table())

    assert finding.opcos == (EP,)
    assert finding.evidence[0] == Evidence(source="siro_file", asked=SIRET, at=NOW, answered=False)
    [record] = caplog.records
    assert record.__dict__["source"] == "siro_file"
    assert SIRET not in record.getMessage() + str(record.__dict__["reason"])


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        ([CERTAIN], []),
        ([NOTHING], [SIRET]),
        ([CERTAIN, SourceAnswer(asked=SIRET, opcos=(AKTO,), confidence="shared")], [SIRET]),
    ],
)
def test_a_remote_source_is_asked_only_while_nothing_settles(
    before: list[SourceAnswer], asked: list[str]
) -> None:
    remote = FakeOpcoSource("siro_api", answers=[NOTHING], remote=True)

    found(FakeOpcoSource(answers=before), remote)

    assert remote.asked == asked


def test_local_sources_are_asked_even_when_one_settled_so_that_contradictions_show() -> None:
    other = SourceAnswer(asked=SIRET, opcos=(AKTO,), confidence="certain")

    finding = found(FakeOpcoSource(answers=[other]), table())

    assert finding.opcos == (AKTO,)
    assert [piece.source for piece in finding.disputed] == ["idcc"]


def test_a_register_answers_of_a_firm_the_directory_has_not_told() -> None:
    sources = [FakeOpcoSource(answers=[CERTAIN]), table()]

    finding = identify_opco(SIRET, None, sources=sources, claim=None, now=NOW)

    assert (finding.outcome, [piece.source for piece in finding.evidence]) == (
        "identified",
        ["siro_file"],
    )


def test_a_claim_is_kept_as_evidence_and_believed_only_among_candidates() -> None:
    between = [SourceAnswer(asked=SIRET, opcos=(EP, AKTO), confidence="shared")]
    declared = Evidence(
        source="depositor", asked="opco", opcos=(AKTO,), confidence="declared", at=NOW
    )

    chosen, ignored = (
        found(FakeOpcoSource(answers=answers), claim=AKTO) for answers in (between, [])
    )

    assert (chosen.outcome, chosen.opcos) == ("identified", (AKTO,))
    assert ignored.outcome == "unknown"
    assert chosen.evidence[-1] == ignored.evidence[-1] == declared
