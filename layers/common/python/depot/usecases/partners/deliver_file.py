"""Leave a file of every live offer with a partner that wants one a day.

Offers that were in an earlier file and left are in it once, as gone. It is made from the snapshot,
which its own guard keeps from shrinking. The same day is left once; a crash between the partner's
yes and its record leaves the same file again, which says the same.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from depot.domain.feed.record import OfferRecord
from depot.domain.life.lifetime import paris_day
from depot.domain.model import Value
from depot.feed.dialects import france_travail
from depot.feed.dialects.france_travail import Row
from depot.ports.partners import DropBox
from depot.usecases.feed.publish_feed import Publisher
from depot.usecases.feed.reading import Before
from depot.usecases.partners.memory import keep, recall


_LEFT: Final = "push/files.json"


class Delivered(Value):
    """The last file: of which day, and the offers in it."""

    day: date
    offers: tuple[str, ...] = ()


class DeliverySummary(Value):
    """What was left; nothing when the day's file already was."""

    live: int = 0
    gone: int = 0


@dataclass
class FileDelivery:
    """One run. ``page`` gives the address of an offer's page, ``regions`` go by département."""

    publisher: Publisher
    deposit: DropBox
    page: Callable[[str], str]
    regions: Mapping[str, str]

    def run(self, now: datetime) -> DeliverySummary:
        """Leave the day's file, unless it was. Raises SourceUnavailable when it was not taken."""
        objects, today = self.publisher.objects, paris_day(now)
        before = recall(objects, _LEFT, Delivered)
        if before and before.day == today:
            return DeliverySummary()
        partner, live = self.deposit.partner, list[str]()
        rows = [*self._rows(now, partner, live)]
        gone = sorted(set(before.offers if before else ()) - set(live))
        rows += [france_travail.gone(offer_id, partner=partner) for offer_id in gone]
        self.deposit.deliver(f"offres-{today}.zip", france_travail.archive(rows))
        keep(objects, _LEFT, Delivered(day=today, offers=tuple(live)))
        return DeliverySummary(live=len(live), gone=len(gone))

    def _rows(self, now: datetime, partner: str, live: list[str]) -> Iterator[Row]:
        """One row an offer that can be told; their ids go to ``live``."""
        for line in Before.load(self.publisher.objects, self.publisher.index(now).snapshot).lines():
            record = OfferRecord.model_validate_json(line)
            url = self.page(record.id)
            row = france_travail.row(record, url, partner=partner, regions=self.regions)
            if row is not None:
                live.append(record.id)
                yield row
