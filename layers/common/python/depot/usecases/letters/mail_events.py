"""What SES tells of a mail after it left: it came back for good, or its reader complained.

An address in error is written to no more, and the letter says so: its depositor sees it. A centre
that complains has unsubscribed. An OPCO's mailbox is ours to mend (``infra/opcos``): it stays in
use, and its return rings.
"""

import logging
from contextlib import suppress
from datetime import datetime
from typing import Literal

from depot.domain.errors import Conflict
from depot.domain.letters.letter import TOLD_TOGETHER, Letter, reader_of
from depot.domain.letters.refusal import MailRefusal, Why, address_subject
from depot.domain.model import Value
from depot.ports.store import Change, Replace, Store
from depot.usecases.cfa.subscription import refused, write_refusals


logger = logging.getLogger(__name__)


class MailEvent(Value):
    """A mail of ours that came back (``bounced``, for good) or was complained of."""

    what: Literal["bounced", "complained"]
    addresses: tuple[str, ...]
    recruiter_id: str
    letter_id: str


def mail_returned(event: MailEvent, *, store: Store, now: datetime) -> None:
    """Write to these addresses no more, and say so in the letter. Twice is once."""
    about = {"letter": event.letter_id, "recruiter": event.recruiter_id, "what": event.what}
    reader = reader_of(event.letter_id)
    if reader == "opco":
        logger.error("mail to an opco returned", extra=about)
    else:
        logger.warning("mail returned", extra=about)
    complaint_of_a_centre = event.what == "complained" and reader == "cfa"
    why: Why = "unsubscribed" if complaint_of_a_centre else event.what

    def letter() -> Letter | None:
        return store.letter(event.recruiter_id, event.letter_id)

    def moved(refusal: MailRefusal | None, subject: str) -> Change | None:
        return refused(refusal, subject, why, now)

    def marked() -> Change | None:
        found = letter()
        return Replace(found.returned(event.what)) if found and not found.failure else None

    found = letter()
    subjects = [] if reader == "opco" else list(map(address_subject, event.addresses))
    if complaint_of_a_centre and found and found.asking:
        subjects.append(found.asking.siren)
    write_refusals(store, tuple(subjects), moved, marked)
    if found and found.message_id and found.kind in TOLD_TOGETHER:
        _mark_the_others(found, event.what, store)


def _mark_the_others(first: Letter, what: Literal["bounced", "complained"], store: Store) -> None:
    """Say so in each letter that left in the same mail: other dossiers of its address."""
    for recruiter_id in store.reached_at(first.to):
        dossier = store.dossier(recruiter_id)
        for letter in dossier.letters if dossier else ():
            if letter.message_id == first.message_id and not letter.failure:
                with suppress(Conflict):  # being erased, or marked by the same event
                    store.commit(Replace(letter.returned(what)))
