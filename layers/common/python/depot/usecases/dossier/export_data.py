"""« Télécharger mes données »: all that is kept of a dossier, in words a person can read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from pydantic import JsonValue, RootModel

from depot.domain.letters.letter import OF_AN_ADDRESS
from depot.ports.links import Links
from depot.ports.personal import Kept, PersonalData
from depot.ports.store import Store
from depot.usecases.dossier.access import open_dossier
from depot.words.codes import VALUES
from depot.words.export import OF_THE_DEPOSITOR, Names


_OF_YOU: Final = "Tout ce que ce service garde sur vous et sur cette entreprise."


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
    return written(_OF_YOU, kept, OF_THE_DEPOSITOR, now)


def written(what: str, kept: Iterable[Kept], names: Names, now: datetime) -> Export:
    """Write down what is kept, in the words of one reader; ``what`` says what it is.

    What a letter tells of other dossiers is left out of it.
    """
    heading: dict[str, JsonValue] = {"exporté le": now.isoformat(), "ce que c’est": what}
    return Export(heading | dict(_sections(_discreet(tuple(kept)), names)))


def _discreet(kept: Sequence[Kept]) -> Iterator[Kept]:
    """Of a letter withheld for a complaint about another dossier, say only that it did not leave.

    Who typed the address of somebody does not learn that it is known here (as the manage page).
    """
    letters = [says for tag, says in kept if tag == "LETTER" and isinstance(says, dict)]
    complained = [says for says in letters if says.get("failure") == "complained"]
    known = [says.get("to") for says in complained if says.get("sent_at")]
    for each in kept:
        if each.says in complained and each.says.get("to") not in known:
            yield each._replace(says={**each.says, "failure": "refused"})
        else:
            yield each


def _sections(kept: Iterable[Kept], names: Names) -> Iterator[tuple[str, JsonValue]]:
    found: dict[str, list[JsonValue]] = {}
    for tag, says in kept:
        own = _of_this_dossier(says) if tag == "LETTER" else says
        found.setdefault(names.sections.get(tag, tag), []).append(_readable(own, names.fields))
    yield from found.items()


def _of_this_dossier(letter: JsonValue) -> JsonValue:
    """A letter, without what it tells of all the dossiers of its address: they may be another's."""
    if not isinstance(letter, dict) or letter.get("kind") not in OF_AN_ADDRESS:
        return letter
    return {name: value for name, value in letter.items() if name not in {"facts", "opens"}}


def _readable(value: JsonValue, fields: Mapping[str, str], field: str = "") -> JsonValue:
    match value:
        case Mapping():
            return {fields.get(k, k): _readable(each, fields, k) for k, each in value.items()}
        case list():
            return [_readable(each, fields, field) for each in value]
        case str():
            return VALUES.get(field, {}).get(value, value)
    return value
