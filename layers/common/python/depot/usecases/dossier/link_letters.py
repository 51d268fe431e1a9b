"""The letters of « Renvoyer mon lien »: to one address, the links of all it may open.

Who deposits gets the link of what he manages; a firm somebody deposited for, those of what was
deposited for it. An address that is both gets one of each. Letters are kept with the oldest dossier
of the address, whichever way they were asked for: what it was sent before is found there.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from pydantic import JsonValue

from depot.domain.dossier.link_request import LinkRequest, may_be_sent
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.letters.letter import Letter, LetterKind, write
from depot.domain.letters.refusal import address_subject
from depot.ports.store import Store
from depot.usecases.letters.facts import MANY, firm_facts, listed, title_facts


# Firms told of in one mail: the page behind its link lists them all.
_IN_ONE_MAIL: Final = 40
# Deposits told of in one mail to a firm: each has its own link.
_OPENED: Final = 20
# Offers told of each, when there are several.
_OF_EACH: Final = 5
_TO_DEPOSITOR: Final[tuple[LetterKind, ...]] = ("link_resent", "links_resent")
_TO_EMPLOYER: Final[tuple[LetterKind, ...]] = ("employer_link_resent",)


def link_letters(
    email: str, asked: LinkRequest, store: Store, now: datetime
) -> Iterator[tuple[Letter, Recruiter]]:
    """What an address is sent; nothing of a kind this slot brought it already, or today enough."""
    managed, deposited = (
        _oldest_first(store.of_email(email)),
        _oldest_first(store.of_employer(email)),
    )
    if managed and _may_be_sent(managed[0], _TO_DEPOSITOR, email, asked.slot, store):
        yield _manages(managed, asked.slot, store, now), managed[0]
    if deposited and _may_be_sent(deposited[0], _TO_EMPLOYER, email, asked.slot, store):
        yield _answers(email, deposited, asked, store, now), deposited[0]


def _oldest_first(found: Sequence[Recruiter]) -> Sequence[Recruiter]:
    return sorted(found, key=lambda each: (each.created_at, each.id))


def _may_be_sent(
    first: Recruiter, kinds: Sequence[LetterKind], email: str, slot: str, store: Store
) -> bool:
    dossier = store.dossier(first.id)
    kept = dossier.letters if dossier else ()
    told = [letter.id.partition("-")[2] for letter in kept if letter.kind in kinds]
    whose = _about("", email)
    return may_be_sent(slot, {each.removesuffix(whose) for each in told if each.endswith(whose)})


def _about(slot: str, email: str) -> str:
    """Of a slot and an address: another the dossier moves to within the slot is written to too."""
    return f"{slot}-{address_subject(email)[:8]}"


def _manages(mine: Sequence[Recruiter], slot: str, store: Store, now: datetime) -> Letter:
    """The manage link of the only dossier, or one link to them all."""
    first = mine[0]
    most = MANY if len(mine) == 1 else _OF_EACH
    firms: list[JsonValue] = [_firm(each, store, most) for each in mine[:_IN_ONE_MAIL]]
    return write(
        "link_resent" if len(mine) == 1 else "links_resent",
        about=_about(slot, first.contact.email),
        recruiter_id=first.id,
        to=first.contact.email,
        facts={**firm_facts(first), "firms": firms, "others": max(0, len(mine) - _IN_ONE_MAIL)},
        now=now,
    )


def _answers(
    email: str, mine: Sequence[Recruiter], asked: LinkRequest, store: Store, now: datetime
) -> Letter:
    """The link of each deposit: those for the firm asked about first, then the newest."""

    def order(each: Recruiter) -> tuple[bool, datetime, str]:
        return each.siret == asked.siret, each.created_at, each.id

    told = sorted(mine, key=order, reverse=True)[:_OPENED]
    most = MANY if len(told) == 1 else _OF_EACH
    firms: list[JsonValue] = [_deposit(each, store, most) for each in told]
    return write(
        "employer_link_resent",
        about=_about(asked.slot, email),
        recruiter_id=mine[0].id,
        to=email,
        facts={"firms": firms, "others": len(mine) - len(told)},
        opens=tuple(filter(None, (each.employer_claim for each in told))),
        now=now,
    )


def _firm(recruiter: Recruiter, store: Store, most: int) -> dict[str, JsonValue]:
    dossier = store.dossier(recruiter.id)
    live = dossier.live if dossier else []
    return {
        "name": recruiter.name,
        "siret": recruiter.siret,
        **listed(live, title_facts, most),
    }


def _deposit(recruiter: Recruiter, store: Store, most: int) -> JsonValue:
    """A firm, with who deposited for it: its name, no person."""
    who = recruiter.provenance
    return _firm(recruiter, store, most) | {"depositor": who.model_dump() if who else None}
