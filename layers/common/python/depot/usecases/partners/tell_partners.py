"""Tell the partners who read no feed, those a stage names, each apart from the others."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from pydantic import ValidationError

from depot.domain.errors import DepotError
from depot.domain.model import Value
from depot.usecases.partners import deliver_file, push_jobs


logger = logging.getLogger(__name__)

R = TypeVar("R", bound=Value)


class Told(Value):
    """What was done. ``failed``: so many partners could not be told; the next run tries again."""

    jobs: push_jobs.Pushed | None = None
    files: deliver_file.DeliverySummary | None = None
    failed: int = 0


def tell_partners(
    jobs: push_jobs.JobPusher | None, files: deliver_file.FileDelivery | None, now: datetime
) -> Told:
    """Run each; one that fails does not keep the other from being told."""
    pushed = _told(jobs.run, now) if jobs else None
    delivered = _told(files.run, now) if files else None
    failed = bool(jobs and not pushed) + bool(files and not delivered)
    told = Told(jobs=pushed, files=delivered, failed=failed)
    logger.info("partners told", extra=told.model_dump())
    return told


def _told(run: Callable[[datetime], R], now: datetime) -> R | None:
    """What a run did; None if the partner, the feed or the note of the last run failed it."""
    try:
        return run(now)
    except (DepotError, ValidationError) as error:
        logger.error("partner not told", extra={"reason": type(error).__name__})  # noqa: TRY400 - it may quote
        return None
