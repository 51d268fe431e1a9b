"""Partners: who says what became of our offers, and who is told because it reads no feed."""

from collections.abc import Mapping
from typing import Any, Protocol

from depot.domain.feed.receipt import Partner


class Partners(Protocol):
    """The partners that are declared, and their keys."""

    def holder(self, slug: str, key: str) -> Partner | None:
        """The partner of this slug, if the key is its own."""


class Jobs(Protocol):
    """A partner one writes jobs to, one by one.

    Raises SourceUnavailable when it cannot say, JobRefused when it will not have this one.
    """

    def create(self, job: Mapping[str, Any]) -> str:
        """Write a new job; give its id there."""

    def replace(self, job_id: str, job: Mapping[str, Any]) -> None:
        """Write a job over the one of that id. Raises ObjectMissing when there is none."""


class DropBox(Protocol):
    """A partner one leaves a file with."""

    @property
    def partner(self) -> str:
        """The key it knows us by, as every line repeats it."""

    def deliver(self, name: str, body: bytes) -> None:
        """Leave a file. Raises SourceUnavailable when it did not take it."""
