"""Many processes on one object store, one operation at a time, in an order drawn from a seed.

Each process is a thread that stops before every operation; the conductor lets one go, waits for it
to stop again, then draws the next. So the same seed always gives the same story, crashes included.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from queue import SimpleQueue
from threading import Semaphore, Thread

from depot.ports import Piece, StoredObject
from tests.fakes import MemoryObjects
from tests.world import Crash


@dataclass
class Turn:
    """One process: when it may go on, whether it must crash there, whether it ended."""

    go: Semaphore = field(default_factory=lambda: Semaphore(0))
    stopped: SimpleQueue[bool] = field(default_factory=SimpleQueue)
    crash: str = ""


@dataclass
class SharedObjects:
    """What one process sees of the store."""

    store: MemoryObjects
    turn: Turn

    def get(self, key: str) -> StoredObject | None:
        self._wait()
        return self.store.get(key)

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterable[bytes]:
        self._wait()
        return self.store.read(key, start, end)

    def upload(self, key: str, pieces: Iterable[Piece], *, content_type: str, max_age: int) -> str:
        body = b"".join(pieces)
        return self.create(key, body, content_type=content_type, max_age=max_age)

    def create(self, key: str, body: bytes, *, content_type: str, max_age: int) -> str:
        self._wait()
        tag = self.store.create(key, body, content_type=content_type, max_age=max_age)
        return self._done(tag)

    def replace(self, key: str, body: bytes, *, etag: str, content_type: str, max_age: int) -> str:
        self._wait()
        tag = self.store.replace(key, body, etag=etag, content_type=content_type, max_age=max_age)
        return self._done(tag)

    def list(self, prefix: str) -> Iterable[tuple[str, datetime]]:
        self._wait()
        return self.store.list(prefix)

    def delete(self, key: str) -> None:
        self._wait()
        self.store.delete(key)

    def _wait(self) -> None:
        self.turn.stopped.put(item=False)
        self.turn.go.acquire()
        if self.turn.crash == "before":
            raise Crash

    def _done(self, tag: str) -> str:
        if self.turn.crash == "after":
            raise Crash
        return tag


def play(
    store: MemoryObjects,
    processes: Sequence[Callable[[SharedObjects], object]],
    *,
    seed: int,
    crashes: float = 0.0,
    check: Callable[[], object] = lambda: None,
) -> list[int]:
    """Run them all, ``check`` after every operation; give the ranks of those that crashed."""
    luck = random.Random(seed)  # noqa: S311 - a schedule, not a secret
    turns = [Turn() for _ in processes]
    crashed: list[int] = []
    errors: list[Exception] = []

    def live(rank: int) -> None:
        try:
            processes[rank](SharedObjects(store, turns[rank]))
        except Crash:
            crashed.append(rank)
        except Exception as error:  # noqa: BLE001 - a thread cannot raise: told below
            errors.append(error)
        turns[rank].stopped.put(item=True)

    for rank in range(len(processes)):
        Thread(target=live, args=(rank,), daemon=True).start()
    going = [turn for turn in turns if not turn.stopped.get(timeout=5)]
    while going:
        turn = luck.choice(going)
        turn.crash = luck.choice(["before", "after"]) if luck.random() < crashes else ""
        turn.go.release()
        if turn.stopped.get(timeout=5):
            going.remove(turn)
        check()
    if errors:
        raise ExceptionGroup("processes failed", errors)
    return sorted(crashed)
