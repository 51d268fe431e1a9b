"""Entities put into a store, and what it says is due."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from depot.domain.model import Entity
from depot.ports.store import Create, Dossier, Due, Store


INSTANT = timedelta(microseconds=1)


OTHER_SIRET = "30247464800664"


def keep(store: Store, *entities: Entity) -> None:
    store.commit(*map(Create, entities))


def due(store: Store, now: Any) -> Sequence[Due]:
    return sorted(store.due(now), key=lambda found: (found.recruiter_id, found.id))


def _sorted(dossier: Dossier) -> list[Entity]:
    found = (
        [dossier.recruiter],
        dossier.offers,
        dossier.notices,
        dossier.rounds,
        dossier.contacts,
        dossier.letters,
        dossier.receipts,
    )
    return sorted((entity for kind in found for entity in kind), key=repr)
