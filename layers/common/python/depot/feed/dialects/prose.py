"""What several dialects say in prose of an offer, from its record alone."""

from html import escape
from typing import Final

from depot.domain.feed.record import OfferRecord
from depot.words import french


PUBLISHER: Final = "depot"
APPLY: Final = "Pour postuler, appelez l’entreprise au"


def described(record: OfferRecord) -> str:
    """The offer in a few sentences, its depositor's own description first.

    Partners want a description, most depositors give none.
    """
    return "\n".join(filter(None, (record.description, *_facts(record))))


def markup(text: str) -> str:
    """HTML, as most partners read a description, of a text that is none."""
    return escape(text, quote=False).replace("\n", "<br>")


def _facts(record: OfferRecord) -> tuple[str, ...]:
    posts = f"{record.openings} postes" if record.openings > 1 else "Un poste"
    others = ", ".join(metier.label for metier in record.other_metiers)
    return (
        f"{posts} en apprentissage : {record.title}{_at(record)}.",
        f"Convient aussi : {others}." if others else "",
        f"Début : {french.start(record.start_on.isoformat() if record.start_on else None)}.",
        f"Diplôme visé : {french.level(record.level)}." if record.level else "",
    )


def _at(record: OfferRecord) -> str:
    place = record.workplace
    town = f"{place.city} ({place.postcode})" if place.city else None
    where = filter(None, (place.name, town))
    return "".join(f", {each}" for each in where)


def shortened(text: str, longest: int) -> str:
    """The text, cut between two words and marked so when it is too long."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(maxsplit=1)[0] + "…"
