"""Every encoding read back, by the code of docs/feed/README.md, is the record it was made of."""

import copy
import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from xmlschema import XMLSchema

from depot.domain.feed.record import OfferRecord, record_of
from depot.feed import encoding
from depot.feed.csv_file import COLUMNS
from depot.feed.encoder import Encoder
from scripts.feed_schema import DOCS
from tests.builders import CHOCOLATE_MAKER, PASTRY_COOK, an_offer
from tests.partner import documented, whole_file
from tests.strategies import HOSTILE, records, texts


Said = dict[str, Any]
BY_NAME: dict[str, Encoder] = {row.name: row for row in encoding.ENCODERS}
THEIRS = documented()
XSD = XMLSchema(str(DOCS / "offer.xsd"))
lists = st.lists(records, max_size=4, unique_by=lambda record: record.id)
# Everything somebody wrote, or a directory gave.
TEXTS = (
    *("title", "description", "metier.ogr", "metier.label"),
    *("other_metiers.0.ogr", "other_metiers.0.label", "other_metiers.1.label"),
    *("workplace.name", "workplace.legal_name", "workplace.address", "workplace.postcode"),
    *("workplace.city", "workplace.insee_code", "workplace.naf", "apply.phone", "id"),
)
WORSE = [
    *(
        "=cmd()",
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\uff1d1+1",
        "'=1",
        " =1",
        "\t=1",
    ),
    *(
        "x;=1",
        "x\n=1",
        "x\n-1+1",
        "- pain\n- croissants",
        'un "mot"',
        "''",
        "'",
        ";'=1",
        "\n\n'' =1",
    ),
    *("</script><script>alert(1)", "]]>", "<![CDATA[x]]>", "<!--", "&amp;", "&#0;", "<?xml?>"),
    *("\ud800", "a\udfffb", "\x00", "a\x0bb\x0c", "\x7f\x85", "a\rb", "\r\n", "\ufffe\uffff"),
    *(
        "\u2028\u2029",
        "\u202egnp.exe",
        "\u2066x\u2069",
        "\ufeffx",
        "\\u0000",
        "\\n",
        "\\",
        "é\u0301",
    ),
    *("\u00a0", "a  b", '","', '"\r\n"', "𝔸 👩‍🍳"),
]


def document(name: str, found: list[OfferRecord]) -> bytes:
    return whole_file(BY_NAME[name], 7, [encoding.line_of(record) for record in found])


def said(record: OfferRecord) -> Said:
    return record.model_dump(mode="json")


def of_json(text: bytes) -> list[Said]:
    whole = json.loads(text)
    assert whole["cursor"] == 7
    return list(whole["offers"])


def of_ndjson(text: bytes) -> list[Said]:
    return [json.loads(line) for line in text.split(b"\n")[:-1]]


def of_xml(text: bytes) -> list[Said]:
    XSD.validate(text.decode())
    assert text.splitlines()[1].endswith(b' cursor="7">')
    found = THEIRS["offers_of_xml"](text)
    for each in found:
        each["openings"] = int(each["openings"])
        each["workplace"] |= numbers(each["workplace"], str)
    return list(found)


def numbers(place: Said, kind: type) -> Said:
    names = ("latitude", "longitude")
    return {name: float(place[name]) if isinstance(place[name], kind) else None for name in names}


READ: Mapping[str, Callable[[bytes], list[Said]]] = {
    "json": of_json,
    "ndjson": of_ndjson,
    "xml": of_xml,
}


def flat(record: Said) -> dict[str, str]:
    """What the columns of a record must hold, as the documentation says it."""
    row: dict[str, str] = {}
    for name, value in record.items():
        match value:
            case None if name == "depositor":
                row |= {"depositor.role": "", "depositor.organisation": ""}
            case dict():
                row |= {f"{name}.{inner}": cell(each) for inner, each in value.items()}
            case list() if name == "romes":
                row[name] = " ".join(value)
            case list():
                for rank, inner in ((rank, inner) for rank in (1, 2) for inner in record["metier"]):
                    each = value[rank - 1][inner] if rank <= len(value) else None
                    row[f"{name}.{rank}.{inner}"] = cell(each)
            case _:
                row[name] = cell(value)
    return row


def cell(value: object) -> str:
    return "" if value is None else str(value)


def agree(found: list[OfferRecord]) -> None:
    """Every encoding, read by somebody else's parser, says these records."""
    expected = [said(record) for record in found]
    for name, read in READ.items():
        assert read(document(name, found)) == expected, name
    assert THEIRS["offers_of_csv"](document("csv", found)) == [flat(each) for each in expected]


@given(lists)
@settings(max_examples=60, deadline=None)
def test_every_encoding_read_back_is_the_records(found: list[OfferRecord]) -> None:
    agree(found)


def test_every_encoding_is_tried_here() -> None:
    assert set(BY_NAME) == {*READ, "csv"}
    assert next(iter(BY_NAME)) == "ndjson", "the source"


@given(lists)
def test_the_columns_are_the_fields_in_their_order(found: list[OfferRecord]) -> None:
    header, *rows = csv.reader(io.StringIO(document("csv", found).decode(), newline=""))

    assert tuple(header) == COLUMNS
    assert [list(flat(said(record))) for record in found] == [header] * len(rows)


def full() -> Said:
    return said(record_of(an_offer(other_metiers=(PASTRY_COOK, CHOCOLATE_MAKER), description="x")))


def with_text(path: str, text: str) -> OfferRecord:
    """A record as it would be made of a text that nobody looked at before."""
    document: Any = copy.deepcopy(full())
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    inner = document
    for step in way:
        inner = inner[step]
    inner[last] = text
    return OfferRecord.model_validate(document)


def written(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from written(each)
        case list():
            for each in value:
                yield from written(each)


def hostile() -> Callable[[Any], Any]:
    def add(test: Any) -> Any:
        for text in (*HOSTILE, *WORSE):
            test = example(text)(test)
        return test

    return add


@pytest.mark.parametrize("path", TEXTS)
@hostile()
@given(texts | st.lists(st.sampled_from(WORSE), max_size=4).map("".join))
@settings(max_examples=25, deadline=None)
def test_hostile_text_anywhere_is_cleaned_and_every_encoding_says_the_same(
    path: str, text: str
) -> None:
    record = with_text(path, text)

    agree([record, with_text("id", "f" * 32)] if record.id != "f" * 32 else [record])
    for each in written(said(record)):
        kinds = {unicodedata.category(char) for char in each.replace("\n", "")}
        assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert OfferRecord.model_validate(said(record)) == record, "cleaning again changes nothing"


@pytest.mark.parametrize("path", TEXTS)
@pytest.mark.parametrize(
    "email", ["jeanne.martin@example.org", "jeanne\u200b@example.org", "jeanne ＠ example.org"]
)
def test_an_email_typed_anywhere_is_in_no_encoding(path: str, email: str) -> None:
    record = with_text(path, f"Écrire à {email}, merci")

    for name in BY_NAME:
        text = document(name, [record]).decode()
        assert "example" not in text.replace("example.com", ""), name
        assert "[adresse retirée]" in text


@pytest.mark.parametrize("path", [path for path in TEXTS if path != "apply.phone"])
@hostile()
@given(st.text("=+-@\uff1d'; \nx", max_size=8))
@settings(max_examples=25, deadline=None)
def test_no_cell_a_person_wrote_begins_like_a_formula_wherever_rows_are_cut(
    path: str, text: str
) -> None:
    rows = document("csv", [with_text(path, text)]).decode()
    _, row = (
        csv.DictReader(io.StringIO(rows, newline="")),
        next(csv.DictReader(io.StringIO(rows, newline=""))),
    )

    for name, value in row.items():
        if name not in {"apply.phone", "workplace.longitude", "workplace.latitude"}:
            assert not value.startswith(("=", "+", "-", "@", "\uff1d", "\t", "\r"))
            for piece in value.replace("\n", ";").split(";"):
                start = piece.lstrip(" ")
                assert not start.startswith(("=", "+", "@", "\uff1d")), name
                assert not start.startswith("-") or start.startswith("- "), name


@pytest.mark.parametrize(
    "wrong",
    [
        ("<level>3</level>", "<level>9</level>"),
        ("<title>", "<titre>x</titre><title>"),
        ("<openings>1</openings>", ""),
        ("<ends_on>2026-12-21</ends_on>", "<ends_on>21/12/2026</ends_on>"),
        ("<rome>D1104</rome>", "<rome>Z1104</rome>"),
    ],
)
def test_the_xsd_refuses_what_the_feed_never_says(wrong: tuple[str, str]) -> None:
    record = record_of(an_offer(level="3", other_metiers=(PASTRY_COOK,)))
    text = document("xml", [record]).decode()
    assert wrong[0] in text

    assert XSD.is_valid(text)
    assert not XSD.is_valid(text.replace(*wrong))


def test_the_xsd_leaves_room_for_elements_to_come() -> None:
    text = document("xml", [record_of(an_offer())]).decode()

    for end in ("</offer>", "</workplace>", "</metier>", "</apply>"):
        text = text.replace(end, f"<added>1</added>{end}")

    XSD.validate(text)


def test_a_feed_of_nothing_is_a_whole_document_in_every_encoding() -> None:
    agree([])
    assert document("csv", []).decode().split("\r\n") == ['"' + '","'.join(COLUMNS) + '"', ""]
