"""Which numbers of a column are not told: small ones, and what would give them away.

Statistical secrecy, as official statistics have it: three firms are the least behind a number at
INSEE; five here, as for the median, for a number of offers may be of fewer firms.
"""

from collections.abc import Sequence
from typing import Final


ENOUGH: Final = 5
"""The smallest number that is told, 0 apart."""
# Column and total give the sum of what is hidden, and what is hidden for its own sake is not 0. Of
# two that make ten, neither follows; nor of any that make twice as many as they are: not all are 1.
_SEVERAL: Final = 2
_TOGETHER: Final = 2 * ENOUGH


def hidden(column: Sequence[int], already: frozenset[int] = frozenset()) -> frozenset[int]:
    """Ranks of what is not told of a column whose total is, with what is hidden ``already``.

    While what is hidden could be had from the total, the smallest number told is hidden too. A zero
    is told, unless ``already`` hides it.
    """
    found = already | {rank for rank, number in enumerate(column) if 0 < number < ENOUGH}
    others = sorted((n, rank) for rank, n in enumerate(column) if n and rank not in found)
    while others and _is_had([column[rank] for rank in found]):
        found |= {others.pop(0)[1]}
    return found


def _is_had(numbers: Sequence[int]) -> bool:
    if not any(numbers):
        return False
    least = max(_TOGETHER, 2 * sum(map(bool, numbers)))
    return len(numbers) < _SEVERAL or sum(numbers) < least
