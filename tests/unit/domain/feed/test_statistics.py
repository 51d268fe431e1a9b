"""What is told of the counts: every offer once, no small number."""

from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from depot.domain.feed.counted import CountedOffer
from depot.domain.feed.secrecy import ENOUGH
from depot.domain.feed.statistics import Counts, Statistics, Tally, statistics_of
from tests.builders import NOW
from tests.unit.domain.feed.facts import a_fact, facts


NAMES = {"24": "Dordogne", "2A": "Corse-du-Sud", "971": "Guadeloupe"}


def told(found: Sequence[CountedOffer]) -> Statistics:
    sums: Counts = Counter()
    for fact in found:
        sums.update(fact.counts())
    return statistics_of(sums, NAMES, NOW)


def tables(counted: Statistics) -> Sequence[Sequence[Tally]]:
    return (counted.by_month, counted.by_departement, counted.by_opco, counted.by_metier)


def test_every_offer_is_counted_once_in_each_table() -> None:
    found = [a_fact(state=state) for state in ("live", "filled") for _ in range(7)]

    counted = told([*found, *[a_fact(state="expired")] * 6, *[a_fact(state="cancelled")] * 5])

    assert (counted.deposited, counted.live, counted.filled) == (25, 7, 7)
    assert (counted.expired, counted.cancelled, counted.openings) == (6, 5, 25)
    for table in tables(counted):
        assert [(row.deposited, row.live, row.filled) for row in table] == [(25, 7, 7)]


@given(st.lists(facts, max_size=60))
def test_no_number_under_five_is_told(found: Sequence[CountedOffer]) -> None:
    counted = told(found)

    numbers = [n for table in tables(counted) for row in table for n in (*row,) if n is not None]
    sums = [n for _, n in counted if isinstance(n, int) and n is not counted.days_to_fill]
    small = [n for _, n in numbers if isinstance(n, int) and 0 < n < ENOUGH]
    assert not small
    assert not [n for n in sums if 0 < n < ENOUGH]
    assert counted == told(list(reversed(found)))
    assert len(counted.by_metier) <= 20


@given(st.lists(facts, min_size=5, max_size=60))
def test_no_number_that_is_not_told_is_the_total_less_the_others(
    found: Sequence[CountedOffer],
) -> None:
    counted = told(found)

    for table in (counted.by_month, counted.by_departement, counted.by_opco):
        sizes = [row.deposited for row in table]
        if any(sizes):
            assert sizes.count(None) != 1


def test_the_months_go_by_and_the_rest_by_size() -> None:
    found = [
        *[a_fact(month="2026-12", opco="Akto")] * 5,
        *[a_fact(month="2026-11", opco="Opco 2i")] * 6,
        *[a_fact(month="2026-12", opco="Opco 2i", state="filled")] * 6,
    ]

    counted = told(found)

    assert [line.name for line in counted.by_month] == ["2026-11", "2026-12"]
    assert counted.by_opco == (
        Tally(name="Opco 2i", deposited=12, live=6, filled=6),
        Tally(name="Akto", deposited=5, live=5, filled=0),
    )


def test_a_row_too_small_to_tell_comes_last_and_tells_nothing() -> None:
    found = [
        *[a_fact(opco="Akto")] * 20,
        *[a_fact(opco="Opco 2i")] * 12,
        a_fact(opco=None, state="filled"),
    ]

    counted = told(found)

    assert [(row.name, row.deposited, row.live) for row in counted.by_opco] == [
        ("Akto", 20, 20),
        ("", None, None),
        ("Opco 2i", None, None),
    ]


def test_a_table_that_could_tell_nothing_is_not_there() -> None:
    counted = told([a_fact(opco=f"Opco {rank}") for rank in range(5)])

    assert (counted.deposited, counted.by_opco) == (5, ())
    assert counted.by_departement


def test_before_five_offers_nothing_is_told_but_that_there_are_some() -> None:
    counted = told([a_fact(), a_fact()])

    assert (counted.deposited, counted.openings, counted.live) == (None, None, None)
    assert not any(tables(counted))
    assert told([]).deposited == 0


def test_the_days_of_fewer_than_five_firms_are_not_told() -> None:
    filled = [a_fact(state="filled", days=days) for days in (3, 4, 30, 6)]

    assert told(filled).days_to_fill is None
    assert told([*filled, a_fact(state="filled", days=8)]).days_to_fill == 6
