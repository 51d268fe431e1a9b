"""What one link may do, whoever holds it: each of these gestures writes letters, some to strangers.

A throttle of a route shuts everybody out at once (``infra/stages``); these hold a dossier alone.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from depot.domain.errors import LimitReached
from depot.domain.life.offer import Offer


MAX_LIVE: Final = 50
MAX_ADDED: Final = 20
DAY: Final = timedelta(hours=24)


def one_more(offers: Sequence[Offer], now: datetime) -> None:
    """Ask whether a dossier may deposit one more need today. Raises LimitReached."""
    one_more_live(offers, now)
    if sum(now - offer.published_at < DAY for offer in offers) >= MAX_ADDED:
        raise LimitReached("added_limit", field="metier")


def one_more_live(offers: Iterable[Offer], now: datetime, field: str = "metier") -> None:
    """Ask whether one more offer of a dossier may be online. Raises LimitReached."""
    if sum(offer.is_current(now) for offer in offers) >= MAX_LIVE:
        raise LimitReached("live_limit", field=field)


def told_lately(offer: Offer, now: datetime) -> bool:
    """Whether its depositor was told today that it closed: closed again, it says so no more."""
    return any(
        moment.what in {"fill", "cancel"} and now - moment.at < DAY for moment in offer.history
    )
