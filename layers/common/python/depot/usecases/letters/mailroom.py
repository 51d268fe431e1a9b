"""Hand letters over, once each, and record it.

A letter arrives here already held (see ``depot.domain.letters.letter``). The mail leaves first,
then the letter says so: a crash between the two lets the lease run out and the sweep send once
more; nothing is ever lost. Whether its reader still wants mail, and still has the address, is read
just before.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from pydantic import JsonValue

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import Conflict, MailDelayed, MailRefused, StoreUnavailable
from depot.domain.letters.letter import Letter
from depot.domain.letters.refusal import Why, address_subject
from depot.ports.courier import Courier, LinkedLetter
from depot.ports.links import Links, Subscriber, UnsubscribeLinks
from depot.ports.store import Replace, Store


logger = logging.getLogger(__name__)

Held = tuple[Letter, Recruiter]
"""A letter held by whoever has it here, and whose dossier it is of."""


@dataclass(frozen=True)
class Mailroom:
    """Sends held letters and records what became of them.

    ``links`` is asked anew for each letter: keys rotate, and a mailroom lives as long as its
    process.
    """

    store: Store
    courier: Courier
    links: Callable[[], Links]

    def deliver(self, letter: Letter, recruiter: Recruiter | None, now: datetime) -> Letter | None:
        """Send one held letter; say what became of it, None while it waits.

        A delay leaves it to the sweep; a refusal or too many delays end it. Only the last word, of
        a dossier that is erased, needs no recruiter.
        """
        outcomes = self._settle([letter], partial(self._hand_over, letter, recruiter), now)
        return outcomes[0] if outcomes else None

    def deliver_together(self, held: Sequence[Held], now: datetime) -> None:
        """Send held letters, those of one kind to one address as one mail.

        Each is recorded in its own dossier.
        """
        mails = defaultdict[tuple[str, str], list[Held]](list)
        for letter, recruiter in held:
            mails[letter.kind, letter.to].append((letter, recruiter))
        for mail in mails.values():
            if len(mail) == 1:
                self.deliver(*mail[0], now)
            else:
                letters = [letter for letter, _ in mail]
                self._settle(letters, partial(self._hand_over_together, mail), now)

    def deliver_all(
        self, letters: Iterable[Letter], recruiter: Recruiter, now: datetime
    ) -> Sequence[Letter]:
        """Send several, one after the other; say what became of those that do not wait."""
        outcomes = [self.deliver(letter, recruiter, now) for letter in letters]
        return [outcome for outcome in outcomes if outcome]

    def retry(self, letter: Letter, recruiter: Recruiter | None, now: datetime) -> bool:
        """Claim a letter whose holder gave up, then send it.

        False when somebody else claimed it first, or its reader moved and it may not follow.
        """
        held = self._claimed(letter, recruiter, now)
        if held is None:
            return False
        self.deliver(held, recruiter, now)
        return True

    def retry_together(self, left: Iterable[Held], now: datetime) -> int:
        """Claim letters as ``retry`` does, send them as ``deliver_together`` does; say how many."""
        claimed = ((self._claimed(letter, whose, now), whose) for letter, whose in left)
        held = [(letter, whose) for letter, whose in claimed if letter]
        self.deliver_together(held, now)
        return len(held)

    def _claimed(self, letter: Letter, recruiter: Recruiter | None, now: datetime) -> Letter | None:
        """Claim it, for where its reader is by now: links of today are not for an old address."""
        held = letter.claim(now, to=recruiter.written_at(letter.reader) if recruiter else None)
        try:
            self.store.commit(Replace(held))
        except Conflict:
            return None
        if held.state == "failed":
            logger.info("mail withheld", extra={**_about(held), "why": held.failure})
            return None
        return held

    def _settle(
        self, letters: Sequence[Letter], hand_over: Callable[[], str], now: datetime
    ) -> Sequence[Letter]:
        """Hand one mail over, and record what became of each letter it carries."""
        outcomes = self._outcomes(letters, hand_over, now)
        for outcome in outcomes:
            try:
                self.store.commit(Replace(outcome))
            except Conflict:
                # The lease ran out while the mail was leaving: the other holder's record stands.
                logger.warning("letter held twice", extra=_about(outcome))
        return outcomes

    def _outcomes(
        self, letters: Sequence[Letter], hand_over: Callable[[], str], now: datetime
    ) -> Sequence[Letter]:
        """What the letters of one mail become; those that wait do not change."""
        given_up = letters
        try:
            if why := self._refusal(letters[0], now):
                logger.info("mail withheld", extra={**_about(letters[0]), "why": why})
                return [letter.failed(why) for letter in letters]
            message_id = hand_over()
            return [letter.sent(message_id, now) for letter in letters]
        except (MailDelayed, StoreUnavailable):
            logger.warning("mail delayed", extra=_about(letters[0]))
            given_up = [letter for letter in letters if letter.exhausted(now)]
        except MailRefused:
            pass
        for letter in given_up:
            logger.error("mail failed", extra=_about(letter))
        return [letter.failed() for letter in given_up]

    def _hand_over(self, letter: Letter, recruiter: Recruiter | None) -> str:
        link, unsubscribe = self._link(letter, recruiter), self._unsubscribe_links(letter)
        return self.courier.send(self._carrying(letter), link, unsubscribe)

    def _hand_over_together(self, held: Sequence[Held]) -> str:
        """With the link of each dossier and, beyond one, that to all those of the address."""
        links, (letter, first) = self.links(), held[0]
        told = [LinkedLetter(letter, links.manage_url(recruiter)) for letter, recruiter in held]
        several = len({recruiter.id for _, recruiter in held}) > 1
        everything = links.firms_url(first, letter.created_at) if several else told[0].link
        return self.courier.send_together(told, everything)

    def _refusal(self, letter: Letter, now: datetime) -> Why | None:
        """Why this letter must stay, if it must."""
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
