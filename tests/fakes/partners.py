"""The Jobs and DropBox ports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from depot.domain.errors import JobRefused, ObjectMissing, SourceUnavailable


@dataclass
class MemoryJobs:
    """The Jobs port; ``fails`` are raised instead, once each, in order."""

    kept: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    fails: list[Exception] = field(default_factory=list)
    calls: int = 0

    def create(self, job: Mapping[str, Any]) -> str:
        self._check(job)
        there = f"there-{len(self.kept) + 1}"
        self.kept[there] = job
        return there

    def replace(self, job_id: str, job: Mapping[str, Any]) -> None:
        if job_id not in self.kept:
            raise ObjectMissing(job_id)
        self._check(job)
        self.kept[job_id] = job

    def _check(self, job: Mapping[str, Any]) -> None:
        self.calls += 1
        if self.fails:
            raise self.fails.pop(0)
        if len(job["offer"]["description"]) < 30:
            raise JobRefused(400)


@dataclass
class MemoryDropBox:
    """The Deposit port; ``down`` makes it refuse everything."""

    partner: str = "DEPOT"
    left: list[tuple[str, bytes]] = field(default_factory=list)
    down: bool = False

    def deliver(self, name: str, body: bytes) -> None:
        if self.down:
            raise SourceUnavailable("down")
        self.left.append((name, body))
