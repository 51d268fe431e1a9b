"""What is told of a row and of a column gives away no number that is not told."""

from collections import Counter
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from depot.domain.feed.secrecy import ENOUGH
from depot.domain.feed.statistics import Counts, Tally, statistics_of
from tests.builders import NOW


Row = tuple[int, int, int]
"""How many of a row are live, filled, and ended otherwise."""
_numbers = st.one_of(st.integers(0, 8), st.integers(0, 60))
tables = st.dictionaries(
    st.sampled_from("ABCDEFGH"), st.tuples(_numbers, _numbers, _numbers), min_size=1
)


def by_opco(table: Mapping[str, Row]) -> dict[str, Tally]:
    counts: Counts = Counter()
    for name, row in table.items():
        for state, number in zip(("live", "filled", "expired"), row, strict=True):
            counts["opco", name, state] = number
            counts["month", "2026-11", state] += number
    return {row.name: row for row in statistics_of(counts, {}, NOW).by_opco}


def test_the_filled_of_a_row_are_not_what_its_size_leaves() -> None:
    told = by_opco({"A": (25, 1, 0), "B": (40, 30, 10), "C": (20, 50, 10)})

    assert told["A"] == Tally(name="A", deposited=26, live=None, filled=None)


def test_the_ended_of_a_row_are_not_what_its_size_leaves() -> None:
    told = by_opco({"A": (20, 10, 2), "B": (40, 30, 10), "C": (20, 50, 10)})

    assert told["A"] == Tally(name="A", deposited=32, live=None, filled=None)


def test_a_row_without_a_small_number_is_told_whole() -> None:
    told = by_opco({"A": (20, 0, 0), "B": (40, 30, 10)})

    assert told["A"] == Tally(name="A", deposited=20, live=20, filled=0)


@given(tables)
def test_what_a_row_tells_leaves_no_part_of_it_known_or_small(table: Mapping[str, Row]) -> None:
    """To a reader who tries whatever numbers add up to the size of the row."""
    for row in by_opco(table).values():
        if row.deposited is None:
            assert (row.live, row.filled) == (None, None)
            continue
        rows = [
            (live, filled, row.deposited - live - filled)
            for live in range(row.deposited + 1)
            for filled in range(row.deposited - live + 1)
            if row.live in (None, live) and row.filled in (None, filled)
        ]
        told = (row.live, row.filled, None)
        for part, number in zip(zip(*rows, strict=True), told, strict=True):
            could_be = set(part)
            assert not could_be <= set(range(1, ENOUGH))
            if row.live is None and number is None:
                assert len(could_be) > 1


@given(tables)
def test_what_the_rows_tell_leaves_no_small_sum_to_those_that_do_not(
    table: Mapping[str, Row],
) -> None:
    """To a reader who has the totals."""
    told = by_opco(table)
    kept = [table[name] for name, row in told.items() if row.live is None]
    open_ = [table[name] for name, row in told.items() if row.live is not None]

    for part in range(3):
        of_hidden = sum(row[part] for row in kept)
        if of_hidden and any(row[part] for row in open_):
            assert len(kept) > 1
            assert of_hidden >= 2 * ENOUGH
