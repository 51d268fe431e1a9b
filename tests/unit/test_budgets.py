"""What a measure misses is said, and fails it."""

import pytest

import bench.__main__ as bench
from bench import freshness
from bench.budgets import Budget, Report


@pytest.mark.parametrize(
    ("figure", "budget", "within", "said"),
    [
        (10.0, Budget(10), True, ">= 10x"),
        (9.9, Budget(10), False, "MISSED"),
        (1.3, Budget(1.2, most=True), False, "MISSED"),
        (16.0, Budget(16, " MB", most=True), True, "<= 16 MB"),
        (6.0, Budget(10, tolerated=4), True, "missed, tolerated to 4x: docs/decisions.md"),
        (3.9, Budget(10, tolerated=4), False, "MISSED"),
        (11.0, Budget(10, tolerated=4), True, ">= 10x"),
    ],
)
def test_a_figure_is_said_beside_its_budget(
    capsys: pytest.CaptureFixture[str], figure: float, budget: Budget, said: str, *, within: bool
) -> None:
    report = Report()
    report.check("something", figure, budget)

    assert report.within is within
    line = capsys.readouterr().out
    assert said in line
    assert ("missed" in line.lower()) is not budget.holds(figure)


def test_one_budget_that_is_missed_fails_the_measure() -> None:
    report = Report()
    report.check("bad", 1, Budget(2))
    report.check("good", 3, Budget(2))

    assert not report.within


@pytest.mark.parametrize(
    ("late", "within"), [(0.1, True), (0.35, True), (0.5, False), (1.1, False)]
)
def test_freshness_is_judged_beside_the_bare_chain(late: float, *, within: bool) -> None:
    bare = 1.0 if late > 1 else 0.2
    found = {"bare chain": [bare] * 20, "deposit": [late] * 20, "closure": [0.1] * 20}

    assert freshness.within(found | {"deposit over HTTP": [9.0] * 20}) is within


def test_what_needs_the_emulator_is_measured_only_when_it_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    for name in bench.BENCHES:
        monkeypatch.setitem(bench.BENCHES, name, lambda name=name: ran.append(name) or True)

    assert bench.main([]) == 0
    assert set(ran) == bench.BENCHES.keys() - {"freshness"}
    assert "python -m bench freshness" in capsys.readouterr().out
    assert bench.main(["freshness"]) == 0
    assert ran[-1] == "freshness"


def test_a_measure_that_exceeds_its_budget_fails_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(bench.BENCHES, "feed", lambda: False)

    assert bench.main(["feed"]) == 1
    assert bench.main(["fede"]) == 2
