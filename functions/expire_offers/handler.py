"""Schedules: reminders, expiries, whatever a crash or an outage left behind; and the counts.

Events of SES: a mail that came back, or was complained of.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from aws_lambda_powertools.utilities.typing import LambdaContext

from depot.edge.observability import logger
from depot.usecases.letters.mail_events import mail_returned
from depot.usecases.life.expire_offers import expire_offers
from depot.wiring.services import services
from depot.wiring.sweeping import counter, sweeper


# Stop taking up work when this little time is left; the next run resumes.
_MARGIN_MS: Final = 20_000
# The sums of 10,000 deposits a day take half of it on a third of a processor (bench/counts.py).
_COUNT_MARGIN_MS: Final = 120_000
_SES: Final = "aws.ses"


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda entry point (schedules, or EventBridge with what SES tells of a mail that left).

    A sweep, or ``{"task": "count"}``.

    ``{"now": "<ISO 8601 with offset>"}`` beside it or alone does it as of another moment.
    """
    log, s = logger(), services()
    if event.get("source") == _SES:
        return _returned(event)
    now = datetime.fromisoformat(event["now"]) if "now" in event else s.now()
    if event.get("task") == "count":
        counted = counter(s, now).run(_left(context, _COUNT_MARGIN_MS)).model_dump(mode="json")
        log.info("offers counted", extra={"deposited": counted["deposited"]})
        return counted
    summary = expire_offers(sweeper(s, now), enough_time=_left(context, _MARGIN_MS))
    log.info("sweep done", extra=summary.model_dump())
    return summary.model_dump()


def _left(context: LambdaContext, margin: int) -> Callable[[], bool]:
    return lambda: context.get_remaining_time_in_millis() > margin


def _returned(event: dict[str, Any]) -> dict[str, Any]:
    from depot.mail.events import read_event  # noqa: PLC0415 - a sweep needs none of it

    told, s = read_event(event), services()
    if told:
        mail_returned(told, store=s.store, now=s.now())
    return {"recorded": told is not None}
