"""Small numbers are not told, nor had from the total."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.feed.secrecy import ENOUGH, hidden


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ([0, 0], [0, 0]),
        ([12, 5], [12, 5]),
        ([0, 40, 1, 12, 30], [0, 40, None, None, 30]),
        ([40, 1, 1, 12], [40, None, None, None]),
        ([40, 4, 3, 4], [40, None, None, None]),
        ([3], [None]),
        ([50, 12, *[1] * 10], [50, None, *[None] * 10]),
    ],
)
def test_what_is_small_is_hidden_and_what_would_give_it_away(
    column: list[int], told: list[int | None]
) -> None:
    kept = hidden(column)

    assert [None if rank in kept else number for rank, number in enumerate(column)] == told


@given(st.lists(st.integers(0, 60), max_size=12))
def test_nothing_small_is_told(
    column: Sequence[int],
) -> None:
    kept = hidden(column)

    assert not any(0 < column[rank] < ENOUGH for rank in set(range(len(column))) - kept)
    assert kept == hidden(column, kept)


@given(st.lists(st.integers(0, 60), max_size=40))
def test_what_is_hidden_beside_a_number_could_be_told_otherwise(column: Sequence[int]) -> None:
    """To a reader who has the total, and knows that no hidden number is 0."""
    kept = hidden(column)
    numbers = [column[rank] for rank in kept]

    if numbers and any(rank not in kept and column[rank] for rank in range(len(column))):
        assert len(numbers) > 1
        assert sum(numbers) >= 10
        assert sum(numbers) > len(numbers)
