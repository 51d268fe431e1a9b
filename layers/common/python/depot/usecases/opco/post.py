"""The steps that telling, reminding, passing on and showing a need to its OPCO share."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import Conflict
from depot.domain.letters.letter import Letter, ToOpco, write
from depot.domain.life.lifetime import paris_day
from depot.domain.life.offer import Offer
from depot.domain.opco.finding import Finding
from depot.domain.opco.notice import OpcoNotice
from depot.domain.opco.reminder import reminds_at
from depot.domain.opco.routing import OpcoMailing
from depot.ports.store import Create, Replace, Store
from depot.usecases.letters.facts import firm_facts, offer_facts, opco_facts
from depot.usecases.letters.mailroom import Mailroom


@dataclass(frozen=True)
class OpcoPost:
    """What it takes to write to OPCOs; a reminder comes ``reminder_days`` working days later."""

    store: Store
    mailing: OpcoMailing
    mailroom: Mailroom
    reminder_days: int

    def reminds_at(self, now: datetime) -> datetime:
        """When to remind who is told ``now``."""
        return reminds_at(now, self.reminder_days)

    def letter(
        self, kind: ToOpco, notice: OpcoNotice, recruiter: Recruiter, offer: Offer, now: datetime
    ) -> Letter:
        """Write to the addressee of the present turn; its reply goes to the firm."""
        address = recruiter.address
        finding = notice.finding or Finding(outcome="unknown", at=now)
        return write(
            kind,
            about=notice.about,
            recruiter_id=recruiter.id,
            to=self.mailing.mailbox(notice.addressee, address.insee if address else None),
            reply_to=recruiter.firm_contact.email,
            facts={
                **firm_facts(recruiter),
                **offer_facts(offer),
                **opco_facts(finding),
                "addressee": notice.addressee,
                "declined": list(notice.declined),
                "told_on": paris_day(notice.told_at or now).isoformat(),
            },
            turn=notice.opens,
            now=now,
        )

    def send(
        self, kind: ToOpco, notice: OpcoNotice, recruiter: Recruiter, offer: Offer, now: datetime
    ) -> bool:
        """Record a notice with the letter that tells of it, then deliver it.

        False when the notice changed since it was read: nothing was written.
        """
        letter = self.letter(kind, notice, recruiter, offer, now)
        try:
            self.store.commit(Replace(notice), Create(letter))
        except Conflict:
            return False
        self.mailroom.deliver(letter, recruiter, now)
        return True

    def keep(self, notice: OpcoNotice) -> None:
        """Record a notice that tells nobody; one that changed meanwhile stays due as it is."""
        with suppress(Conflict):
            self.store.commit(Replace(notice))
