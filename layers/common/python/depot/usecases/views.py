"""What several pages show alike: a métier, a contact, and in which order."""

from collections.abc import Sequence

from depot.domain.dossier.contact import Contact
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


def metier_view(metier: Metier) -> MetierView:
    """Show a métier."""
    return MetierView(code=metier.code, label=metier.label, rome=metier.rome)


def contact_view(contact: Contact) -> ContactView:
    """Show the person to call."""
    return ContactView(name=contact.name, email=contact.email, phone=contact.phone)


def newest_first(offers: Sequence[Offer]) -> list[Offer]:
    """Order offers as the depositor reads them."""
    return sorted(offers, key=lambda offer: (offer.published_at, offer.id), reverse=True)
