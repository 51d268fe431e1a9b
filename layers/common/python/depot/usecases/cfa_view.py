"""The training centres asked about one offer, as its depositor sees them."""

from collections.abc import Mapping

from depot.domain.letter import Progress
from depot.domain.model import Value
from depot.domain.offer import Offer
from depot.ports.store import Dossier


class CfaView(Value):
    """One training centre asked."""

    name: str
    city: str
    distance_km: float
    state: Progress


def cfa_views(
    offer: Offer, dossier: Dossier, progress: Mapping[str, Progress]
) -> tuple[CfaView, ...]:
    """Show them, nearest first; ``progress`` is that of each letter."""
    asked = sorted(
        (contact for contact in dossier.contacts if contact.offer_id == offer.id),
        key=lambda contact: (contact.centre.distance_km, contact.centre.siret),
    )
    return tuple(
        CfaView(
            name=contact.centre.name,
            city=contact.centre.city,
            distance_km=contact.centre.distance_km,
            state=progress.get(contact.letter_id, "pending"),
        )
        for contact in asked
    )
