"""What letters are written about, and when."""

from collections.abc import Callable
from typing import Any

from depot.domain.letters.letter import Letter
from tests.builders import BAKER, CHOCOLATE_MAKER, NOW, PASTRY_COOK
from tests.world import World, days


Sent = tuple[Letter, str | None]
Write = Callable[[World], Sent]
"""What happens for a letter to be written, and that letter."""


FULL_NEED: dict[str, Any] = {
    "metier": BAKER.code,
    "other_metiers": [PASTRY_COOK.code, CHOCOLATE_MAKER.code],
    "start_on": "2027-02-01",
    "level": "3",
    "openings": 2,
    "description": "Four à bois, travail de nuit.\n\nPas de permis nécessaire.",
    "ask_cfa": True,
}


ELSEWHERE: dict[str, Any] = {"street": "12 rue du Four", "postcode": "24000", "city": "Perigueux"}


REMINDER = NOW + days(21)


END = NOW + days(29)


UNANSWERED = NOW + days(3)


SILENT = NOW + days(7)  # a Monday


UNUSED = NOW + days(730)


def last(world: World) -> Sent:
    return world.courier.sent[-1]


def of_kind(world: World, kind: str) -> Sent:
    return next(sent for sent in world.courier.sent if sent[0].kind == kind)
