"""One reading of a file of SIRO: what is taken, what is counted, what is refused."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from depot.domain.errors import SiroFileRefused
from depot.domain.opco.siro import Edition, Reading, SiroRow
from tests.builders import NOW
from tests.siro import HEADER, NAMES, a_file, many


EP = "Opco entreprises de proximité"
BAKERY = "00009001900019"


def read(
    content: bytes, *, before: int | None = None, **how: bool
) -> tuple[Reading, list[SiroRow]]:
    edition = Edition(month="202605", rows=before, imported_at=NOW) if before else None
    reading = Reading(NAMES, edition, **how)
    return reading, list(reading.read([content]))


def refusal(content: bytes, *, before: int | None = None) -> str:
    with pytest.raises(SiroFileRefused) as caught:
        read(content, before=before)
    return str(caught.value)


def test_a_line_names_an_establishment_its_agreement_and_its_opco() -> None:
    _, rows = read(a_file(f"{BAKERY}|843|OPCO EP|", "00009002700012||AKTO|ATLAS"))

    assert rows == [
        SiroRow(BAKERY.encode(), b"0843", EP),
        SiroRow(b"00009002700012", b"", "Akto"),
    ]


@pytest.mark.parametrize("how", [{"end": "\r\n"}, {"header": f"\ufeff{HEADER}"}])
def test_windows_ways_are_forgiven(how: dict[str, str]) -> None:
    _, rows = read(a_file(f"{BAKERY}|0843|OPCO EP|", **how))

    assert rows == [SiroRow(BAKERY.encode(), b"0843", EP)]


def test_a_last_line_without_its_end_is_a_line() -> None:
    assert len(read(a_file(f"{BAKERY}|0843|OPCO EP|").rstrip(b"\n"))[1]) == 1


def test_a_line_without_opco_is_no_row_and_no_fault() -> None:
    reading, rows = read(a_file(f"{BAKERY}|0843|OPCO EP|", "00009002700012|9999||"))

    assert (len(rows), reading.lines, reading.rows, reading.unknown) == (1, 2, 1, 0)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "n'importe quoi",
        "0000900190001|0843|OPCO EP|",
        "0000900190001X|0843|OPCO EP|",
        f"{BAKERY}|0843|OPCO EP",
        f"{BAKERY}|0843|OPCO EP||",
        f"{BAKERY}|O843|OPCO EP|",
        f"{BAKERY}|00843|OPCO EP|",
        "\x00" * 14 + "|0843|OPCO EP|",
        "٣" * 14 + "|0843|OPCO EP|",
    ],
)
def test_malformed_lines_are_left_out_and_too_many_refuse_the_file(line: str) -> None:
    reading, rows = read(a_file(*many(1000), line))
    assert (len(rows), reading.malformed) == (1000, 1)

    assert "2 malformed lines" in refusal(a_file(*many(1000), line, line))


def test_unknown_names_are_left_out_and_too_many_refuse_the_file() -> None:
    reading, rows = read(a_file(*many(995), *many(5, "OPCO NOUVEAU")))
    assert (len(rows), reading.unknown) == (995, 5)

    assert "6 lines with an unknown OPCO" in refusal(a_file(*many(994), *many(6, "OPCO NOUVEAU")))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"<!doctype html><title>Maintenance</title>",
        b'{"message": "maintenance"}',
        a_file(header="SIREN|IDCC|OPCO_PROPRIETAIRE|OPCO_GESTION"),
        a_file(header=HEADER.replace("|", ";")),
        a_file(header=f"{HEADER}|REGION"),
    ],
)
def test_another_header_refuses_the_file_at_once(content: bytes) -> None:
    assert refusal(content) == "other header"


@pytest.mark.parametrize("lines", [[], [f"{BAKERY}|0843||"]])
def test_a_file_that_names_nobody_is_refused(lines: list[str]) -> None:
    assert refusal(a_file(*lines)) == "no line names an OPCO"


def test_a_file_that_shrank_too_much_is_refused_unless_somebody_looked() -> None:
    assert len(read(a_file(*many(90)), before=100)[1]) == 90

    smaller = a_file(*many(89))
    assert "89 lines" in refusal(smaller, before=100)
    assert len(read(smaller, before=100, accept_shrink=True)[1]) == 89


@example(b"00009001900019|0843|OPCO EP|\n")
@given(st.binary(max_size=200))
def test_whatever_follows_the_header_is_read_or_refused(junk: bytes) -> None:
    reading = Reading(NAMES, None)
    content = f"{HEADER}\n".encode() + junk
    try:
        rows = list(reading.read([content]))
    except SiroFileRefused:
        return
    assert len(rows) == reading.rows > 0


@given(st.data())
def test_where_blocks_end_changes_nothing(data: st.DataObject) -> None:
    content = a_file(
        *many(20), "00009002700012|9999||", end=data.draw(st.sampled_from(["\n", "\r\n"]))
    )
    cuts = sorted(data.draw(st.lists(st.integers(0, len(content)), max_size=6)))
    bounds = list(zip([0, *cuts], [*cuts, len(content)], strict=True))

    rows = list(Reading(NAMES, None).read(content[start:end] for start, end in bounds))

    assert rows == read(content)[1]
