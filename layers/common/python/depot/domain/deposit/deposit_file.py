"""The file a partner deposits by: CSV, a need a line, as spreadsheets write it.

Read: UTF-8, with or without its mark, Windows' cp1252 or DOS' cp850; ``;``, ``,`` or tabulation;
quoted line feeds; ``="…"`` and ``'…``, by which people keep a spreadsheet from changing digits;
blank lines first; marks nobody sees, wherever files were joined. A line bears the number its
spreadsheet shows: one a record. Quotes that go by no pair are refused where they are.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from depot.domain.errors import FieldError, Refused
from depot.domain.folding import folded


# Column -> the field of a deposit, in the order of the template.
COLUMNS: Final[Mapping[str, str]] = {
    "siret": "siret",
    "metier": "offers.0.metier",
    "contact_nom": "contact.name",
    "contact_email": "contact.email",
    "contact_telephone": "contact.phone",
    "debut": "offers.0.start_on",
    "niveau": "offers.0.level",
    "postes": "offers.0.openings",
    "description": "offers.0.description",
    "contacter_cfa": "offers.0.ask_cfa",
}
REQUIRED: Final = tuple(COLUMNS)[:5]
MAX_LINES: Final = 200
MAX_BYTES: Final = 300_000  # 200 lines with full descriptions

# A dash and spaces: a spreadsheet makes numbers of bare digits. Nobody's: see ``is_example``.
EXAMPLE: Final = {
    "siret": "000090019-00019",
    "metier": "Boulanger / Boulangère",
    "contact_nom": "Jeanne Martin",
    "contact_email": "jeanne.martin@example.org",
    "contact_telephone": "01 99 00 12 34",
    "debut": "01/09/2027",
    "niveau": "CAP",
    "postes": "1",
    "description": "Ligne d’exemple : remplacez-la par la vôtre.",
    "contacter_cfa": "non",
}
_DELIMITERS: Final = (";", ",", "\t")
_BLANK: Final = ' \u00a0"' + "".join(_DELIMITERS)
_SAYS_DELIMITER: Final = "sep="  # how a spreadsheet is told; it does not count that line
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods, .xls
# The mark of UTF-8, which joined files keep inside, and spaces without width.
_UNSEEN: Final = dict.fromkeys(map(ord, "\ufeff\u200b\u2060"))
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
# é, è and ç in cp850; in cp1252 signs French does not use. The word à of cp850 is there « … ».
_CP850: Final = (b"\x82", b"\x8a", b"\x87")
_CP850_WORD: Final = b" \x85 "
# From À on, but for ÿ, which is cp850's no-break space.
_CP1252: Final = tuple(bytes([letter]) for letter in range(0xC0, 0xFF))


class FileRow(NamedTuple):
    """One line, by column; ``extra``: it holds more cells than the header."""

    number: int
    cells: Mapping[str, str]
    extra: bool = False

    @property
    def is_example(self) -> bool:
        """Whether it is the template's example, left in."""
        return self.cells.get("contact_email") == EXAMPLE["contact_email"]


class _Torn(Exception):
    """The quotes of a cell go by no pair: its record's number, its rank in it."""

    def __init__(self, number: int, rank: int) -> None:
        super().__init__(number, rank)
        self.number, self.rank = number, rank


def template() -> bytes:
    """The file to fill in: UTF-8 with its mark, semicolons, as French spreadsheets open it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([[_spoken(name) for name in COLUMNS], list(EXAMPLE.values())])
    return text.getvalue().encode("utf-8-sig")


def read(content: bytes) -> Sequence[FileRow]:
    """Every line that holds something. Raises Refused, on ``file``, for what is no such file."""
    if len(content) > MAX_BYTES:
        raise _refused("file_too_large")
    text = _decoded(content)
    delimiter, text = _delimiter(text)
    columns: list[str] = []
    records = _records(text, delimiter)
    try:
        header = next((record for _, record in records if any(record)), [])
        columns = _columns(header)
        rows = [_row(number, columns, record) for number, record in records if any(record)]
    except _Torn as torn:
        raise _refused("file_csv", *_place(torn, columns)) from None
    if not rows:
        raise _refused("file_no_line")
    if len(rows) > MAX_LINES:
        raise _refused("file_too_many_lines")
    return rows


def _refused(code: str, *choices: str) -> Refused:
    return Refused(FieldError("file", code, choices))


def _place(torn: _Torn, columns: Sequence[str]) -> tuple[str, str]:
    named = _spoken(columns[torn.rank]) if torn.rank < len(columns) else f"{torn.rank + 1}"
    return f"ligne {torn.number}", f"colonne {named}"


def _decoded(content: bytes) -> str:
    if not content.strip():
        raise _refused("file_empty")
    if content.startswith(_WORKBOOKS):
        raise _refused("file_workbook")
    encodings = ("utf-16",) if content.startswith(_UTF_16) else ("utf-8-sig", _ansi(content))
    for encoding in encodings:
        try:
            text = content.decode(encoding).translate(_UNSEEN)
        except UnicodeDecodeError:
            continue
        if "\0" in text:  # UTF-16 that does not say so
            break
        return text
    raise _refused("file_encoding")


def _ansi(content: bytes) -> str:
    """Which one-byte encoding has French letters where these bytes are."""
    dos, windows = (sum(content.count(byte) for byte in of) for of in (_CP850, _CP1252))
    words = content.count(_CP850_WORD) if dos else 0
    return "cp850" if dos + words > windows else "cp1252"


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter under which most names of the header are known, and the text from there on."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith(_SAYS_DELIMITER):
        text = rest
    known = [sum(name in COLUMNS for name in _names(text, each)) for each in _DELIMITERS]
    return _DELIMITERS[known.index(max(known))], text


def _names(text: str, delimiter: str) -> list[str]:
    first = next((line for line in text.splitlines() if line.strip(_BLANK)), "")
    return [_name(cell) for cell in first.replace('"', "").split(delimiter)]


def _spoken(column: str) -> str:
    """A column as people read it; it may be written so."""
    return column.replace("_", " ")


def _name(cell: str) -> str:
    return folded(cell).replace(" ", "_")


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record, cleaned, with its number. Raises _Torn."""
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
    number, read_to = 0, 0
    try:
        for number, record in enumerate(reader, start=1):
            yield number, [_cell(cell) for cell in record]
            read_to = reader.line_num
    except csv.Error:
        rank = _whole_cells("".join(lines[read_to:]), delimiter)
        raise _Torn(number + 1, rank) from None


def _whole_cells(text: str, delimiter: str) -> int:
    """How many cells a text begins with that are whole, each with the delimiter after it."""
    whole = re.compile(rf' *(?:"(?:[^"]|"")*"|(?!["{delimiter} ])[^{delimiter}\r\n]+)?{delimiter}')
    count, end = 0, 0
    while cell := whole.match(text, end):
        count, end = count + 1, cell.end()
    return count


def _cell(cell: str) -> str:
    text = cell.strip()
    if text.startswith('="') and text.endswith('"'):
        return text[2:-1].strip()
    return text.removeprefix("'")


def _columns(header: Sequence[str]) -> list[str]:
    names = [_name(cell) for cell in header]
    while names and not names[-1]:
        names.pop()
    if missing := [column for column in REQUIRED if column not in names]:
        raise _refused("file_columns_missing", *map(_spoken, missing))
    if unknown := [cell for name, cell in zip(names, header, strict=False) if name not in COLUMNS]:
        raise _refused("file_columns_unknown", *(each[:40] or "(vide)" for each in unknown))
    if len(set(names)) < len(names):
        raise _refused("file_columns_twice")
    return names


def _row(number: int, columns: Sequence[str], record: Sequence[str]) -> FileRow:
    extra = any(record[len(columns) :])
    return FileRow(number, dict(zip(columns, record, strict=False)), extra)
