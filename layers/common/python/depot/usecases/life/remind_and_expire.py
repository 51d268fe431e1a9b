"""Remind of offers that near their end, and end those whose days are over.

Each dossier keeps the letter about its own offers, so that erasing or exporting one leaves nothing
in another; the letters of one address leave as one mail. They are written with what they tell, by
as few transactions as DynamoDB allows: of two sweeps at once, one does it all.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from pydantic import JsonValue

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.objection import Objected, Objection
from depot.domain.errors import Conflict
from depot.domain.letters.letter import Letter, LetterKind, write
from depot.domain.life.offer import Offer
from depot.domain.life.states import Limits
from depot.ports.store import Change, Create, Dossier, Replace, Store
from depot.usecases.employer.objections import objection_of
from depot.usecases.letters.facts import MANY, ended_facts, ending_facts, firm_facts
from depot.usecases.letters.mailroom import Mailroom


# What DynamoDB writes at once.
_ITEMS: Final = 100


class EndsTold(NamedTuple):
    """Offers whose depositor was written to."""

    reminded: int
    expired: int


class _Telling(NamedTuple):
    """A letter, and the offers of one dossier it tells of, as they become."""

    letter: Letter
    recruiter: Recruiter
    offers: Sequence[Offer]

    @property
    def changes(self) -> list[Change]:
        return [Create(self.letter), *map(Replace, self.offers)]


@dataclass(frozen=True)
class RemindAndExpire:
    """Tells depositors what becomes of their offers."""

    store: Store
    mailroom: Mailroom
    limits: Limits
    now: datetime

    def tell(self, dossiers: Sequence[Dossier]) -> EndsTold:
        """To each address, one mail of all that ended and one of all that soon will."""
        ended, nearing = list[_Telling](), list[_Telling]()
        for dossier in dossiers:
            firm = dossier.recruiter
            over = list(_some(dossier.live, self._is_over))
            near = list(_some(dossier.live, self._is_near))
            objection = self._objection(firm) if over or near else None
            ended += [self._end(firm, offers, objection) for offers in over]
            nearing += [self._remind(firm, offers, objection) for offers in near]
        return EndsTold(expired=self._commit(ended), reminded=self._commit(nearing))

    def _is_over(self, offer: Offer) -> bool:
        return offer.expires_at <= self.now

    def _is_near(self, offer: Offer) -> bool:
        return not offer.reminded_at and offer.reminds_at <= self.now < offer.expires_at

    def _end(
        self, recruiter: Recruiter, offers: Sequence[Offer], objection: Objection | None
    ) -> _Telling:
        facts: list[JsonValue] = [
            ended_facts(offer, self.limits, self._barred(objection, offer.need.romes))
            for offer in offers
        ]
        letter = self._write("offer_expired", recruiter, offers, facts)
        return _Telling(letter, recruiter, [offer.expire(self.now) for offer in offers])

    def _remind(
        self, recruiter: Recruiter, offers: Sequence[Offer], objection: Objection | None
    ) -> _Telling:
        barred = self._barred(objection, ())
        facts: list[JsonValue] = [ending_facts(offer, self.limits, barred) for offer in offers]
        letter = self._write("reminder", recruiter, offers, facts)
        return _Telling(letter, recruiter, [offer.remind(self.now) for offer in offers])

    def _objection(self, recruiter: Recruiter) -> Objection | None:
        """What its firm objects to of who deposited for it; no read where it did so itself."""
        if recruiter.depositor is None:
            return None
        return objection_of(recruiter.siret, recruiter.depositor, store=self.store)

    def _barred(self, objection: Objection | None, romes: Collection[str]) -> Objected | None:
        """Why a firm will not have these go on, so that no mail proposes it."""
        return objection.bars(romes, self.now) if objection else None

    def _write(
        self,
        kind: LetterKind,
        recruiter: Recruiter,
        offers: Sequence[Offer],
        facts: list[JsonValue],
    ) -> Letter:
        first = offers[0]
        return write(
            kind,
            about=f"{first.id}-{first.ends_on}",
            recruiter_id=recruiter.id,
            to=recruiter.contact.email,
            facts={**firm_facts(recruiter), "offers": facts},
            now=self.now,
        )

    def _commit(self, tellings: Sequence[_Telling]) -> int:
        """Write them, then mail what was written; say of how many offers."""
        written: list[_Telling] = []
        for together in _at_once(tellings):
            try:
                self.store.commit(*(change for telling in together for change in telling.changes))
            except Conflict:  # a depositor, or another sweep, was faster: the next run reads again
                continue
            written += together
        self.mailroom.deliver_together(
            [(each.letter, each.recruiter) for each in written], self.now
        )
        return sum(len(telling.offers) for telling in written)


def _some(offers: Sequence[Offer], due: Callable[[Offer], bool]) -> Iterator[Sequence[Offer]]:
    """Those that are due, so many a letter, those that end first first."""
    found = sorted(filter(due, offers), key=lambda offer: (offer.ends_on, offer.id))
    for start in range(0, len(found), MANY):
        yield found[start : start + MANY]


def _at_once(tellings: Sequence[_Telling]) -> Iterator[list[_Telling]]:
    """As many in each transaction as it takes."""
    together, items = list[_Telling](), 0
    for telling in tellings:
        size = len(telling.changes)
        if items + size > _ITEMS:
            yield together
            together, items = [], 0
        together.append(telling)
        items += size
    if together:
        yield together
