"""What the feed costs: one change, a whole snapshot, the next snapshot.

    python -m bench feed    # 100,000 live offers, one change at 1,000,000 too: minutes, and 2 GB

CPU time of this process, medians, all in one run and interleaved; the object store costs nothing.
The rival is the ordinary way (bench/ordinary.py): every item read with boto3, every file written
anew by json, ElementTree, csv and gzip.
"""

import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, Final

from bench import offers, ordinary
from bench.budgets import Budget, Report
from bench.offers import NOW
from bench.stores import Files, PiecesInMemory
from depot.feed.blocks import block, plain
from depot.feed.encoder import Records
from depot.feed.encoding import ENCODERS, apply, id_of, line_of, shape
from depot.feed.index import INDEX_KEY, MAX_SEGMENTS, Snapshot, snapshot_key
from depot.feed.layout import Layout, Shards
from depot.ports.objects import Objects
from depot.usecases.feed.publish_feed import Publisher
from depot.usecases.feed.reading import Before
from depot.usecases.feed.snapshot import SnapshotWriter


FLAT: Final = Budget(1.2, most=True)
# Missed since whole snapshots are made in a tenth of the time, from larger blocks.
AGAINST_WRITING: Final = Budget(1_000, tolerated=500)
AGAINST_ORDINARY: Final = Budget(10_000, tolerated=5_000)
WHOLE: Final = Budget(10)
BYTES: Final = Budget(20, " %", most=True)
NEXT: Final = Budget(200)
NEXT_OF_MANY: Final = Budget(20, tolerated=8)
MEMORY: Final = Budget(16, " MB", most=True)
RARE: Final = Random(2)  # noqa: S311 - the same at every run


@dataclass(frozen=True)
class Lines(Before):
    """Records that come from nowhere, to make a first snapshot of."""

    number: int = 0
    given: Iterable[bytes] | None = None

    @property
    def records(self) -> int:
        """How many."""
        return self.number

    def lines(self) -> Iterator[bytes]:
        """In order."""
        return iter(self.given or offers.lines(self.number))


def filled(objects: Objects, number: int) -> Publisher:
    """A feed of so many live offers, with a full list of segments."""
    publisher = Publisher(objects)
    for record in offers.records(MAX_SEGMENTS):
        publisher.publish([record], NOW)
    stored = objects.get(INDEX_KEY)
    assert stored is not None  # noqa: S101 - it was just written
    snapshot = regenerated(objects, number, MAX_SEGMENTS)
    index = publisher.index(NOW).with_snapshot(snapshot, NOW).model_dump_json().encode()
    objects.replace(INDEX_KEY, index, etag=stored.etag, content_type="", max_age=0)
    return publisher


def regenerated(objects: Objects, number: int, cursor: int = 1) -> Snapshot:
    """Our own best at writing everything: from finished records, nothing to copy from."""
    before = Lines(objects, None, Layout(shape(), [], {}), number=number)
    return SnapshotWriter(objects, before, {}, cursor, NOW).write()


@dataclass
class Change:
    """One change of a feed, over and over: segment, index, and its shard in every encoding."""

    publisher: Publisher

    def __post_init__(self) -> None:
        """Find a shard once: who writes a snapshot walks through it."""
        self._records = list(offers.records(1))
        snapshot = self.publisher.index(NOW).snapshot
        assert snapshot is not None  # noqa: S101 - filled() made it
        before = Before.load(self.publisher.objects, snapshot)
        reader = before.reader("ndjson")
        assert reader is not None  # noqa: S101 - the same
        rank = len(reader.file.blocks) // 2
        self._about = reader.file.blocks[rank]
        self._body = b"".join(reader.blocks(rank, rank + 1))
        self._id = id_of(plain(self._body, self._about).splitlines()[0])
        self._shards = Shards.of(len(reader.file.blocks))

    def run(self) -> None:
        """One change."""
        update = {"id": self._id, "openings": RARE.randrange(9)}
        record = self._records[0].model_copy(update=update)
        self.publisher.publish([record], NOW)
        self._shards.of_id(record.id)
        lines = plain(self._body, self._about).splitlines()
        after = list(apply(lines, {record.id: line_of(record)}).values())
        told = Records(after)
        for row in ENCODERS:
            block(row.member(told))


def cpu(act: Callable[[], object]) -> float:
    """CPU seconds of one run."""
    began = time.process_time()
    act()
    return time.process_time() - began


def one_change(publishers: Mapping[int, Publisher]) -> dict[int, float]:
    """Seconds of one change, by number of live offers."""
    changes = {number: Change(publisher) for number, publisher in publishers.items()}
    times: dict[int, list[float]] = {number: [] for number in publishers}
    for _ in range(MAX_SEGMENTS - 20):  # as many as the index takes without growing
        for number, change in changes.items():
            times[number].append(cpu(change.run))
    return {number: median(found) for number, found in times.items()}


def next_snapshot(publisher: Publisher, changes: int) -> float:
    """Seconds of a snapshot after so many changes."""
    index = publisher.index(NOW)
    number = index.records
    records = list(offers.records(min(changes, 1000))) * -(-changes // 1000)
    moved = [
        record.model_copy(update={"id": offers.offer_id(rank), "openings": RARE.randrange(9)})
        for record, rank in zip(records, RARE.sample(range(number), changes), strict=False)
    ]
    for at in range(0, changes, 1000):
        publisher.publish(moved[at : at + 1000], NOW)
    return cpu(lambda: publisher.snapshot(NOW))


def alone(way: str, path: Path, number: int) -> None:
    """Make a whole snapshot of what a file gives, in this process; print its peak memory in kB."""
    with path.open("rb") as file:
        if way == "ours":
            given = (line.rstrip(b"\n") for line in file)
            nothing = Layout(shape(), [], {})
            objects = Files(folder=path.parent)
            before = Lines(objects, None, nothing, number=number, given=given)
            SnapshotWriter(objects, before, {}, 1, NOW).write()
        if way == "ordinary":
            ordinary.write(ordinary.read(file))
    print(_peak())


def _peak() -> int:
    """High-water mark of this very process: ru_maxrss would count its parent's."""
    status = Path("/proc/self/status").read_text("utf-8")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1])


def memory(way: str, number: int) -> float:
    """MB that a whole snapshot adds to a fresh process that has imported everything."""
    with tempfile.TemporaryDirectory() as folder:
        path, lines = Path(folder) / "given", offers.lines(number)
        with path.open("wb") as file:
            given = lines if way == "ours" else ordinary.pages(lines)
            file.writelines(each + b"\n" for each in given)
        command = [sys.executable, "-m", "bench.feed", str(number), str(path)]
        done, idle = (int(subprocess.check_output([*command, each])) for each in (way, "nothing"))
    return (done - idle) / 1024


def main(number: int = 100_000) -> bool:
    """Measure, print, and say whether the budgets hold."""
    print(f"feed: {number:,} live offers")
    report, sizes = Report(), (number // 10, number, number * 10)
    publishers = {size: filled(PiecesInMemory(), size) for size in sizes}
    change = one_change(publishers)
    for size in sizes:
        report.tell(f"one change, {size:,} live", f"{change[size] * 1e3:.2f} ms")
    flat = change[sizes[2]] / change[sizes[0]]
    report.check(f"one change, {sizes[2]:,} / {sizes[0]:,} live", flat, FLAT)
    usual, ours = _whole(report, number)
    for rival, seconds, budget in (
        ("writing everything", ours, AGAINST_WRITING),
        ("the ordinary way", usual, AGAINST_ORDINARY),
    ):
        ratio = seconds / change[number]
        report.check(f"one change, against {rival}", ratio, budget, f"{seconds:.2f} s")
    for count, budget in ((1, NEXT), (number // 100, NEXT_OF_MANY)):
        took = median(next_snapshot(publishers[number], count) for _ in range(7))
        detail = f"{took * 1e3:.0f} ms, {ours / took:,.0f}x our own whole snapshot"
        report.check(f"next snapshot after {count:,} changes", usual / took, budget, detail)
    del publishers
    for size in sizes[:2]:
        what = f"memory of a whole snapshot of {size:,}"
        report.check(f"{what}, ours", memory("ours", size), MEMORY)
        report.tell(f"{what}, ordinary", f"{memory('ordinary', size):+.1f} MB")
    return report.within


def _whole(report: Report, number: int) -> tuple[float, float]:
    """Seconds of a whole snapshot: the ordinary way, and ours."""
    usual, theirs = _whole_ordinary(report, number)
    ours, store = _whole_ours(number)
    detail = f"{ours:.2f} s"
    report.check("whole snapshot, against the ordinary way", usual / ours, WHOLE, detail)
    mine = {row.name: store.size(snapshot_key(1, row.name)) for row in ENCODERS}
    for name, size in mine.items():
        more = (size / theirs[name] - 1) * 100
        report.tell(f"bytes of {name}, against zlib -6", f"{more:+.1f} %, {size:,}")
    more = (sum(mine.values()) / sum(theirs.values()) - 1) * 100
    report.check("bytes of all files, against zlib -6", more, BYTES, f"{sum(mine.values()):,}")
    return usual, ours


def _whole_ordinary(report: Report, number: int) -> tuple[float, dict[str, int]]:
    """Seconds, and bytes written, by encoding."""
    pages = list(ordinary.pages(offers.lines(number)))
    records: list[dict[str, Any]] = []
    written: dict[str, bytes] = {}
    reading = cpu(lambda: records.extend(ordinary.read(pages)))
    writing = cpu(lambda: written.update(ordinary.write(records)))
    report.tell("the ordinary way", f"{reading:.2f} s to read and {writing:.2f} s to write")
    return reading + writing, {name: len(body) for name, body in written.items()}


def _whole_ours(number: int) -> tuple[float, PiecesInMemory]:
    """Seconds, without those that make the offers up; and the files."""
    store = PiecesInMemory()
    all_of_it = cpu(lambda: regenerated(store, number))
    made_up = cpu(lambda: deque(offers.lines(number), maxlen=0))
    return all_of_it - made_up, store


if __name__ == "__main__":  # only by memory(): a process of its own
    alone(sys.argv[3], Path(sys.argv[2]), int(sys.argv[1]))
