"""The file a partner deposits by, as spreadsheets write it."""

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.deposit.deposit_file import (
    COLUMNS,
    EXAMPLE,
    MAX_BYTES,
    REQUIRED,
    FileRow,
    read,
    template,
)
from depot.domain.deposit.deposit_line import read_line
from depot.domain.errors import Refused


LINE = [
    "487 444 697 00428",
    "Boulanger",
    "Jeanne Martin",
    "jeanne@boulangerie.example",
    "05 53 01 02 03",
    "",
    "",
    "",
    "Travail de nuit ;\nfour à bois, dépôt de pain",
    "",
]


def written(
    rows: Sequence[Sequence[str]], delimiter: str = ";", encoding: str = "utf-8-sig"
) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def code(content: bytes) -> tuple[str, str, tuple[str, ...]]:
    with pytest.raises(Refused) as refusal:
        read(content)
    [error] = refusal.value.errors
    return error


def errors(**cells: str) -> list[tuple[str, str]]:
    given = dict(zip(COLUMNS, LINE, strict=True)) | cells
    return [(error.field, error.code) for error in read_line(FileRow(2, given))[1]]


def said(**cells: str) -> dict[str, object]:
    given = dict(zip(COLUMNS, LINE, strict=True)) | cells
    found, wrong = read_line(FileRow(2, given))
    assert wrong == []
    return found


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "cp850", "utf-16"])
def test_what_spreadsheets_write_reads_the_same(delimiter: str, encoding: str) -> None:
    [row] = read(written([list(COLUMNS), LINE], delimiter, encoding))

    assert row.number == 2
    assert row.cells == dict(zip(COLUMNS, LINE, strict=True))


def test_what_an_old_dos_wrote_keeps_its_accents() -> None:
    line = [*LINE[:8], "Dépôt, près de la forêt : garçon ou fille", ""]

    [row] = read(written([list(COLUMNS), line], encoding="cp850"))

    assert row.cells["description"] == line[8]


def test_quotes_and_dots_of_windows_are_no_letters_of_dos() -> None:
    line = [*LINE[:8], "Un “vrai” métier…", ""]

    [row] = read(written([list(COLUMNS), line], encoding="cp1252"))

    assert row.cells["description"] == line[8]


def test_dots_of_windows_between_spaces_are_no_word_of_dos() -> None:
    line = [*LINE[:8], "De 8h … 12h", ""]

    [row] = read(written([list(COLUMNS), line], encoding="cp1252"))

    assert row.cells["description"] == line[8]


def test_a_space_of_dos_that_does_not_break_is_no_letter_of_windows() -> None:
    line = [*LINE[:8], "Dépôt\u00a0: le matin\u00a0; dimanche\u00a0!", ""]

    [row] = read(written([list(COLUMNS), line], encoding="cp850"))

    assert row.cells["description"] == line[8]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_blank_lines_before_the_header_are_passed_over_and_counted(delimiter: str) -> None:
    [row] = read(written([[], ["", " "], list(COLUMNS), LINE], delimiter))

    assert row.number == 4
    assert row.cells == dict(zip(COLUMNS, LINE, strict=True))


def test_the_template_is_read_and_its_example_is_refused() -> None:
    [row] = read(template())

    assert row.cells == EXAMPLE
    assert template().startswith(b"\xef\xbb\xbfsiret;metier;")
    assert read_line(row)[1] == [("contact_email", "example_line", ())]


def test_a_line_bears_the_number_its_spreadsheet_shows() -> None:
    empty = [""] * len(COLUMNS)

    rows = read(written([list(COLUMNS), LINE, empty, LINE]))

    assert [row.number for row in rows] == [2, 4]


def test_a_line_that_names_the_separator_is_not_counted() -> None:
    [row] = read(b"sep=;\r\n" + written([list(COLUMNS), LINE], encoding="utf-8"))

    assert row.number == 2


def test_names_of_columns_are_read_however_they_are_typed() -> None:
    names = ["SIRET", "Métier", "Contact nom", "contact-email", "CONTACT TÉLÉPHONE"]

    [row] = read(written([names, LINE[:5]]))

    assert list(row.cells) == list(REQUIRED)


def test_digits_kept_by_a_trick_are_read() -> None:
    [row] = read(written([list(COLUMNS), ['="48744469700428"', *LINE[1:4], "'0553010203"]]))

    assert (row.cells["siret"], row.cells["contact_telephone"]) == ("48744469700428", "0553010203")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "file_empty"),
        (b" \r\n", "file_empty"),
        (b"PK\x03\x04rest", "file_workbook"),
        (b"\xd0\xcf\x11\xe0rest", "file_workbook"),
        (b"siret\x81;metier", "file_encoding"),
        (b"x" * (MAX_BYTES + 1), "file_too_large"),
        (written([list(COLUMNS)]), "file_no_line"),
        (written([list(COLUMNS), *[LINE] * 201]), "file_too_many_lines"),
        (written([list(COLUMNS), LINE]) + b'"never closed', "file_csv"),
        (written([[*REQUIRED, "siret"], [*LINE[:5], "1"]]), "file_columns_twice"),
    ],
)
def test_what_is_no_such_file_says_why(content: bytes, said: str) -> None:
    assert code(content)[:2] == ("file", said)


def test_columns_that_miss_or_are_unknown_are_named() -> None:
    assert code(written([["siret", "nom"], ["1", "2"]])) == (
        "file",
        "file_columns_missing",
        ("metier", "contact nom", "contact email", "contact telephone"),
    )
    assert code(written([[*REQUIRED, "Salaire"], ["1"] * 6])) == (
        "file",
        "file_columns_unknown",
        ("Salaire",),
    )


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ("4,87445E+13", "siret_scientific"),
        ("4.8744469700428E+13", "siret_scientific"),
        ("9001900019", "siret_zeros"),
        ("", "missing"),
    ],
)
def test_a_siret_a_spreadsheet_changed_is_asked_for_again(cell: str, wrong: str) -> None:
    assert errors(siret=cell) == [("siret", wrong)]


@pytest.mark.parametrize(
    ("column", "cell", "wrong"),
    [
        ("contact_telephone", "3,35E+10", "phone_scientific"),
        ("debut", "46000", "start_unread"),
        ("debut", "31/02/2027", "start_unread"),
        ("debut", "bientôt", "start_unread"),
        ("niveau", "doctorat", "level_unread"),
        ("contacter_cfa", "peut-être", "yes_or_no"),
    ],
)
def test_a_cell_nobody_can_read_says_why(column: str, cell: str, wrong: str) -> None:
    assert errors(**{column: cell}) == [(column, wrong)]


@pytest.mark.parametrize("cell", ["01/09/2027", "1/9/27", "01.09.2027", "2027-09-01"])
def test_a_day_is_read_as_french_people_write_it(cell: str) -> None:
    assert said(debut=cell)["debut"] == "2027-09-01"


@pytest.mark.parametrize(
    ("cell", "level"), [("CAP", "3"), ("Bac Pro", "4"), ("bts", "5"), ("Bac+3", "6"), ("7", "7")]
)
def test_a_level_is_read_by_its_diploma(cell: str, level: str) -> None:
    assert said(niveau=cell)["niveau"] == level


def test_a_line_with_more_cells_than_columns_is_told() -> None:
    [row] = read(written([list(REQUIRED), [*LINE[:5], "trop"]]))

    assert read_line(row)[1] == [("description", "line_longer", ())]


pieces = st.sampled_from(
    [b"siret", b";", b",", b'"', b"\r\n", b"\n", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"\x81"]
    + [name.encode() for name in COLUMNS]
    + [b";".join(name.encode() for name in COLUMNS) + b"\r\n"]
)


@given(st.lists(pieces | st.binary(max_size=20), max_size=30).map(b"".join))
def test_any_bytes_are_a_table_or_a_refusal(content: bytes) -> None:
    try:
        rows = read(content)
    except Refused:
        assert code(content)[0] == "file"
        return
    for row in rows:
        _, found = read_line(row)
        assert {error.field for error in found} <= set(COLUMNS)


cells = st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=30)


@given(st.lists(st.lists(cells, min_size=10, max_size=10), min_size=1, max_size=8))
def test_what_is_written_is_read_back_whatever_the_text(rows: list[list[str]]) -> None:
    lines = [["4", *row[1:]] for row in rows]

    found = read(written([list(COLUMNS), *lines]))

    trimmed = [[cell.strip().removeprefix("'") for cell in line] for line in lines]
    plain = [line for line in trimmed if not any(cell.startswith('="') for cell in line)]
    assert [list(row.cells.values()) for row in found if list(row.cells.values()) in plain] == plain
