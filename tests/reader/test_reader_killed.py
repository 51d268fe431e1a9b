"""The reference reader, killed anywhere, among writers that are too: the mirror is never wrong."""

import itertools
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depot.ports.objects import Objects
from depot.usecases.feed.publish_feed import Publisher
from depot_reader.errors import MirrorError
from tests.architecture.runtime import ROOT
from tests.builders import NOW
from tests.interleaving import SharedObjects, play
from tests.partner import Feed, documents, record, spread, tombstone
from tests.reader.served import Served, mirrored, on_a_port, read, status
from tests.world import Crash, days


History = dict[int | None, dict[str, Any]]


def story() -> tuple[Feed, History]:
    """A snapshot, then an arrival, a change, a departure; what is live at each cursor."""
    feed, found = Feed(), spread(20)
    feed.publish(*found)
    feed.publisher.snapshot(NOW)
    feed.publish(*spread(3, start=20))
    feed.publish(found[0].model_copy(update={"openings": 9}), tombstone(found[1].id))
    feed.publish(found[1])
    history: History = {cursor: documents(feed.changes_after(0, cursor)) for cursor in range(1, 5)}
    return feed, {None: {}, 0: {}, **history}


def stale(database: Path) -> None:
    """A mirror whose cursor the feed does not list: it must become the snapshot."""
    old = Feed()
    for rank in range(6):
        old.publish(record(f"old{rank}"), now=NOW - days(1))
    read(database, Served(old.objects))


def fresh(_: Path) -> None:
    """No mirror yet."""


@pytest.mark.parametrize("start", [fresh, stale])
def test_killed_at_any_request_it_goes_on_from_there(
    tmp_path: Path, start: Callable[[Path], None]
) -> None:
    feed, history = story()
    for last in itertools.count(1):
        database = tmp_path / f"{last}.db"
        start(database)

        def die(number: int, last: int = last) -> None:
            if number == last:
                raise Crash

        served = Served(feed.objects, die)
        try:
            read(database, served)
        except Crash:
            if start is fresh:
                assert mirrored(database) == history[status(database).cursor]
            again = Served(feed.objects)
            read(database, again)
            assert len(served.asked) + len(again.asked) <= 7, "what was read is not read again"
        else:
            assert last == 6
            break
        assert mirrored(database) == history[4]


@pytest.mark.parametrize("start", [fresh, stale])
def test_killed_at_any_statement_what_is_on_disk_is_a_moment_of_the_feed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: Callable[[Path], None]
) -> None:
    """What a killed process leaves is its files: they are taken before every statement."""
    feed, history = story()
    database = tmp_path / "offers.db"
    start(database)
    before = mirrored(database) if database.exists() else {}
    taken: list[Path] = []

    class Watched(sqlite3.Connection):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self.set_trace_callback(lambda _: take())

    def take() -> None:
        folder = tmp_path / str(len(taken))
        folder.mkdir()
        for file in tmp_path.glob("offers.db*"):
            if not file.name.endswith("-shm"):  # rebuilt by who comes next
                shutil.copy(file, folder)
        taken.append(folder / "offers.db")

    connect = sqlite3.connect
    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", lambda *a, **o: connect(*a, **o, factory=Watched))
        read(database, Served(feed.objects))

    assert len(taken) > 50
    for left in taken:
        cursor = _cursor(left)
        wanted = before if cursor in {None, 6} else history[cursor]
        assert cursor is None or mirrored(left) == wanted
        read(left, Served(feed.objects))
        assert mirrored(left) == history[4]


def _cursor(database: Path) -> int | None:
    try:
        return status(database).cursor
    except MirrorError:
        return None  # its tables are not made yet


def test_the_process_itself_is_killed_at_any_request_and_started_again(tmp_path: Path) -> None:
    feed, history = story()
    database = tmp_path / "offers.db"
    command = [sys.executable, "-m", "depot_reader", "follow", "--once", "--database", database]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "reader")}
    with on_a_port(feed.objects) as port:
        codes = []
        for last in range(1, 12):
            process = subprocess.Popen([*command, port.url], env=env, stderr=subprocess.PIPE)

            def spoil(number: int, told: Any, last: int = last, pid: int = process.pid) -> Any:
                if number == last:
                    os.kill(pid, signal.SIGKILL)
                return told

            port.asked.clear()
            port.spoil = spoil
            process.communicate(timeout=30)
            codes.append(process.returncode)
            assert not database.exists() or mirrored(database) in history.values()
            if codes[-1] == 0:
                break

    assert codes[-1] == 0
    assert set(codes[:-1]) == {-signal.SIGKILL}
    assert mirrored(database) == history[4]


@given(seed=st.integers(0, 10**6))
@settings(max_examples=25)
def test_among_publishers_snapshots_tidying_and_crashes_a_mirror_is_always_a_moment_of_the_feed(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    database = tmp_path_factory.mktemp("mirror") / "offers.db"
    feed = Feed()
    feed.objects.clock = NOW
    feed.publish(*spread(30))
    feed.publisher.snapshot(NOW)
    history: History = {1: documents(feed.changes_after(0))}

    def publish(rank: int) -> Callable[[Objects], object]:
        told = tombstone(f"o{rank % 4}") if rank % 3 == 0 else record(f"o{rank % 4}", 1 + rank)
        return lambda objects: Publisher(objects).publish([told], NOW)

    def snapshot(objects: Objects) -> None:
        Publisher(objects).snapshot(NOW)

    def tidy(objects: Objects) -> None:
        Publisher(objects).tidy(NOW + days(9))

    def reader(objects: SharedObjects) -> None:
        for _ in range(3):
            read(database, Served(objects))
            assert mirrored(database) == history[status(database).cursor]

    def remember() -> None:
        for file in feed.index.changes:
            if file.cursor not in history:
                live = dict(history[file.cursor - 1])
                for change in feed.changes_after(file.cursor - 1, file.cursor):
                    live.pop(change.id, None)
                    live |= documents(iter([change]))
                history[file.cursor] = live

    processes = [*(publish(rank) for rank in range(9)), snapshot, snapshot, tidy, reader]
    play(feed.objects, processes, seed=seed, crashes=0.02, check=remember)
    feed.publisher.follow(NOW)
    remember()

    read(database, Served(feed.objects))
    assert mirrored(database) == history[feed.index.cursor]
