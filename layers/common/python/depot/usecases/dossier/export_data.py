"""« Télécharger mes données »: all that is kept of a dossier, under names a person can read."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from pydantic import JsonValue, RootModel

from depot.ports.links import Links
from depot.ports.personal import Kept, PersonalData
from depot.ports.store import Store
from depot.usecases.dossier.access import open_dossier
from depot.words.export import FIELDS, SECTIONS


class Export(RootModel[dict[str, JsonValue]]):
    """The file: a heading, then one list a kind of thing."""


def export_data(
    *, token: str, store: Store, links: Links, personal: PersonalData, now: datetime
) -> Export:
    """Give everything, by partition: a kind nobody thought of here is in it under its own name.

    Raises LinkInvalid.
    """
    recruiter = open_dossier(token, store=store, links=links).recruiter
    kept = (*personal.everything(recruiter.id), *personal.of_firm(recruiter.siret))
    heading: dict[str, JsonValue] = {
        "exporté le": now.isoformat(),
        "ce que c’est": "Tout ce que ce service garde sur vous et sur cette entreprise.",
    }
    return Export(heading | dict(_sections(kept)))


def _sections(kept: Iterable[Kept]) -> Iterator[tuple[str, JsonValue]]:
    found: dict[str, list[JsonValue]] = {}
    for tag, says in kept:
        found.setdefault(SECTIONS.get(tag, tag), []).append(_readable(says))
    yield from found.items()


def _readable(value: JsonValue) -> JsonValue:
    match value:
        case Mapping():
            return {FIELDS.get(name, name): _readable(each) for name, each in value.items()}
        case list():
            return [_readable(each) for each in value]
    return value
