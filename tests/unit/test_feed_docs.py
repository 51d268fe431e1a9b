"""What the documentation of the feed says is what the program does: schemas, examples, fields."""

import gzip
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from depot.domain.feed.receipt import ReceiptState
from depot.domain.feed.record import OfferRecord, Tombstone, record_of
from depot.domain.life.offer import Offer
from depot.feed import encoding
from depot.feed.health import HEALTH_KEY, Health
from depot.feed.index import INDEX_KEY, FeedIndex, describe
from depot.usecases.feed.publish_feed import Change, Publisher
from depot.usecases.partners.receive_receipts import ReceiptForm, ReceiptsForm
from scripts import feed_schema
from tests.builders import NOW, PASTRY_COOK, USUAL, a_recruiter, an_offer
from tests.fakes import MemoryObjects
from tests.strategies import records, segments
from tests.unit.documented import FOLLOW
from tests.world import days


DOCS = feed_schema.DOCS


EXAMPLES = DOCS / "examples"


def schema(name: str) -> Draft202012Validator:
    document = json.loads((DOCS / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(document)
    return Draft202012Validator(document, format_checker=FormatChecker())


SCHEMAS = {name: schema(name) for name in ("offer", "change", "index", "health")}


def example() -> MemoryObjects:
    """The small feed of the documentation: an arrival, a change, a departure, a firm to verify."""
    ids = [f"{rank:032x}" for rank in (10, 11, 12)]
    unverified = a_recruiter(id="r2", company=None)
    full: dict[str, Any] = {
        "other_metiers": (PASTRY_COOK,),
        "level": "3",
        "openings": 2,
        "description": "Four à bois.\nTravail de nuit.",
    }
    bread = an_offer(ids[0], start_on="2027-01-04", **full)
    steps: list[tuple[list[Offer], int]] = [
        ([bread, an_offer(ids[1])], 0),
        ([an_offer(ids[2], recruiter=unverified, now=NOW + days(1))], 1),
        ([an_offer(ids[1]).close("filled", "with_depot", NOW + days(2))], 2),
        ([bread.extend(NOW + days(3), USUAL)], 3),
    ]
    objects = MemoryObjects()
    publisher = Publisher(objects)
    for changed, day in steps:
        now = NOW + days(day)
        publisher.publish([_change(offer) for offer in changed], now)
        if day < 3:
            publisher.follow(now)
    return objects


def _change(offer: Offer) -> Change:
    if offer.state == "live":
        return record_of(offer)
    return Tombstone(id=offer.id, reason=offer.state, at=offer.updated_at)


@given(records)
def test_a_record_is_valid_under_its_schema(record: OfferRecord) -> None:
    SCHEMAS["offer"].validate(json.loads(record.model_dump_json()))


@given(segments)
def test_every_line_of_a_segment_is_valid_under_its_schema(changes: list[Change]) -> None:
    for line in encoding.segment(changes).splitlines():
        SCHEMAS["change"].validate(json.loads(line))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("offer", {"id": None}),
        ("offer", {"level": "9"}),
        ("offer", {"workplace": {"siret": "487444697"}}),
        ("offer", {"ends_on": "le 21 décembre"}),
        ("change", {"op": "upsert"}),
        ("change", {"op": "tombstone", "id": "1", "reason": "bored", "at": "2026-11-23T10:00:00Z"}),
        ("index", {"cursor": "1"}),
        ("index", {"schema_version": "2.0"}),
        ("index", {"oldest_change_cursor": None}),
        ("health", {"missing": None}),
    ],
)
def test_a_schema_refuses_what_the_feed_never_says(name: str, wrong: dict[str, Any]) -> None:
    valid: dict[str, Any] = {
        "offer": json.loads(record_of(an_offer()).model_dump_json()),
        "change": {},
        "index": json.loads(FeedIndex(generated_at=NOW).model_dump_json()),
        "health": json.loads(Health(checked_at=NOW).model_dump_json()),
    }[name]

    with pytest.raises(ValidationError):
        SCHEMAS[name].validate({**valid, **wrong})


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_leaves_room_for_fields_to_come(name: str) -> None:
    assert '"additionalProperties": false' not in (DOCS / f"{name}.schema.json").read_text("utf-8")


def test_the_schemas_are_those_of_the_program() -> None:
    committed = {file.name: file.read_text("utf-8") for file in DOCS.glob("*.schema.json")}

    assert committed == feed_schema.schemas(), "run: python -m scripts.feed_schema"


def test_the_schemas_can_be_written_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed_schema.main(tmp_path)

    assert {file.name for file in tmp_path.iterdir()} == set(feed_schema.schemas())
    assert str(tmp_path / "offer.schema.json") in capsys.readouterr().out


def test_the_examples_are_what_the_program_says_today() -> None:
    objects = example()
    if os.environ.get("UPDATE_GOLDEN"):
        shutil.rmtree(EXAMPLES, ignore_errors=True)
        for key, body in objects.kept.items():
            (EXAMPLES / key).parent.mkdir(parents=True, exist_ok=True)
            (EXAMPLES / key).write_bytes(body)
    found = {
        str(file.relative_to(EXAMPLES)): file.read_bytes()
        for file in EXAMPLES.rglob("*")
        if file.is_file()
    }

    assert set(found) == set(objects.kept)
    # What is compressed may be so otherwise elsewhere: the lines are what matters.
    for key in set(found) - {INDEX_KEY}:
        assert gzip.decompress(found[key]) == gzip.decompress(objects.kept[key])
    unmeasured = {"bytes", "sha256"}
    assert _without(json.loads(found[INDEX_KEY]), unmeasured) == _without(
        json.loads(objects.kept[INDEX_KEY]), unmeasured
    )


def _without(document: Any, names: set[str]) -> Any:
    match document:
        case dict():
            return {k: _without(v, names) for k, v in document.items() if k not in names}
        case list():
            return [_without(value, names) for value in document]
    return document


def test_the_example_feed_is_valid_and_its_digests_are_of_the_files_as_stored() -> None:
    index = json.loads((EXAMPLES / INDEX_KEY).read_text("utf-8"))
    SCHEMAS["index"].validate(index)

    snapshot = index["snapshot"]["files"]
    for file in [*index["changes"], *snapshot.values()]:
        key = file["path"].removeprefix("/")
        body = (EXAMPLES / key).read_bytes()
        assert file == json.loads(
            describe(
                key,
                body,
                cursor=file["cursor"],
                records=file["records"],
                at=file["last_modified"],
            ).model_dump_json()
        )
    for file, name in [(snapshot["ndjson"], "offer"), *((f, "change") for f in index["changes"])]:
        lines = gzip.decompress((EXAMPLES / file["path"].removeprefix("/")).read_bytes())
        assert len(lines.splitlines()) == file["records"]
        for line in lines.splitlines():
            SCHEMAS[name].validate(json.loads(line))


def test_the_documented_reader_reads_the_example_feed() -> None:
    copy = FOLLOW(None, lambda path: (EXAMPLES / path.removeprefix("/")).read_bytes())

    assert copy["cursor"] == 4
    assert {offer["ends_on"] for offer in copy["offers"].values()} == {"2026-12-22", "2026-12-24"}


def test_the_documentation_names_every_field_of_the_record() -> None:
    said = (DOCS / "README.md").read_text("utf-8")
    offer = an_offer(other_metiers=(PASTRY_COOK,))
    document = json.loads(record_of(offer).model_dump_json())

    for name, value in document.items():
        assert f"`{name}" in said
        first = value[0] if isinstance(value, list) else value
        for inner in first if isinstance(first, dict) else ():
            assert f"`{name}.{inner}`" in said or f"`.{inner}`" in said


def test_the_receipts_of_the_documentation_are_accepted() -> None:
    said = (DOCS / "README.md").read_text("utf-8")
    [sent] = re.findall(r"--json '(.*?)'\n```", said, re.DOTALL)

    form = ReceiptsForm.model_validate_json(sent)

    assert [receipt.state for receipt in form.receipts] == ["shown", "refused"]
    for name in ReceiptForm.model_fields:
        assert f"| `{name}` |" in said
    for state in get_args(ReceiptState):
        assert f"`{state}` (" in said


def test_what_the_documentation_says_of_the_health_is_true() -> None:
    said = (DOCS / "README.md").read_text("utf-8")

    assert HEALTH_KEY in said
    for name in ("missing", "altered", "extra", "damaged"):
        assert f"`{name}`" in said
