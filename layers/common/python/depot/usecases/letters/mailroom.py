"""Hand letters over, once each, and record it.

A letter arrives here already held (see ``depot.domain.letters.letter``). The mail leaves first,
then the letter says so: a crash between the two lets the lease run out and the sweep send once
more; nothing is ever lost. Whether its reader still wants mail, and still has the address, is read
just before.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import Conflict, MailDelayed, MailRefused, StoreUnavailable
from depot.domain.letters.letter import Failure, Letter
from depot.domain.letters.refusal import Why, address_subject
from depot.ports.courier import Courier
from depot.ports.links import Links, Subscriber, UnsubscribeLinks
from depot.ports.store import Replace, Store


logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mailroom:
    """Sends held letters and records what became of them.

    ``links`` is asked anew for each letter: keys rotate, and a mailroom lives as long as its
    process.
    """

    store: Store
    courier: Courier
    links: Callable[[], Links]

    def deliver(self, letter: Letter, recruiter: Recruiter | None, now: datetime) -> None:
        """Send one held letter.

        A delay leaves it to the sweep; a refusal or too many delays end it. Only the last word, of
        a dossier that is erased, needs no recruiter.
        """
        outcome = self._send(letter, recruiter, now)
        if outcome is None:
            return
        try:
            self.store.commit(Replace(outcome))
        except (
            Conflict
        ):  # the lease ran out while the mail was leaving: the other holder's record stands
            logger.warning("letter held twice", extra=_about(letter))

    def deliver_all(self, letters: Iterable[Letter], recruiter: Recruiter, now: datetime) -> None:
        """Send several, one after the other."""
        for letter in letters:
            self.deliver(letter, recruiter, now)

    def retry(self, letter: Letter, recruiter: Recruiter | None, now: datetime) -> bool:
        """Claim a letter whose holder gave up, then send it.

        False when somebody else claimed it first.
        """
        held = letter.claim(now)
        try:
            self.store.commit(Replace(held))
        except Conflict:
            return False
        self.deliver(held, recruiter, now)
        return True

    def _send(self, letter: Letter, recruiter: Recruiter | None, now: datetime) -> Letter | None:
        try:
            if why := self._withheld(letter, recruiter, now):
                logger.info("mail withheld", extra={**_about(letter), "why": why})
                return letter.failed(why)
            link, unsubscribe = self._link(letter, recruiter), self._unsubscribe_links(letter)
            message_id = self.courier.send(self._carrying(letter), link, unsubscribe)
            return letter.sent(message_id, now)
        except (MailDelayed, StoreUnavailable):
            logger.warning("mail delayed", extra=_about(letter))
            if not letter.exhausted(now):
                return None
        except MailRefused:
            pass
        logger.error("mail failed", extra=_about(letter))
        return letter.failed()

    def _withheld(
        self, letter: Letter, recruiter: Recruiter | None, now: datetime
    ) -> Failure | None:
        """Why this letter must stay, if it must.

        Its link is made now: one that waited for an address its reader left meanwhile would open
        the dossier to whoever reads that mailbox.
        """
        at = recruiter.written_at(letter.reader) if recruiter else None
        return "moved" if at and letter.to != at else self._refusal(letter, now)

    def _refusal(self, letter: Letter, now: datetime) -> Why | None:
        if letter.reader == "opco":
            return None
        subjects = [address_subject(letter.to), *([letter.asking.siren] if letter.asking else [])]
        found = filter(None, map(self.store.refusal, subjects))
        barring = (each for each in found if each.bars(letter.reader, now))
        return next((why for each in barring if (why := each.holds(now))), None)

    def _link(self, letter: Letter, recruiter: Recruiter | None) -> str | None:
        links = self.links()
        if letter.turn:
            return links.opco_url(letter.turn)
        if letter.asking:
            return links.cfa_url(letter.asking)
        if letter.reader == "new_address":
            return links.confirm_url(letter.recruiter_id, letter.change or 0)
        return self._own_link(letter, recruiter) if recruiter else None

    def _own_link(self, letter: Letter, recruiter: Recruiter) -> str | None:
        """The one of who deposited, or of the firm it was done for."""
        claim = letter.opens[0] if letter.opens else recruiter.employer_claim
        match letter.reader:
            case "depositor":
                return self.links().manage_url(recruiter)
            case "address":
                return self.links().firms_url(recruiter, letter.created_at)
            case "employer" if claim:
                return self.links().employer_url(claim)
        return None

    def _carrying(self, letter: Letter) -> Letter:
        """The letter with the link of each deposit it tells of, in their order: never stored."""
        if not letter.opens:
            return letter
        urls: list[JsonValue] = [self.links().employer_url(claim) for claim in letter.opens]
        return letter.model_copy(update={"facts": {**letter.facts, "urls": urls}})

    def _unsubscribe_links(self, letter: Letter) -> UnsubscribeLinks | None:
        if letter.asking is None:
            return None
        return self.links().unsubscribe(Subscriber(letter.asking.siren, address_subject(letter.to)))


def _about(letter: Letter) -> dict[str, str]:
    return {"letter": letter.id, "recruiter": letter.recruiter_id}
