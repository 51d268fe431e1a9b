"""What several pages show alike: a métier, a need, a contact, and in which order."""

from collections.abc import Sequence
from datetime import date

from depot.domain.dossier.contact import Contact
from depot.domain.firm.company import Address
from depot.domain.life.metiers import Metier
from depot.domain.life.offer import Offer
from depot.domain.model import Value


class MetierView(Value):
    """A métier as shown."""

    code: str
    label: str
    rome: str


class ContactView(Value):
    """The contact, as typed or nearly."""

    name: str
    email: str
    phone: str


class NeedView(Value):
    """What the firm asks for. ``workplace`` is an address other than the firm's."""

    other_metiers: tuple[MetierView, ...] = ()
    level: str | None = None
    start_on: date | None = None
    openings: int
    description: str | None = None
    workplace: Address | None = None
    ends_on: date


def metier_view(metier: Metier) -> MetierView:
    """Show a métier."""
    return MetierView(code=metier.code, label=metier.label, rome=metier.rome)


def need_view(offer: Offer) -> NeedView:
    """Show what a firm asks for."""
    need = offer.need
    return NeedView(
        other_metiers=tuple(map(metier_view, need.other_metiers)),
        level=need.level,
        start_on=need.start_on,
        openings=need.openings,
        description=need.description,
        workplace=offer.workplace.elsewhere,
        ends_on=offer.ends_on,
    )


def contact_view(contact: Contact) -> ContactView:
    """Show the person to call."""
    return ContactView(name=contact.name, email=contact.email, phone=contact.phone)


def newest_first(offers: Sequence[Offer]) -> list[Offer]:
    """Order offers as the depositor reads them."""
    return sorted(offers, key=lambda offer: (offer.published_at, offer.id), reverse=True)
