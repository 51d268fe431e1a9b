"""Facts in the words a person of France reads, in mails and on pages."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final


_DAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS: Final = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_SPACES: Final = re.compile(r" (?=[:;?!»])|(?<=«) ")
# Labels of the European levels, as La bonne alternance words them since 2024.
LEVELS: Final[Mapping[str, str]] = {
    "3": "CAP, BEP (Infrabac)",
    "4": "Bac, Bac Pro, BP (Bac)",
    "5": "BTS, DEUST (Bac+2)",
    "6": "Licence, BUT, Licence Pro (Bac+3)",
    "7": "Master, titre ingénieur, grande école (Bac+5)",
}
# What of an offer may change after its employer read it.
CHANGES: Final[Mapping[str, str]] = {
    "metier": "le métier",
    "other_metiers": "les autres métiers possibles",
    "start_on": "la date de début",
    "level": "le niveau",
    "openings": "le nombre de postes",
    "description": "la description",
    "workplace": "le lieu de travail",
    "reactivated": "l’offre est de nouveau en ligne",
}


def spaces(text: str) -> str:
    """Keep : ; ? ! and guillemets on the line of the word they go with."""
    return _SPACES.sub("\N{NO-BREAK SPACE}", text)


def hyphens(text: str) -> str:
    """Keep « e-mail » in one piece, where lines are broken to fit."""
    return text.replace("e-mail", "e\N{NON-BREAKING HYPHEN}mail")


def phone(spoken: str) -> str:
    """Keep a number, in its groups, on one line."""
    return spoken.replace(" ", "\N{NO-BREAK SPACE}")


def long_date(iso: str) -> str:
    """``2026-12-21`` as « lundi 21 décembre 2026 »; the first of the month is « 1er »."""
    day = date.fromisoformat(iso)
    number = "1er" if day.day == 1 else str(day.day)
    return f"{_DAYS[day.weekday()]} {number} {_MONTHS[day.month - 1]} {day.year}"


def start(iso: str | None) -> str:
    """When the contract should start."""
    return long_date(iso) if iso else "dès que possible"


def level(code: str | None) -> str:
    """Level expected."""
    return LEVELS[code] if code else "indifférent"


def change(code: str) -> str:
    """What of an offer changed, by the name of its field."""
    return CHANGES[code]


def siret(digits: str) -> str:
    """A SIRET in groups, as people write it."""
    return "\N{NO-BREAK SPACE}".join((digits[:3], digits[3:6], digits[6:9], digits[9:]))


def kilometres(distance: float) -> str:
    """A distance, with a decimal comma, as short as it can be said."""
    return f"{distance:.1f}".replace(".", ",").removesuffix(",0") + " km"
