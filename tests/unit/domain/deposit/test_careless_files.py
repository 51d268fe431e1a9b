"""A deposit file as careless hands and old programs write it: read rightly, or refused in place."""

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.deposit.deposit_file import COLUMNS, FileRow, read
from depot.domain.deposit.deposit_line import read_line
from depot.domain.errors import Refused


NAMES = list(COLUMNS)
LINE = dict.fromkeys(COLUMNS, "") | {
    "siret": "487 444 697 00428",
    "metier": "Boulanger",
    "contact_nom": "Jeanne Martin",
    "contact_email": "jeanne@boulangerie.example",
    "contact_telephone": "05 53 01 02 03",
}
# As a program writes a cell that knows nothing of quotes; none of it says where the cell ends.
TORN = ['"Jean" Martin', '"Jean', '"Jean"x"', '"le "Fournil" de Jean"', '"Jean Martin" ']


def raw(rows: Sequence[Sequence[str]], delimiter: str = ";", end: str = "\r\n") -> bytes:
    return end.join(delimiter.join(row) for row in rows).encode()


def line(**over: str) -> list[str]:
    return list((LINE | over).values())


def place(content: bytes) -> tuple[str, ...]:
    with pytest.raises(Refused) as refusal:
        read(content)
    [error] = refusal.value.errors
    assert error[:2] == ("file", "file_csv")
    return error.choices


def cells_of(content: bytes) -> dict[str, str]:
    [row] = read(content)
    assert not row.extra
    return {column: row.cells.get(column, "") for column in COLUMNS}


@pytest.mark.parametrize("cell", TORN)
@pytest.mark.parametrize("column", ["siret", "contact_nom", "contacter_cfa"])
def test_quotes_that_go_by_no_pair_are_refused_by_line_and_column(cell: str, column: str) -> None:
    content = raw([NAMES, line(), line(**{column: cell}), line()])

    assert place(content) == ("ligne 3", f"colonne {column.replace('_', ' ')}")


def test_a_line_is_counted_as_spreadsheets_do_whatever_a_cell_before_it_holds() -> None:
    poem = line(description='"un\r\ndeux\r\n""trois"""')

    assert place(raw([[], NAMES, poem, [], line(metier='"Bou" langer')]))[0] == "ligne 5"


def test_a_torn_header_is_refused_by_the_rank_of_its_cell() -> None:
    assert place(raw([["siret", '"met"ier', *NAMES[2:]], line()])) == ("ligne 1", "colonne 2")


@pytest.mark.parametrize(
    "cell", ['Jean "Jeannot" Martin', "“Jean” Martin", "« Jean »", 'moule de 12"', "l'Épi"]
)
def test_quotes_inside_a_cell_are_its_own(cell: str) -> None:
    assert cells_of(raw([NAMES, line(description=cell)]))["description"] == cell


def test_a_quoted_cell_may_come_after_spaces() -> None:
    content = raw([NAMES, line(description=' "nuit ; four à bois"', contacter_cfa="  non")])

    assert cells_of(content) == LINE | {
        "description": "nuit ; four à bois",
        "contacter_cfa": "non",
    }


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_what_is_utf_16_and_does_not_say_so_is_refused_as_unreadable(encoding: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(raw([NAMES, line()]).decode().encode(encoding))
    assert list(refusal.value.errors) == [("file", "file_encoding", ())]


def test_files_put_end_to_end_keep_nothing_of_their_marks() -> None:
    mark = "\ufeff".encode()

    rows = read(mark + mark + raw([NAMES, line(), line()]).replace(b"\n487", b"\n" + mark + b"487"))

    assert [row.cells["siret"] for row in rows] == [LINE["siret"]] * 2


def test_what_says_its_separator_after_a_mark_is_read() -> None:
    content = "\ufeffsep=,\r\n".encode() + raw([NAMES, line()], ",")

    assert cells_of(content) == LINE


around = st.text(
    st.sampled_from([" ", "\u00a0", "\u202f", "\u200b", "\ufeff", "\u2060"]), max_size=3
)
words = st.text(st.characters(codec="cp1252", categories=["L", "Nd"]), min_size=1, max_size=12)
spelled = {"metier": ["métier", "MÉTIER", "Me\u0301tier"], "debut": ["Début", "DÉBUT"]}


@st.composite
def headers(draw: st.DrawFn) -> list[str]:
    """Every column, in any order, each as somebody may type it."""
    names = []
    for column in draw(st.permutations(NAMES)):
        typed = draw(
            st.sampled_from([column, column.upper(), column.title(), *spelled.get(column, [])])
        )
        name = typed.replace("_", draw(st.sampled_from(["_", " ", "-", "\u00a0"])))
        names.append(draw(around) + name + draw(around))
    return names


@given(headers(), st.data(), st.sampled_from([";", ",", "\t"]), st.integers(0, 3))
def test_order_case_accents_blanks_and_empty_columns_change_nothing(
    header: list[str], data: st.DataObject, delimiter: str, empty: int
) -> None:
    said = {column: data.draw(words) for column in COLUMNS}
    order = [next(name for name in NAMES if _plain(name) == _plain(cell)) for cell in header]
    cells = [data.draw(around) + said[column] + data.draw(around) for column in order]
    tail = [""] * empty

    [row] = read(raw([[*header, *tail], [*cells, *tail]], delimiter))

    assert (row.cells, row.extra) == (said, False)


def _plain(name: str) -> str:
    typed = name.lower().replace("é", "e").replace("\u0301", "")
    return "".join(letter for letter in typed if letter.isascii() and letter.isalpha())


@given(st.data(), st.integers(1, 6), st.sampled_from([";", ",", "\t"]))
def test_one_torn_cell_is_found_wherever_it_is(
    data: st.DataObject, lines: int, delimiter: str
) -> None:
    rows = [[data.draw(words | st.just("")) for _ in NAMES] for _ in range(lines)]
    row = data.draw(st.integers(0, lines - 1))
    column = data.draw(st.integers(0, len(NAMES) - 1))
    rows[row][column] = data.draw(st.sampled_from(TORN))

    where = place(raw([NAMES, *rows], delimiter))

    assert where == (f"ligne {row + 2}", f"colonne {NAMES[column].replace('_', ' ')}")


careless = st.text(st.sampled_from(list("a1;,\t\" \r\n\u00a0\ufeff'=é")), max_size=12)


@given(st.lists(st.lists(careless, max_size=12), min_size=1, max_size=5), st.sampled_from(";,\t"))
def test_what_is_read_is_what_a_strict_reader_reads_else_a_place_in_the_file_is_named(
    rows: list[list[str]], delimiter: str
) -> None:
    content = raw([NAMES, *rows], delimiter)
    try:
        found: Sequence[FileRow] = read(content)
    except Refused as refusal:
        [error] = refusal.errors
        if error.code == "file_csv":
            assert int(error.choices[0].removeprefix("ligne ")) > 1
            assert error.choices[1].startswith("colonne ")
        else:
            assert error.code == "file_no_line"
        return
    strict = csv.reader(
        io.StringIO(content.decode().replace("\ufeff", ""), newline=""),
        delimiter=delimiter,
        skipinitialspace=True,
        strict=True,
    )
    filled = [record for record in list(strict)[1:] if any(cell.strip() for cell in record)]
    assert len(found) <= len(filled)  # of one apostrophe, or of ="", nothing is left
    for row in found:
        assert {error.field for error in read_line(row)[1]} <= set(COLUMNS)
        assert row.extra or len(row.cells) <= len(NAMES)
