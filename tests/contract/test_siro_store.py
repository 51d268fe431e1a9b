"""The edition of SIRO in force, in memory and on S3: what it answers, what it cannot."""

import gzip
from collections.abc import Sequence
from uuid import uuid4

import pytest

from depot.domain.errors import SourceUnavailable
from depot.domain.opco.finding import SourceAnswer
from depot.domain.opco.siro import SiroRow
from depot.ports.objects import Objects
from depot.storage.bucket import S3Objects
from depot.storage.siro import MANIFEST_KEY, PREFIX, SiroStore
from tests.builders import NOW
from tests.fakes import MemoryObjects
from tests.world import AKTO, EP


BAKERY = "00009001900019"
ROWS = [
    SiroRow(BAKERY.encode(), b"0843", EP),
    SiroRow(b"00009006800016", b"1979", AKTO),
    SiroRow(b"00009006800016", b"0843", EP),
    SiroRow(b"00009004300019", b"0843", EP),
    SiroRow(b"00009004300019", b"1501", EP),
    SiroRow(b"00009002700012", b"", AKTO),
]


@pytest.fixture(params=["memory", "moto"])
def objects(request: pytest.FixtureRequest) -> Objects:
    if request.param == "memory":
        return MemoryObjects()
    s3, name = request.getfixturevalue("moto")("s3"), f"data-{uuid4().hex}"
    s3.create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name}
    )
    return S3Objects(s3, name)


def imported(objects: Objects, rows: Sequence[SiroRow] = ROWS, *, a_shard: int = 8192) -> SiroStore:
    SiroStore(objects, rows_a_shard=a_shard).replace("202606", rows, NOW)
    return SiroStore(objects)


def said(siret: str, **answer: object) -> SourceAnswer:
    return SourceAnswer.model_validate({"asked": siret, **answer})


@pytest.mark.parametrize("a_shard", [8192, 2])
def test_each_line_of_an_establishment_is_an_answer(objects: Objects, a_shard: int) -> None:
    store = imported(objects, a_shard=a_shard)

    assert store.ask(BAKERY, None) == (
        said(BAKERY, opcos=(EP,), confidence="certain", idcc="0843"),
    )
    assert store.ask("00009006800016", None) == (
        said("00009006800016", opcos=(EP,), confidence="shared", idcc="0843"),
        said("00009006800016", opcos=(AKTO,), confidence="shared", idcc="1979"),
    )
    assert [answer.confidence for answer in store.ask("00009004300019", None)] == ["certain"] * 2
    assert store.ask("00009002700012", None)[0].idcc is None
    assert store.ask("00009991100018", None) == (said("00009991100018"),)
    assert store.ask("00009001900027", None)[0].opcos == (), "another establishment of the bakery"


def test_as_many_shards_as_it_takes_a_power_of_two_and_no_more_than_512(objects: Objects) -> None:
    rows = [SiroRow(b"%09d00017" % rank, b"0843", EP) for rank in range(2000)]

    store = imported(objects, rows, a_shard=250)

    keys = [key for key, _ in objects.list(PREFIX)]
    assert len(keys) == 16 + 1
    assert all(store.ask(row.siret.decode(), None)[0].opcos == (EP,) for row in rows[::97])


def unsaid(objects: Objects, siret: str = BAKERY) -> str:
    with pytest.raises(SourceUnavailable) as caught:
        SiroStore(objects).ask(siret, None)
    assert siret not in str(caught.value)
    return str(caught.value)


def overwrite(objects: Objects, key: str, body: bytes) -> None:
    objects.delete(key)
    objects.create(key, body, content_type="text/plain", max_age=0)


def test_before_any_import_it_does_not_say(objects: Objects) -> None:
    assert SiroStore(objects).current() is None
    assert unsaid(objects) == "no edition was imported yet"


@pytest.mark.parametrize(
    "body",
    [
        b"\x1f\x8b",
        b"plain",
        gzip.compress(b"x" * 99)[:-9],
        gzip.compress(b"00009001900019|0843"),
        gzip.compress(b"00009001900019|0843|7"),
        gzip.compress(b"00009001900019|0843|?"),
    ],
    ids=["cut at once", "no gzip", "cut", "two fields", "no such OPCO", "no rank"],
)
def test_a_shard_that_cannot_be_read_does_not_say(objects: Objects, body: bytes) -> None:
    imported(objects)
    [shard] = [key for key, _ in objects.list(PREFIX) if key != MANIFEST_KEY]
    overwrite(objects, shard, body)

    unsaid(objects)


@pytest.mark.parametrize("body", [b"", b"{}", b"null", b"\xff"])
def test_a_manifest_that_cannot_be_read_does_not_say(objects: Objects, body: bytes) -> None:
    overwrite(objects, MANIFEST_KEY, body)

    unsaid(objects)


def test_a_shard_that_is_gone_does_not_say(objects: Objects) -> None:
    imported(objects)
    [shard] = [key for key, _ in objects.list(PREFIX) if key != MANIFEST_KEY]
    objects.delete(shard)

    assert unsaid(objects) == "a shard is missing"


def test_the_manifest_is_read_again_after_five_minutes() -> None:
    objects, now = MemoryObjects(), [0.0]
    imported(objects)
    store = SiroStore(objects, clock=lambda: now[0])
    assert store.ask(BAKERY, None)[0].opcos == (EP,)

    SiroStore(objects).replace(
        "202607", [SiroRow(BAKERY.encode(), b"0843", AKTO)], NOW.replace(hour=11)
    )

    assert store.ask(BAKERY, None)[0].opcos == (EP,)
    now[0] = 300.0
    assert store.ask(BAKERY, None)[0].opcos == (AKTO,)
