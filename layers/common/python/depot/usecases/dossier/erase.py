"""Erase a dossier, at once and for good: because its holder asks, or nobody used it for two years.

The first transaction closes it: links die, what is online is withdrawn, the last word is written,
and the intention to erase is kept. Then everything goes, partition by partition. A crash leaves the
intention, which the sweep takes up; so does the day after, for what was being written meanwhile.
"""

import logging
from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from depot.domain.dossier.erasure import Erasure
from depot.domain.errors import Conflict
from depot.domain.letters.letter import Letter, write
from depot.domain.model import Value, Versioned
from depot.ports.links import Links
from depot.ports.personal import PersonalData
from depot.ports.store import Create, Dossier, Replace, Store
from depot.usecases.dossier.access import open_dossier
from depot.usecases.dossier.recruiter_change import as_read, changed
from depot.usecases.firm.firms import commit_firm
from depot.usecases.letters.facts import firm_facts
from depot.usecases.letters.mailroom import Mailroom


logger = logging.getLogger(__name__)

_LAST_WORD: Final = "erased"


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
    why: Literal["asked", "unused"],
    *,
    store: Store,
    mailroom: Mailroom,
    now: datetime,
) -> bool:
    """Close a dossier for ever; False when it changed since it was read."""
    recruiter = dossier.recruiter
    letter = _last_word(dossier, why, now)
    closed = Replace(recruiter.forgotten(now)), Create(Erasure.of(recruiter.id, why, now))
    offers = [Replace(offer.close("cancelled", None, now)) for offer in dossier.live]
    try:
        commit_firm(store, offers, *closed, Create(letter))
    except Conflict:
        return False
    mailroom.deliver(letter, None, now)
    return True


def erase(recruiter_id: str, *, store: Store, personal: PersonalData, now: datetime) -> bool:
    """Remove what is left; say whether anything was. The last pass removes the intention too."""
    erasure = store.erasure(recruiter_id)
    if erasure is None:
        return False
    if recruiter := store.recruiter(recruiter_id):
        personal.forget_firm(recruiter.siret)
    letter = store.letter(recruiter_id, f"{_LAST_WORD}-{recruiter_id}")
    waits = letter is not None and letter.state == "pending"
    spared = (erasure, letter) if letter and waits else (erasure,)
    removed = personal.forget(recruiter_id, spared)
    logger.info("erased", extra={"recruiter": recruiter_id, "why": erasure.why, "items": removed})
    if erasure.settled(now) and not waits:
        personal.forget(recruiter_id)
    else:
        store.commit(Replace(erasure.passed(now, letter_waits=waits)))
    return removed > 0


def _last_word(dossier: Dossier, why: str, now: datetime) -> Letter:
    recruiter = dossier.recruiter
    return write(
        _LAST_WORD,
        about=recruiter.id,
        recruiter_id=recruiter.id,
        to=recruiter.contact.email,
        facts={**firm_facts(recruiter), "why": why, "withdrawn": len(dossier.live)},
        now=now,
    )
