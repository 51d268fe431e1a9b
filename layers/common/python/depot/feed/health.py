"""What the last comparison of the table and the feed found."""

from datetime import datetime
from typing import Final, Literal

from depot.domain.model import Value
from depot.feed.index import FILES_PREFIX


HEALTH_KEY: Final = f"{FILES_PREFIX}health.json"


class Health(Value):
    """Differences are zero when all is well; each was repaired by the run that reports it.

    ``compared``: offers. ``missing``: live, not in the feed. ``altered``: the feed said something
    else. ``extra``: no longer live, still in the feed. ``damaged``: files that were not as the
    index describes them. ``pages``: offers whose public page or single record was missing, altered,
    or still there. ``complete``: everything was compared, else the next run goes on from
    ``next_part``; pages after the id ``next_page``, unless it is empty.
    """

    schema_version: Literal["1.0"] = "1.0"
    checked_at: datetime
    cursor: int = 0
    complete: bool = False
    next_part: int = 0
    compared: int = 0
    missing: int = 0
    altered: int = 0
    extra: int = 0
    damaged: int = 0
    pages: int = 0
    next_page: str = ""

    @property
    def drift(self) -> int:
        """All differences together."""
        return self.missing + self.altered + self.extra + self.damaged + self.pages
