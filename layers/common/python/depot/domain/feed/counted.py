"""One offer as it is counted, and the shelf of those that may still change.

A fact outlives its offer, so an erasure does not change the counts; an offer erased while it was
live counts as cancelled once its last day is over. It stands on its shelf under a pseudonym, only
while the offer may still change; then it is folded into sums, and nothing is left of it alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple, Self

from depot.domain.feed.statistics import Counts
from depot.domain.life.lifetime import paris_day
from depot.domain.life.offer import Offer
from depot.domain.life.states import Limits, State
from depot.domain.model import Value
from depot.domain.opco.notice import OpcoNotice
from depot.domain.opco.routing import departement_of


# An offer that ends is counted anew within a day; so long after its last day, none will be.
_UNSEEN: Final = timedelta(days=8)


class CountedOffer(Value):
    """One offer: the month it was published, where, what for, its last day, and how it ended.

    ``days``: from its publication to its being filled. ``departement`` and ``opco`` are None while
    nobody knows.
    """

    month: str
    """``2026-11``"""
    departement: str | None
    opco: str | None
    metier: str
    openings: int
    state: State
    days: int | None
    ended_on: date
    """The last day it was, or is to be, online."""

    def settled(self, today: date) -> Self:
        """As it counts on a day: what is past its end and was never seen to end was erased."""
        gone = self.state == "live" and self.ended_on + _UNSEEN < today
        return self.model_copy(update={"state": "cancelled"}) if gone else self

    def is_final(self, today: date, limits: Limits) -> bool:
        """Tell whether its offer can come back no more, nor be counted late."""
        return limits.reactivable_until(self.ended_on) + _UNSEEN < today

    def counts(self) -> Counts:
        """What it adds to the sums."""
        tables = {
            "month": self.month,
            "departement": self.departement or "",
            "opco": self.opco or "",
            "metier": self.metier,
        }
        found: Counts = Counter({(table, name, self.state): 1 for table, name in tables.items()})
        found["openings", "", ""] = self.openings
        if self.days is not None:
            found["days", str(self.days), ""] = 1
        return found


def fact_of(offer: Offer, notice: OpcoNotice | None) -> CountedOffer:
    """Weigh an offer as it is now."""
    insee = offer.workplace.address.insee if offer.workplace.address else None
    filled = offer.closed_at if offer.state == "filled" else None
    published_on = paris_day(offer.published_at)
    return CountedOffer(
        month=f"{published_on:%Y-%m}",
        departement=departement_of(insee) if insee else None,
        opco=notice.addressee if notice else None,
        metier=offer.need.metier.label,
        openings=offer.need.openings,
        state=offer.state,
        days=(paris_day(filled) - published_on).days if filled else None,
        ended_on=offer.ended_on,
    )


class Weighed(NamedTuple):
    """A fact, and its pseudonyms: today's first, then those under keys of before."""

    names: Sequence[str]
    fact: CountedOffer


class Shelf(Value):
    """Offers of one month and part: facts by pseudonym, and the sums of those that are final."""

    facts: Mapping[str, CountedOffer] = {}
    folded: tuple[tuple[str, str, str, int], ...] = ()

    def keep(self, weighed: Iterable[Weighed], today: date, limits: Limits) -> Self:
        """Put these over what it has, and fold what is final.

        A final fact that is not there was folded already: what is said of it now comes too late.
        """
        facts = dict(self.facts)
        for names, fact in weighed:
            former = [facts.pop(name) for name in names if name in facts]
            if former or not fact.is_final(today, limits):
                facts[names[0]] = fact
        final = {name for name, fact in facts.items() if fact.is_final(today, limits)}
        sums = self._folded()
        for name in final:
            sums.update(facts.pop(name).settled(today).counts())
        rows = tuple((*cell, number) for cell, number in sorted(sums.items()))
        return self.model_copy(update={"facts": facts, "folded": rows})

    def counts(self, today: date) -> Counts:
        """The sums of everything on it, as of a day."""
        sums = self._folded()
        for fact in self.facts.values():
            sums.update(fact.settled(today).counts())
        return sums

    def _folded(self) -> Counts:
        return Counter({(table, name, what): number for table, name, what, number in self.folded})
