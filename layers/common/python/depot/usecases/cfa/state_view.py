"""The training centres asked about one offer, as its depositor sees them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from depot.domain.cfa.cfa_contact import CfaAnswer, CfaContact
from depot.domain.letters.letter import Letter
from depot.domain.life.offer import Offer
from depot.domain.model import Value
from depot.ports.store import Dossier


CfaState = Literal["pending", "sent", "read", "failed", "refused"] | CfaAnswer


class CfaView(Value):
    """One training centre asked.

    ``state``: the mail is about to leave, left, was opened by a person, could not be delivered,
    stayed because the centre wants none; or what the centre answered. ``since``: when.
    The rest comes with an answer; ``email`` is where a centre with candidates can be written to.
    """

    name: str
    city: str
    distance_km: float
    state: CfaState
    since: datetime | None = None
    candidates: int | None = None
    word: str | None = None
    phone: str | None = None
    email: str | None = None
    back_on: date | None = None


def cfa_views(offer: Offer, dossier: Dossier) -> tuple[CfaView, ...]:
    """Show them, nearest first."""
    letters = {letter.id: letter for letter in dossier.letters}
    asked = sorted(
        (contact for contact in dossier.contacts if contact.offer_id == offer.id),
        key=lambda contact: (contact.centre.distance_km, contact.centre.siret),
    )
    return tuple(_view(contact, letters) for contact in asked)


def _view(contact: CfaContact, letters: Mapping[str, Letter]) -> CfaView:
    centre, reply = contact.centre, contact.reply
    state, since = _state(contact, letters.get(contact.letter_id))
    shown = CfaView(
        name=centre.name,
        city=centre.city,
        distance_km=centre.distance_km,
        state=state,
        since=since,
    )
    if reply is None:
        return shown
    told = reply.model_dump(exclude={"answer"})
    if reply.answer == "candidates":
        told["email"] = reply.email or centre.email
    return shown.model_copy(update=told)


def _state(contact: CfaContact, letter: Letter | None) -> tuple[CfaState, datetime | None]:
    if contact.reply:
        return contact.reply.answer, contact.replied_at
    if letter and letter.failure in {"unsubscribed", "complained"}:
        return "refused", None
    if letter and letter.state == "failed":
        return "failed", None
    if contact.read_at:
        return "read", contact.read_at
    if letter and letter.state == "sent":
        return "sent", letter.sent_at
    return "pending", None
