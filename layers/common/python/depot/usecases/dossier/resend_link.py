"""« Renvoyer mon lien »: ask while somebody waits, mail once nobody does.

Asking writes one item and reads nothing, whoever is asked about, so the answer and how long it
takes tell nobody who is known here. The item wakes the mailing (or the sweep does): each
address is written to once, of all it may open (``depot.usecases.dossier.link_letters``).
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final, Literal

from depot.domain.dossier.link_request import LinkForm, LinkRequest
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import Conflict
from depot.domain.letters.letter import Letter
from depot.domain.model import Value
from depot.ports.store import Create, Replace, Store
from depot.usecases.dossier.link_letters import link_letters
from depot.usecases.letters.mailroom import Mailroom


# Addresses one SIRET may wake: far from the hundred items of a transaction.
_ADDRESSES: Final = 20


class LinkAsked(Value):
    """The answer to whoever asks: the same, always."""

    accepted: Literal[True] = True


def ask_link(form: LinkForm, *, store: Store, now: datetime) -> LinkAsked:
    """Keep that a link was asked for; the same one in the same slot is kept already."""
    with suppress(Conflict):
        store.commit(Create(LinkRequest.of(form, now)))
    return LinkAsked()


def resend_link(owner: str, slot: str, *, store: Store, mailroom: Mailroom, now: datetime) -> int:
    """Mail what was asked for to each address it concerns, once; say how many were written to."""
    asked = store.link_request(owner, slot)
    if asked is None or asked.state != "waiting":
        return 0
    written = list(_letters(asked, store, now))
    try:
        store.commit(Replace(asked.done()), *(Create(letter) for letter, _ in written))
    except Conflict:  # somebody else did, or will: the request is due until it is done
        return 0
    for letter, recruiter in written:
        mailroom.deliver(letter, recruiter, now)
    return len(written)


def _letters(asked: LinkRequest, store: Store, now: datetime) -> Iterator[tuple[Letter, Recruiter]]:
    for email in _addresses(asked, store)[:_ADDRESSES]:
        yield from link_letters(email, asked, store, now)


def _addresses(asked: LinkRequest, store: Store) -> Sequence[str]:
    """The one asked about; of an establishment, its depositors' and those it is reached at."""
    if asked.email:
        return [asked.email]
    found = store.of_siret(asked.siret) if asked.siret else ()
    both = (each for recruiter in found for each in (recruiter.contact, recruiter.firm_contact))
    return list(dict.fromkeys(contact.email for contact in both))
