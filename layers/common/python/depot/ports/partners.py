"""Who may say what it did with our offers."""

from typing import Protocol

from depot.domain.receipt import Partner


class Partners(Protocol):
    """The partners that are declared, and their keys."""

    def holder(self, slug: str, key: str) -> Partner | None:
        """The partner of this slug, if the key is its own."""
