"""Tell the partners who read no feed, those a stage names, each apart from the others."""

import logging
from datetime import datetime

from depot.domain.errors import Outside
from depot.domain.model import Value
from depot.usecases.partners import deliver_file, push_jobs


logger = logging.getLogger(__name__)


class Told(Value):
    """What was done. ``failed``: so many partners could not be told; the next run tries again."""

    jobs: push_jobs.Pushed | None = None
    files: deliver_file.DeliverySummary | None = None
    failed: int = 0


def tell_partners(
    jobs: push_jobs.JobPusher | None, files: deliver_file.FileDelivery | None, now: datetime
) -> Told:
    """Run each; one that fails does not keep the other from being told."""
    told = Told()
    if jobs:
        told = told.model_copy(update={"jobs": jobs.run(now)})
    if files:
        try:
            told = told.model_copy(update={"files": files.run(now)})
        except Outside as error:
            logger.error("file not left", extra={"reason": str(error)})  # noqa: TRY400 - it may quote
            told = told.model_copy(update={"failed": 1})
    logger.info("partners told", extra=told.model_dump())
    return told
