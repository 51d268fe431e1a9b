"""The snapshot in CSV (RFC 4180), one offer a row: the dialect is in docs/feed/README.md.

By hand, four times as fast as the csv module, which reads the same records back in
tests/unit/test_feed_encodings.py. Columns are named as fields are in JSON.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from depot.domain.life.offer import MAX_OTHER_METIERS
from depot.feed.encoder import Encoder, Records


_METIER: Final = ("ogr", "label", "rome")
_TEXTS: Final = ("name", "legal_name", "address", "postcode", "city", "insee_code")
_WORKPLACE: Final = (
    *("siret", *_TEXTS, "latitude", "longitude"),
    *("location_precision", "naf", "naf_nomenclature"),
)
_OTHERS: Final = range(1, MAX_OTHER_METIERS + 1)
COLUMNS: Final = (
    *("id", "title", "description"),
    *(f"metier.{name}" for name in _METIER),
    *(f"other_metiers.{rank}.{name}" for rank in _OTHERS for name in _METIER),
    *("level", "start_on", "openings", "published_at", "updated_at", "ends_on"),
    *(f"workplace.{name}" for name in _WORKPLACE),
    *("apply.phone", "depositor.role", "depositor.organisation", "romes"),
)
_NO_METIER: Final = dict.fromkeys(_METIER)
_NOBODY: Final = dict.fromkeys(("role", "organisation"))
_NEXT: Final = '","'

# What a spreadsheet takes for a formula when a cell begins so, full-width forms included; and what
# would begin a cell of its own where rows are cut at semicolons, as a French spreadsheet does, or
# at line feeds. There a hyphen and a space begin an item of a list, as people write them.
_SIGNS: Final = "=+@\uff1d\uff0b\uff0d\uff20"
_FIRST: Final = frozenset(f"{_SIGNS}-' ")
_LEADS: Final = re.compile(f"[ ']*[{_SIGNS}-]")
_WITHIN: Final = re.compile(f"([;\n])(?=[ ']*(?:[{_SIGNS}]|-(?! )))")


def _rows(records: Records) -> bytes:
    rows = [f'"{_NEXT.join(_cells(said))}"\r\n' for said in records.said]
    return "".join(rows).encode()


def _cells(said: Mapping[str, Any]) -> Sequence[str]:
    place, depositor = said["workplace"], said["depositor"] or _NOBODY
    return [
        _text(said["id"]),
        _text(said["title"]),
        _text(said["description"]),
        *_metier(said["metier"]),
        *_others(said["other_metiers"]),
        said["level"] or "",
        said["start_on"] or "",
        str(said["openings"]),
        said["published_at"],
        said["updated_at"],
        said["ends_on"],
        place["siret"],
        *[_text(place[name]) for name in _TEXTS],
        _number(place["latitude"]),
        _number(place["longitude"]),
        place["location_precision"] or "",
        _text(place["naf"]),
        place["naf_nomenclature"] or "",
        _phone(said["apply"]["phone"]),
        depositor["role"] or "",
        _text(depositor["organisation"]),
        " ".join(said["romes"]),
    ]


def _metier(metier: Mapping[str, str | None]) -> Sequence[str]:
    return [_text(metier["ogr"]), _text(metier["label"]), metier["rome"] or ""]


def _others(metiers: Sequence[Mapping[str, str | None]]) -> Sequence[str]:
    if not metiers:
        return ("",) * (len(_METIER) * MAX_OTHER_METIERS)
    padded = (*metiers, *[_NO_METIER] * MAX_OTHER_METIERS)[:MAX_OTHER_METIERS]
    return [cell for metier in padded for cell in _metier(metier)]


def _phone(phone: str) -> str:
    return phone if phone[1:].isdecimal() else _text(phone)


def _number(number: float | None) -> str:
    return "" if number is None else str(number)


def _text(text: str | None) -> str:
    """A cell a spreadsheet shows and does not run: an apostrophe leads what looks like a formula.

    One goes before apostrophes that are there already, so taking one away gives the text back.
    """
    if not text:
        return ""
    if text[0] in _FIRST and _LEADS.match(text):
        text = f"'{text}"
    if ";" in text or "\n" in text:
        text = _WITHIN.sub(r"\1'", text)
    return text.replace('"', '""') if '"' in text else text


AS_CSV: Final = Encoder(
    "csv",
    "text/csv; charset=utf-8; header=present",
    _rows,
    header=lambda _: (f'"{_NEXT.join(COLUMNS)}"\r\n').encode(),
)
