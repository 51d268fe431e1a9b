"""Many processes on one object store, one operation at a time, in an order drawn from a seed.

Each process is a thread that stops before every operation; the conductor lets one go, waits for it
to stop again, then draws the next. So the same seed always gives the same story, crashes included.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from queue import SimpleQueue
from threading import Semaphore, Thread
from typing import Any, Self

from depot.domain.life.offer import Offer
from depot.ports.objects import Piece, StoredObject
from depot.ports.pages import PageObjects, Tag
from depot.ports.store import Listed
from tests.fakes import MemoryObjects, MemoryStore
from tests.world import Crash


@dataclass
class Turn:
    """One process: when it may go on, whether it must crash there, whether it ended."""

    go: Semaphore = field(default_factory=lambda: Semaphore(0))
    stopped: SimpleQueue[bool] = field(default_factory=SimpleQueue)
    crash: str = ""

    def wait(self) -> None:
        """Stop before an operation."""
        self.stopped.put(item=False)
        self.go.acquire()
        if self.crash == "before":
            raise Crash


@dataclass
class Interrupted(Turn):
    """A process alone: ``acts`` happen just before its operations of these numbers."""

    acts: dict[int, list[Callable[[], object]]] = field(default_factory=dict)
    number: int = 0

    def wait(self) -> None:
        self.number += 1
        for act in self.acts.pop(self.number, ()):
            act()


@dataclass
class SharedStore(MemoryStore):
    """What one process sees of the offers: listing them is an operation a day, as a query is."""

    turn: Turn = field(default_factory=Turn)

    def offer(self, recruiter_id: str, offer_id: str) -> Offer | None:
        self.turn.wait()
        return super().offer(recruiter_id, offer_id)

    def listed(self, part: int, days: Iterable[str]) -> Iterator[Listed]:
        for day in days:
            self.turn.wait()
            yield from list(super().listed(part, [day]))


@dataclass
class SharedObjects:
    """What one process sees of the store."""

    store: PageObjects
    turn: Turn

    def get(self, key: str) -> StoredObject | None:
        self.turn.wait()
        return self.store.get(key)

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterable[bytes]:
        self.turn.wait()
        return self.store.read(key, start, end)

    def upload(self, key: str, pieces: Iterable[Piece], *, content_type: str, max_age: int) -> str:
        body = b"".join(pieces)
        return self.create(key, body, content_type=content_type, max_age=max_age)

    def create(self, key: str, body: bytes, *, content_type: str, max_age: int) -> str:
        self.turn.wait()
        tag = self.store.create(key, body, content_type=content_type, max_age=max_age)
        return self._done(tag)

    def replace(self, key: str, body: bytes, *, etag: str, content_type: str, max_age: int) -> str:
        self.turn.wait()
        tag = self.store.replace(key, body, etag=etag, content_type=content_type, max_age=max_age)
        return self._done(tag)

    def put(self, key: str, body: bytes, **about: Any) -> str:
        self.turn.wait()
        return self._done(self.store.put(key, body, **about))

    def tags(self, prefix: str, after: str = "") -> Iterable[Tag]:
        self.turn.wait()
        return self.store.tags(prefix, after)

    def tag_of(self, body: bytes) -> str:
        return self.store.tag_of(body)

    def list(self, prefix: str) -> Iterable[tuple[str, datetime]]:
        self.turn.wait()
        return self.store.list(prefix)

    def delete(self, key: str) -> None:
        self.turn.wait()
        self.store.delete(key)

    def _done(self, tag: str) -> str:
        if self.turn.crash == "after":
            raise Crash
        return tag


@dataclass
class DyingObjects(MemoryObjects):
    """What a process sees that dies at its operation number ``left``, before it or ``after``."""

    left: int = 0
    after: bool = False

    @classmethod
    def at(cls, number: int, store: MemoryObjects, *, after: bool) -> Self:
        return cls(store.kept, store.written, store.clock, left=number, after=after)

    def get(self, key: str) -> StoredObject | None:
        with self._step():
            return super().get(key)

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        with self._step():
            return super().read(key, start, end)

    def create(self, key: str, body: bytes, *, content_type: str, max_age: int) -> str:
        with self._step():
            return super().create(key, body, content_type=content_type, max_age=max_age)

    def replace(self, key: str, body: bytes, *, etag: str, content_type: str, max_age: int) -> str:
        with self._step():
            return super().replace(key, body, etag=etag, content_type=content_type, max_age=max_age)

    def list(self, prefix: str) -> Iterable[tuple[str, datetime]]:
        with self._step():
            return super().list(prefix)

    def delete(self, key: str) -> None:
        with self._step():
            super().delete(key)

    @contextmanager
    def _step(self) -> Iterator[None]:
        self.left -= 1
        if self.left == 0 and not self.after:
            raise Crash
        yield
        if self.left == 0:
            raise Crash


def play(
    store: PageObjects,
    processes: Sequence[Callable[[SharedObjects], object]],
    *,
    seed: int,
    crashes: float = 0.0,
    check: Callable[[], object] = lambda: None,
) -> list[int]:
    """Run them all, ``check`` after every operation; give the ranks of those that crashed."""
    luck = random.Random(seed)
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
