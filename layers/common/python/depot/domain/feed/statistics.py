"""What is told of the counts: nothing of a person, and no number that would single out a firm.

Sums are kept by cell, ``(table, name, what)``: of the tables ``month``, ``departement``, ``opco``
and ``metier``, how many offers by name and state; of ``days``, how many were filled in so many
days; of ``openings``, all of them. "" is a name nobody knows yet.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from depot.domain.feed.secrecy import ENOUGH, hidden
from depot.domain.life.states import State
from depot.domain.model import Value


Counts = Counter[tuple[str, str, str]]

_METIERS: Final = 20
_STATES: Final[tuple[State, ...]] = ("live", "filled", "cancelled", "expired", "withdrawn")


class Tally(Value):
    """Offers of one kind, in one row of the page. None: not told (``domain/feed/secrecy.py``)."""

    name: str
    deposited: int | None
    live: int | None
    filled: int | None


class Statistics(Value):
    """Everything that is told; None is not. ``days_to_fill`` is a median."""

    schema_version: str = "1.0"
    counted_at: datetime
    deposited: int | None
    openings: int | None
    live: int | None
    filled: int | None
    cancelled: int | None
    expired: int | None
    days_to_fill: int | None
    by_month: tuple[Tally, ...]
    by_departement: tuple[Tally, ...]
    by_opco: tuple[Tally, ...]
    by_metier: tuple[Tally, ...]
    """The twenty most asked for, of those that can be told."""


def statistics_of(counts: Counts, names: Mapping[str, str], now: datetime) -> Statistics:
    """Say what may be said. ``names`` are those of the départements, by code."""
    states = [_sum(counts, "month", state) for state in _STATES]
    told = dict(zip(_STATES, _told(states), strict=True))
    enough = sum(states) >= ENOUGH or not any(states)
    return Statistics(
        counted_at=now,
        deposited=sum(states) if enough else None,
        openings=counts["openings", "", ""] if enough else None,
        live=told["live"],
        filled=told["filled"],
        cancelled=told["cancelled"],
        expired=told["expired"],
        days_to_fill=_median(counts),
        by_month=tuple(sorted(_rows(counts, "month"), key=lambda row: row.name)),
        by_departement=_rows(counts, "departement", names),
        by_opco=_rows(counts, "opco"),
        by_metier=tuple(row for row in _rows(counts, "metier") if row.deposited)[:_METIERS],
    )


def _sum(counts: Counts, table: str, state: State) -> int:
    return sum(n for (found, _, what), n in counts.items() if (found, what) == (table, state))


def _told(column: Sequence[int]) -> list[int | None]:
    kept = hidden(column)
    return [None if rank in kept else number for rank, number in enumerate(column)]


def _rows(counts: Counts, table: str, names: Mapping[str, str] | None = None) -> tuple[Tally, ...]:
    """One row a name, the largest first, then those whose size is not told; none if all are."""
    sizes: dict[str, Counter[str]] = {}
    for (found, code, state), number in counts.items():
        if found == table:
            name = names.get(code, "") if names else code
            sizes.setdefault(name, Counter())[state] += number
    ordered = sorted(sizes)
    deposited = _told([sizes[name].total() for name in ordered])
    if not any(deposited):
        return ()
    small = frozenset(rank for rank, number in enumerate(deposited) if number is None)
    kept = _kept([_parts(sizes[name]) for name in ordered], small)
    rows = (
        Tally(
            name=name,
            deposited=deposited[rank],
            live=None if rank in kept else sizes[name]["live"],
            filled=None if rank in kept else sizes[name]["filled"],
        )
        for rank, name in enumerate(ordered)
    )
    return tuple(sorted(rows, key=lambda row: (-(row.deposited or 0), row.name)))


def _parts(size: Counter[str]) -> tuple[int, int, int]:
    """What a row is the sum of: live, filled, ended otherwise."""
    return size["live"], size["filled"], size.total() - size["live"] - size["filled"]


def _kept(rows: Sequence[tuple[int, int, int]], small: frozenset[int]) -> frozenset[int]:
    """Ranks of the rows whose parts are not told, all or none: two and the size give the third."""
    kept = small | {rank for rank, row in enumerate(rows) if any(0 < n < ENOUGH for n in row)}
    columns = list(zip(*rows, strict=True))
    while kept != (more := kept.union(*(hidden(column, kept) for column in columns))):
        kept = more
    return kept


def _median(counts: Counts) -> int | None:
    """The days half of the filled offers took; None when too few were."""
    days = sorted((int(name), n) for (table, name, _), n in counts.items() if table == "days")
    total = sum(number for _, number in days)
    if total < ENOUGH:
        return None
    middle = [_at(days, rank) for rank in ((total - 1) // 2, total // 2)]
    return round(sum(middle) / 2)


def _at(days: Sequence[tuple[int, int]], rank: int) -> int:
    """The value of a rank, from 0, among values that each come so many times."""
    passed = 0
    for value, number in days:
        passed += number
        if rank < passed:
            return value
    raise IndexError(rank)
