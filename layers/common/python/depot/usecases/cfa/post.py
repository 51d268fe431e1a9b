"""The steps that asking and following up training centres share."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from depot.domain.cfa.cfa_contact import Asking, CfaContact, ask_centre
from depot.domain.cfa.matching import Match
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import Conflict
from depot.domain.letters.letter import Letter, ToCfa, write
from depot.domain.letters.refusal import CentreAsked
from depot.domain.life.lifetime import paris_day
from depot.domain.life.offer import Offer
from depot.ports.store import Change, Create, Overwrite, Replace, Store
from depot.usecases.letters.facts import firm_facts, offer_facts
from depot.usecases.letters.mailroom import Mailroom


@dataclass(frozen=True)
class CfaPost:
    """What it takes to write to centres; to those silent, once more after some days."""

    store: Store
    mailroom: Mailroom
    follow_up_days: int

    def asked(
        self, matches: Sequence[Match], recruiter: Recruiter, offer: Offer, now: datetime
    ) -> tuple[list[Change], list[Letter]]:
        """What asking these centres writes, and the letters to deliver once it is written.

        That a centre was asked is stamped in the same transaction, whatever was stamped before: of
        two needs at once, either stamp will do.
        """
        contacts = [self._contact(match, offer, now) for match in matches]
        letters = [cfa_letter("cfa_need", asked, recruiter, offer, now) for asked in contacts]
        stamps = [CentreAsked(siren=match.siren, asked_at=now) for match in matches]
        created: Iterator[Change] = map(Create, [*contacts, *letters])
        return [*created, *map(Overwrite, stamps)], letters

    def follow_up(self, asking: Asking, now: datetime) -> bool:
        """Write once more to a centre that is silent; False when nothing was to be written."""
        contact = self.store.contact(asking)
        if contact is None or contact.due_at is None or contact.due_at > now:
            return False
        recruiter = self.store.recruiter(asking.recruiter_id)
        offer = self.store.offer(asking.recruiter_id, asking.offer_id)
        first = self.store.letter(asking.recruiter_id, contact.letter_id)
        if recruiter is None or offer is None:
            return False
        current = offer.is_current(now) and not recruiter.refused
        if not current or first is None or first.state != "sent":
            self._keep(contact.without_reminder())
            return False
        return self._send(contact.followed_up(now), recruiter, offer, now)

    def _send(self, contact: CfaContact, recruiter: Recruiter, offer: Offer, now: datetime) -> bool:
        letter = cfa_letter("cfa_follow_up", contact, recruiter, offer, now)
        try:
            self.store.commit(Replace(contact), Create(letter))
        except Conflict:  # it answered, or another sweep was faster
            return False
        self.mailroom.deliver(letter, recruiter, now)
        return True

    def _keep(self, contact: CfaContact) -> None:
        with suppress(Conflict):  # it answered meanwhile: nothing is due any more
            self.store.commit(Replace(contact))

    def _contact(self, match: Match, offer: Offer, now: datetime) -> CfaContact:
        return ask_centre(
            match,
            recruiter_id=offer.recruiter_id,
            offer_id=offer.id,
            days=self.follow_up_days,
            now=now,
        )


def cfa_letter(
    kind: ToCfa, contact: CfaContact, recruiter: Recruiter, offer: Offer, now: datetime
) -> Letter:
    """Write to a centre about one need; its reply goes to the firm."""
    centre = contact.centre
    return write(
        kind,
        about=contact.about,
        recruiter_id=recruiter.id,
        to=centre.email,
        reply_to=recruiter.firm_contact.email,
        facts={
            **firm_facts(recruiter),
            **offer_facts(offer),
            "centre": centre.name,
            "training": centre.title,
            "distance_km": centre.distance_km,
            "asked_on": paris_day(contact.asked_at).isoformat(),
        },
        asking=contact.opens,
        now=now,
    )
