"""Erase a dossier, at once and for good.

Because its holder asks, or the firm it was deposited for, or nobody used it for two years.

The first transaction closes it: links die, what is online is withdrawn, the last word is written,
and the intention to erase is kept. Then everything goes, partition by partition. A crash leaves the
intention, which the sweep takes up; so does the day after, for what was being written meanwhile.
"""

import logging
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from depot.domain.dossier.erasure import Erasure, Why
from depot.domain.errors import Conflict
from depot.domain.life.offer import Offer
from depot.domain.life.states import EMPLOYER
from depot.domain.model import Value, Versioned
from depot.ports.links import Links
from depot.ports.personal import PersonalData
from depot.ports.store import Change, Create, Dossier, Replace, Store
from depot.usecases.dossier.access import open_dossier
from depot.usecases.dossier.last_words import last_words, waiting
from depot.usecases.dossier.recruiter_change import as_read, changed
from depot.usecases.firm.firms import commit_firm
from depot.usecases.letters.mailroom import Mailroom


logger = logging.getLogger(__name__)


def _word(text: str) -> str:
    if text.upper() != "EFFACER":
        raise PydanticCustomError("confirmation", "confirmation")
    return text


class ErasureForm(Versioned):
    """Erase the dossier that the page showed; the word is one that no finger types by chance."""

    confirmation: Annotated[str, StringConstraints(max_length=20), AfterValidator(_word)]


class Erased(Value):
    """Done; where the last word was sent."""

    email: str


def ask_erasure(
    form: ErasureForm,
    *,
    token: str,
    store: Store,
    links: Links,
    personal: PersonalData,
    mailroom: Mailroom,
    now: datetime,
) -> Erased:
    """Erase the dossier a link opens. Raises LinkInvalid, StaleVersion."""
    dossier = open_dossier(token, store=store, links=links)
    recruiter = as_read(dossier, form.version)
    if not begin(dossier, "asked", store=store, mailroom=mailroom, now=now):
        raise changed(dossier, store)
    erase(recruiter.id, store=store, personal=personal, now=now)
    return Erased(email=recruiter.contact.email)


def begin(
    dossier: Dossier,
    why: Why,
    *others: Change,
    store: Store,
    mailroom: Mailroom,
    now: datetime,
    beside: int | None = 0,
) -> bool:
    """Close a dossier for ever, and write ``others`` with it; ``beside`` is of ``last_words``.

    False when any of it changed since it was read.
    """
    recruiter = dossier.recruiter
    letters = last_words(dossier, why, now, beside=beside)
    closed = Replace(recruiter.forgotten(now)), Create(Erasure.of(recruiter.id, why, now))
    offers = [Replace(_ended(offer, why, now)) for offer in dossier.live]
    try:
        commit_firm(store, offers, *closed, *others, *map(Create, letters))
    except Conflict:
        return False
    for letter in letters:
        mailroom.deliver(letter, None, now)
    return True


def _ended(offer: Offer, why: Why, now: datetime) -> Offer:
    if why == "employer":
        return offer.withdraw(now, reason="removed_by_employer", by=EMPLOYER)
    return offer.close("cancelled", None, now)


def erase(recruiter_id: str, *, store: Store, personal: PersonalData, now: datetime) -> bool:
    """Remove what is left; say whether anything was. The last pass removes the intention too."""
    erasure = store.erasure(recruiter_id)
    if erasure is None:
        return False
    if recruiter := store.recruiter(recruiter_id):
        personal.forget_firm(recruiter.siret)
    letters = waiting(recruiter_id, store=store)
    removed = personal.forget(recruiter_id, (erasure, *letters))
    logger.info("erased", extra={"recruiter": recruiter_id, "why": erasure.why, "items": removed})
    if erasure.settled(now) and not letters:
        personal.forget(recruiter_id)
    else:
        store.commit(Replace(erasure.passed(now, letter_waits=bool(letters))))
    return removed > 0
