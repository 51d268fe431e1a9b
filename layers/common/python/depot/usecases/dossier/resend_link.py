"""« Renvoyer mon lien »: ask while somebody waits, mail once nobody does.

Asking writes one item and reads nothing, whoever is asked about, so the answer and how long it
takes tell nobody who is known here. The item wakes the mailing (or the sweep does): one mail an
address, with all it manages.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final, Literal

from pydantic import JsonValue

from depot.domain.dossier.link_request import LinkForm, LinkRequest
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import Conflict
from depot.domain.letters.letter import Letter, write
from depot.domain.model import Value
from depot.ports.store import Create, Replace, Store
from depot.usecases.letters.facts import MANY, firm_facts, listed, title_facts
from depot.usecases.letters.mailroom import Mailroom


# Firms told of in one mail: the page behind its link lists them all.
_IN_ONE_MAIL: Final = 40
# Offers told of each, when there are several.
_OF_EACH: Final = 5
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
    """One an address; none if this slot brought it one already, asked for in another way."""
    for email in _addresses(asked, store)[:_ADDRESSES]:
        mine = sorted(store.of_email(email), key=lambda each: (each.created_at, each.id))
        if mine:
            letter = _letter(mine, asked.slot, store, now)
            if store.letter(mine[0].id, letter.id) is None:
                yield letter, mine[0]


def _addresses(asked: LinkRequest, store: Store) -> Sequence[str]:
    if asked.email:
        return [asked.email]
    found = store.of_siret(asked.siret) if asked.siret else ()
    return list(dict.fromkeys(recruiter.contact.email for recruiter in found))


def _letter(mine: Sequence[Recruiter], slot: str, store: Store, now: datetime) -> Letter:
    """The manage link of the only dossier, or one link to them all; kept with the oldest."""
    first = mine[0]
    most = MANY if len(mine) == 1 else _OF_EACH
    firms: list[JsonValue] = [_firm(each, store, most) for each in mine[:_IN_ONE_MAIL]]
    return write(
        "link_resent" if len(mine) == 1 else "links_resent",
        about=slot,
        recruiter_id=first.id,
        to=first.contact.email,
        facts={**firm_facts(first), "firms": firms, "others": max(0, len(mine) - _IN_ONE_MAIL)},
        now=now,
    )


def _firm(recruiter: Recruiter, store: Store, most: int) -> JsonValue:
    dossier = store.dossier(recruiter.id)
    live = dossier.live if dossier else []
    return {
        "name": recruiter.name,
        "siret": recruiter.siret,
        **listed(live, title_facts, most),
    }
