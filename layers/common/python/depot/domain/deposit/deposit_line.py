"""One line of a deposit file, as the fields of a deposit.

Nothing is guessed: digits a spreadsheet dropped are asked for again.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from depot.domain.deposit.deposit_file import COLUMNS, REQUIRED, FileRow
from depot.domain.errors import FieldError
from depot.domain.folding import folded
from depot.domain.identifiers import digits_of, is_siret


class _Unread(ValueError):
    """A cell nobody can read; its message is an error code."""


_SCIENTIFIC: Final = re.compile(r"\d+(?:[.,]\d+)?\s*[eE]\s*\+?\d+")
_FRENCH_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_SIRET: Final = 14
_SIREN: Final = 9
_LEVELS: Final = {
    **dict.fromkeys(("3", "cap", "bep", "infrabac", "cap bep", "cap bep infrabac"), "3"),
    **dict.fromkeys(("4", "bac", "bac pro", "bp", "bac bac pro bp bac"), "4"),
    **dict.fromkeys(("5", "bts", "deust", "bac 2", "bts deust bac 2"), "5"),
    **dict.fromkeys(("6", "licence", "licence pro", "but", "bac 3"), "6"),
    **dict.fromkeys(("7", "master", "ingenieur", "bac 5"), "7"),
}
_YES: Final = frozenset({"oui", "o", "x", "1", "vrai", "true"})
_NO: Final = frozenset({"non", "n", "0", "faux", "false"})


def _as_siret(cell: str) -> str:
    digits = digits_of(cell)
    if _SCIENTIFIC.fullmatch(cell):
        raise _Unread("siret_scientific")
    shortened = digits.isascii() and digits.isdigit() and _SIREN < len(digits) < _SIRET
    if shortened and is_siret(digits.zfill(_SIRET)):
        raise _Unread("siret_zeros")
    return cell


def _as_phone(cell: str) -> str:
    if _SCIENTIFIC.fullmatch(cell):
        raise _Unread("phone_scientific")
    return cell


def _as_day(cell: str) -> str:
    """``01/09/2027``, or ISO 8601."""
    if found := _FRENCH_DAY.fullmatch(cell):
        day, month, year = map(int, found.groups())
        century = 2000 if len(found[3]) == 2 else 0  # noqa: PLR2004 - 27 is 2027
        try:
            return date(century + year, month, day).isoformat()
        except ValueError:
            raise _Unread("start_unread") from None
    try:
        return date.fromisoformat(cell).isoformat()
    except ValueError:
        raise _Unread("start_unread") from None


def _as_level(cell: str) -> str:
    try:
        return _LEVELS[folded(cell)]
    except KeyError:
        raise _Unread("level_unread") from None


def _as_choice(cell: str) -> bool:
    word = folded(cell)
    if word not in _YES | _NO:
        raise _Unread("yes_or_no")
    return word in _YES


def _as_it_is(cell: str) -> str:
    return cell


_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "siret": _as_siret,
    "contact_telephone": _as_phone,
    "debut": _as_day,
    "niveau": _as_level,
    "contacter_cfa": _as_choice,
}


def read_line(row: FileRow) -> tuple[dict[str, object], list[FieldError]]:
    """What a line says by column, and what of it cannot be read, named by column."""
    if row.is_example:
        return {}, [FieldError("contact_email", "example_line")]
    said: dict[str, object] = {}
    errors = [FieldError(name, "missing") for name in REQUIRED if not row.cells.get(name)]
    if row.extra:
        errors.append(FieldError("description", "line_longer"))
    for name, cell in row.cells.items():
        if not cell:
            continue
        try:
            said[name] = _READERS.get(name, _as_it_is)(cell)
        except _Unread as unread:
            errors.append(FieldError(name, str(unread)))
    return said, errors


def deposit_of(said: Mapping[str, object]) -> dict[str, object]:
    """The firm, the contact and the need a line says, as a deposit has them."""
    fields = {COLUMNS[name]: value for name, value in said.items()}
    return {
        "siret": fields.get("siret"),
        "contact": _under("contact.", fields),
        "offers": [_under("offers.0.", fields)],
    }


def _under(prefix: str, fields: Mapping[str, object]) -> dict[str, object]:
    return {
        path.removeprefix(prefix): value
        for path, value in fields.items()
        if path.startswith(prefix)
    }


def column_of(field: str) -> str:
    """The column of a field of a deposit; the field itself where no column says it."""
    return next((column for column, path in COLUMNS.items() if path == field), field)
