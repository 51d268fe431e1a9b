"""What is counted of offers, without anything of a person or a firm.

A fact is what one offer contributes to the counts. It outlives the offer, so an erasure does not
change them; an offer erased while it was live counts as cancelled once its last day is over.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from statistics import median
from typing import Final, Self

from depot.domain.life.lifetime import paris_day
from depot.domain.life.offer import Offer
from depot.domain.life.states import State
from depot.domain.model import Value
from depot.domain.opco.notice import OpcoNotice
from depot.domain.opco.routing import departement_of


# A median of fewer tells of this firm or that one.
_ENOUGH: Final = 5
_METIERS: Final = 20
# An offer that ends is counted anew within a day; so long after its last day, none will be.
_UNSEEN: Final = timedelta(days=8)


class CountedOffer(Value):
    """One offer: when and where it was published, what for, its last day, and how it ended.

    ``days``: from its publication to its being filled. ``departement`` and ``opco`` are None while
    nobody knows.
    """

    published_on: date
    departement: str | None
    opco: str | None
    metier: str
    openings: int
    state: State
    days: int | None
    ends_on: date

    def settled(self, today: date) -> Self:
        """As it counts on a day: what is past its end and was never seen to end was erased."""
        gone = self.state == "live" and self.ends_on + _UNSEEN < today
        return self.model_copy(update={"state": "cancelled"}) if gone else self


class Tally(Value):
    """Offers of one kind, in one row of the page."""

    name: str
    deposited: int
    live: int
    filled: int


class Statistics(Value):
    """Everything that is told. ``days_to_fill`` is a median, None before there are five."""

    schema_version: str = "1.0"
    counted_at: datetime
    deposited: int
    openings: int
    live: int
    filled: int
    cancelled: int
    expired: int
    days_to_fill: int | None
    by_month: tuple[Tally, ...]
    by_departement: tuple[Tally, ...]
    by_opco: tuple[Tally, ...]
    by_metier: tuple[Tally, ...]
    """The twenty most asked for."""


def fact_of(offer: Offer, notice: OpcoNotice | None) -> CountedOffer:
    """Weigh an offer as it is now."""
    insee = offer.workplace.address.insee if offer.workplace.address else None
    filled = offer.closed_at if offer.state == "filled" else None
    return CountedOffer(
        published_on=paris_day(offer.published_at),
        departement=departement_of(insee) if insee else None,
        opco=notice.addressee if notice else None,
        metier=offer.need.metier.label,
        openings=offer.need.openings,
        state=offer.state,
        days=(paris_day(filled) - paris_day(offer.published_at)).days if filled else None,
        ends_on=offer.ends_on,
    )


def month_of(fact: CountedOffer) -> str:
    """The month a fact is kept under: ``2026-11``."""
    return f"{fact.published_on:%Y-%m}"


def tally(facts: Sequence[CountedOffer], names: Mapping[str, str], now: datetime) -> Statistics:
    """Count. ``names`` are those of the départements, by code."""
    facts = [fact.settled(paris_day(now)) for fact in facts]
    states = Counter(fact.state for fact in facts)
    days = [fact.days for fact in facts if fact.days is not None]
    return Statistics(
        counted_at=now,
        deposited=len(facts),
        openings=sum(fact.openings for fact in facts),
        live=states["live"],
        filled=states["filled"],
        cancelled=states["cancelled"],
        expired=states["expired"],
        days_to_fill=round(median(days)) if len(days) >= _ENOUGH else None,
        by_month=_lines(facts, month_of, by_name=True),
        by_departement=_lines(facts, lambda fact: names.get(fact.departement or "", "")),
        by_opco=_lines(facts, lambda fact: fact.opco or ""),
        by_metier=_lines(facts, lambda fact: fact.metier)[:_METIERS],
    )


def _lines(
    facts: Iterable[CountedOffer], name: Callable[[CountedOffer], str], *, by_name: bool = False
) -> tuple[Tally, ...]:
    """One line a name, the largest first unless ``by_name``; "" is not known."""
    groups: defaultdict[str, list[CountedOffer]] = defaultdict(list)
    for fact in facts:
        groups[name(fact)].append(fact)
    lines = [
        Tally(
            name=each,
            deposited=len(group),
            live=sum(fact.state == "live" for fact in group),
            filled=sum(fact.state == "filled" for fact in group),
        )
        for each, group in groups.items()
    ]
    return tuple(sorted(lines, key=lambda line: (0 if by_name else -line.deposited, line.name)))


class Month(Value):
    """Facts of the offers published in one month, by a digest of the offer's id."""

    facts: Mapping[str, CountedOffer] = {}

    def with_facts(self, more: Mapping[str, CountedOffer]) -> "Month":
        """With these over those it has."""
        return Month(facts={**self.facts, **more})


def all_facts(months: Iterable[Month]) -> list[CountedOffer]:
    """The facts of several months."""
    return list(chain.from_iterable(month.facts.values() for month in months))
