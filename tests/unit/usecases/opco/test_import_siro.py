"""Our copy of SIRO follows the register's, or stays as it is."""

from datetime import datetime

import pytest

from depot.domain.errors import Conflict, SourceUnavailable
from depot.ports.objects import Objects
from depot.storage.siro import MANIFEST_KEY, Manifest, SiroStore
from depot.usecases.opco.import_siro import SiroImport, import_siro
from tests.builders import NOW
from tests.fakes import FakeSiroFiles, MemoryObjects
from tests.interleaving import play
from tests.siro import NAMES, a_file, many
from tests.world import Crash, days


EP, ATLAS = "Opco entreprises de proximité", "ATLAS"
BAKERY = "00009001900019"
OLD = FakeSiroFiles("202605", a_file(f"{BAKERY}|1486|ATLAS|", *many(300, "ATLAS")))
NEW = FakeSiroFiles("202606", a_file(f"{BAKERY}|0843|OPCO EP|", *many(300)), size=999)


def run(
    objects: Objects, files: FakeSiroFiles = NEW, now: datetime = NOW, *, accept: bool = False
) -> SiroImport:
    register = SiroStore(objects, rows_a_shard=80)
    return import_siro(files=files, register=register, names=NAMES, now=now, accept_shrink=accept)


def opcos(objects: Objects, siret: str = BAKERY) -> tuple[str, ...]:
    """What a reader that remembers nothing is told."""
    return tuple(opco for answer in SiroStore(objects).ask(siret, None) for opco in answer.opcos)


def manifest(objects: MemoryObjects) -> Manifest:
    return Manifest.model_validate_json(objects.kept[MANIFEST_KEY])


@pytest.fixture
def objects() -> MemoryObjects:
    return MemoryObjects(clock=NOW)


def test_the_newest_file_is_imported_and_answers(objects: MemoryObjects) -> None:
    assert run(objects) == SiroImport(outcome="imported", month="202606", lines=301, rows=301)

    assert opcos(objects) == (EP,)
    assert opcos(objects, "00000002900017") == (EP,)
    assert opcos(objects, "00009991100018") == ()
    assert manifest(objects).shards == 4
    assert len(objects.kept) == 5


@pytest.mark.parametrize("month", ["202605", "202606"])
def test_a_file_that_is_no_newer_is_not_even_read(objects: MemoryObjects, month: str) -> None:
    run(objects)
    kept = dict(objects.kept)

    summary = run(objects, FakeSiroFiles(month, b"never read"), NOW + days(2))

    assert summary == SiroImport(outcome="up_to_date", month="202606")
    assert objects.kept == kept


def refused(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html>",
        a_file(),
        a_file(*many(269)),
        a_file(*many(300), *many(3, "OPCO NOUVEAU")),
        a_file(*many(300), *["?"]),
    ],
)
def test_a_file_that_cannot_be_believed_is_refused_loudly_and_nothing_is_written(
    objects: MemoryObjects, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    run(objects, OLD)
    kept = dict(objects.kept)

    summary = run(objects, FakeSiroFiles("202606", content, size=999))

    assert summary.outcome == "refused"
    assert objects.kept == kept
    assert opcos(objects) == (ATLAS,)
    assert refused(caplog) == ["siro file refused"]


def test_a_smaller_file_is_taken_once_somebody_looked(objects: MemoryObjects) -> None:
    run(objects, OLD)
    smaller = FakeSiroFiles("202606", a_file(f"{BAKERY}|0843|OPCO EP|"))

    assert run(objects, smaller).outcome == "refused"
    assert run(objects, smaller, accept=True).outcome == "imported"
    assert opcos(objects) == (EP,)


@pytest.mark.parametrize(
    "files",
    [
        FakeSiroFiles(down=True),
        FakeSiroFiles(content=NEW.content, size=999, cut=len(NEW.content) // 2),
    ],
)
def test_a_file_that_does_not_come_whole_is_left_for_the_next_run(
    objects: MemoryObjects, caplog: pytest.LogCaptureFixture, files: FakeSiroFiles
) -> None:
    run(objects, OLD)
    kept = dict(objects.kept)

    assert run(objects, files).outcome == "unavailable"
    assert objects.kept == kept
    assert refused(caplog) == []
    assert run(objects).outcome == "imported"


def test_an_edition_that_was_not_renewed_for_long_is_said_loudly(
    objects: MemoryObjects, caplog: pytest.LogCaptureFixture
) -> None:
    run(objects)
    run(objects, now=NOW + days(75))
    assert refused(caplog) == []

    run(objects, now=NOW + days(76))
    assert refused(caplog) == ["no recent siro edition"]


def test_the_very_first_import_that_fails_is_said_loudly(
    objects: MemoryObjects, caplog: pytest.LogCaptureFixture
) -> None:
    run(objects, FakeSiroFiles(down=True))

    assert refused(caplog) == ["no recent siro edition"]


def test_what_the_edition_before_left_goes_once_no_reader_can_need_it(
    objects: MemoryObjects,
) -> None:
    run(objects, OLD)
    objects.clock = NOW + days(30)
    reader = SiroStore(objects)
    reader.ask(BAKERY, None)

    assert run(objects, now=objects.clock).deleted == 0
    assert reader.ask(BAKERY, None)[0].opcos == (ATLAS,), "it remembers the manifest it read"
    assert run(objects, now=objects.clock + days(1)).deleted == 4

    assert opcos(objects) == (EP,)
    assert len(objects.kept) == 5
    assert run(objects, now=objects.clock + days(2)).deleted == 0


def test_two_runs_at_once_leave_one_edition_and_the_other_says_so(
    objects: MemoryObjects,
) -> None:
    class Racing(MemoryObjects):
        def create(self, key: str, body: bytes, *, content_type: str, max_age: int) -> str:
            if key == MANIFEST_KEY:
                run(objects, NEW, NOW + days(0.001))
            return super().create(key, body, content_type=content_type, max_age=max_age)

    summary = run(Racing(objects.kept, objects.written, NOW))

    assert summary.outcome == "overtaken"
    assert opcos(objects) == (EP,)
    assert run(objects, now=NOW + days(3)).deleted == 4


class Counting(MemoryObjects):
    """Crashes at its ``crash_at``-th write, before it or after it; never when 0."""

    writes = 0
    crash_at = 0
    after = False

    def _write(self, key: str, body: bytes) -> str:
        self.writes += 1
        if self.writes == self.crash_at and not self.after:
            raise Crash
        tag = super()._write(key, body)
        if self.writes == self.crash_at:
            raise Crash
        return tag

    def delete(self, key: str) -> None:
        self.writes += 1
        if self.writes == self.crash_at:
            raise Crash
        super().delete(key)


@pytest.mark.parametrize("after", [False, True])
def test_a_crash_at_any_write_leaves_one_whole_edition_and_the_next_run_mends(
    *, after: bool
) -> None:
    start = MemoryObjects(clock=NOW)
    run(start, OLD)
    later = NOW + days(40)
    seen = set()
    for crash_at in range(1, 20):
        objects = Counting(dict(start.kept), dict(start.written), later)
        objects.crash_at, objects.after = crash_at, after
        try:
            run(objects, now=later)
            run(objects, now=later + days(2))
        except Crash:
            seen.add(edition(objects))
            objects.crash_at = 0
            run(objects, now=later + days(3))
            run(objects, now=later + days(6))
        else:
            assert crash_at == 5 + 4 + 1, "every write of the two runs was tried"
            break
        assert edition(objects) == EP
        assert len(objects.kept) == 5, "nothing is left of what crashed"
    assert seen == {ATLAS, EP}


def edition(objects: Objects) -> str:
    """Which edition a reader sees; fails on a part of one."""
    sample = [BAKERY, *(f"{rank:09d}00017" for rank in range(1, 301, 7))]
    (opco,) = {opco for siret in sample for opco in opcos(objects, siret)}
    assert all(opcos(objects, siret) for siret in sample)
    return opco


@pytest.mark.parametrize("seed", range(8))
def test_runs_and_readers_in_any_order_crashes_included_see_whole_editions(seed: int) -> None:
    objects = MemoryObjects(clock=NOW)
    run(objects, OLD)

    def reader(shared: Objects) -> None:
        try:
            assert opcos(shared) in {(ATLAS,), (EP,)}
        except SourceUnavailable:
            pytest.fail("a reader saw a part")

    def importer(rank: int) -> None:
        def go(shared: Objects) -> None:
            run(shared, now=NOW + days(2 + rank / 1000))

        return go  # type: ignore[return-value]

    processes = [importer(0), importer(1), *[reader] * 5]
    play(objects, processes, seed=seed, crashes=0.05, check=lambda: edition(objects))  # type: ignore[arg-type]


def test_a_conflict_is_never_a_half_edition() -> None:
    class Refusing(MemoryObjects):
        def create(self, key: str, body: bytes, *, content_type: str, max_age: int) -> str:
            if key.endswith("002.csv.gz"):
                raise Conflict
            return super().create(key, body, content_type=content_type, max_age=max_age)

    objects = Refusing(clock=NOW)

    assert run(objects).outcome == "overtaken"
    assert MANIFEST_KEY not in objects.kept
