"""How long personal data are kept: two years after the last activity, told thirty days before.

Activity is what a depositor does through his link (deposit, add, edit, extend, close, correct,
change the contact, renew the link, ask to keep), and an offer being online. What we do by ourselves
is none, nor is opening a page: a mail scanner does that too.

State decides, by the sweep. ``PURGED`` is the net under it: the life of an item as the table itself
counts it, longer than the state ever needs.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from depot.domain.life.offer import Offer


KEPT: Final = timedelta(days=730)
WARNING: Final = timedelta(days=30)
# A dossier in use is written afresh at the latest KEPT - WARNING + the life of an offer after the
# last time: three months are left for a sweep that does not run.
PURGED: Final = KEPT + timedelta(days=120)


def last_activity(gesture: datetime, offers: Iterable[Offer]) -> datetime:
    """When a dossier was last in use; ahead of now while an offer is online."""
    return max([gesture, *(offer.closed_at or offer.expires_at for offer in offers)])
