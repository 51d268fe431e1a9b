"""The sweep: remind, expire, verify, take up whatever was left behind.

Selection is "due and not yet done": a missed run is caught up by the next. Each effect is one
conditional transaction, so two sweeps at once do each thing once.

What asks nobody else comes first: what concerns one thing, then what one mail tells to an address.
Then comes what asks about OPCOs, and firms last: an API that hangs keeps waiting only what it
should tell of.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.letters.letter import TOLD_TOGETHER, Letter, kind_of
from depot.domain.life.offer import Offer
from depot.domain.opco.notice import OpcoNotice
from depot.ports.store import Due
from depot.usecases.life.by_address import ByAddress
from depot.usecases.life.sweeper import Sweeper, SweepSummary


logger = logging.getLogger(__name__)

T = TypeVar("T")

# After so many silences in a row the directory is down: the next sweep asks again.
_SILENCES: Final = 3


def _unit(due: Due) -> tuple[type, str, str]:
    """Offers are swept a recruiter at a time, everything else one by one."""
    return (due.entity, due.recruiter_id, "" if due.entity is Offer else due.id)


@dataclass
class _Aside:
    """What waits for its turn: an address, the OPCOs, the directory."""

    letters: ByAddress
    offers: ByAddress
    notices: list[Due] = field(default_factory=list)
    firms: list[Due] = field(default_factory=list)


@dataclass
class _Run:
    """One sweep: what it did, and what failed."""

    total: SweepSummary = field(default_factory=SweepSummary)
    failures: list[Exception] = field(default_factory=list)

    def through(
        self,
        dues: Iterable[Due],
        act: Callable[[Due], SweepSummary],
        may_go_on: Callable[[], bool],
    ) -> None:
        """Act on each, until one may not go on; what fails does not stop the rest."""
        for due in dues:
            if not may_go_on():
                self.total += SweepSummary(unfinished=True)
                break
            self.total += self._attempt(due, partial(act, due)) or SweepSummary()

    def together(
        self,
        waiting: ByAddress,
        read: Callable[[Due], T | None],
        act: Callable[[Sequence[T]], SweepSummary],
        may_go_on: Callable[[], bool],
    ) -> None:
        """The same, address by address: what can be read of each is acted on as one."""
        for due in waiting.leaders():
            if not may_go_on():
                self.total += SweepSummary(unfinished=True)
                break
            dues = self._attempt(due, partial(waiting.take, due)) or ()
            found = [self._attempt(each, partial(read, each)) for each in dues]
            there = [each for each in found if each is not None]
            self.total += self._attempt(due, partial(act, there)) or SweepSummary()

    def _attempt(self, due: Due, act: Callable[[], T]) -> T | None:
        try:
            return act()
        except Exception as error:
            logger.exception("not swept", extra={"recruiter": due.recruiter_id, "due": due.id})
            self.failures.append(error)
            return None


@dataclass
class _Verification:
    """Asks the directory about firm after firm, while it answers."""

    sweeper: Sweeper
    silences: int = 0

    @property
    def silent(self) -> bool:
        return self.silences >= _SILENCES

    def in_turn(self, firms: Iterable[Due]) -> list[Due]:
        """Shuffled anew each sweep: firms it never tells of cannot keep the same others waiting."""
        salt = self.sweeper.now.isoformat()
        return sorted(
            firms,
            key=lambda due: hashlib.sha256(f"{salt}{due.recruiter_id}".encode()).digest(),
        )

    def verify(self, due: Due) -> SweepSummary:
        verified = self.sweeper.verify(due.recruiter_id)
        if verified:
            self.silences = self.silences + 1 if verified == "silent" else 0
        return SweepSummary(verified=verified == "told")


def _first(dues: Iterable[Due], aside: _Aside) -> Iterator[Due]:
    """What asks nobody else, once each; the others are set aside."""
    seen: set[tuple[type, str, str]] = set()
    for due in dues:
        if (unit := _unit(due)) in seen:
            continue
        seen.add(unit)
        if due.entity is Recruiter:
            aside.firms.append(due)
        if due.entity is Offer:
            aside.offers.add(due)
        elif due.entity is Letter and kind_of(due.id) in TOLD_TOGETHER:
            aside.letters.add(due)
        elif due.entity is OpcoNotice:
            aside.notices.append(due)
        else:
            yield due


def expire_offers(sweeper: Sweeper, *, enough_time: Callable[[], bool]) -> SweepSummary:
    """Do all that is due, until it is done or time runs short.

    What fails for an unforeseen reason does not stop the rest; the failures are raised together at
    the end, so that the alarm rings.
    """
    store = sweeper.store
    run, aside = _Run(), _Aside(ByAddress(store), ByAddress(store))
    run.through(_first(store.due(sweeper.now), aside), sweeper.sweep, enough_time)
    run.together(aside.letters, sweeper.left_over, sweeper.letters, enough_time)
    run.together(aside.offers, sweeper.dossier, sweeper.offers, enough_time)
    run.through(aside.notices, sweeper.sweep, enough_time)
    asking = _Verification(sweeper)
    run.through(
        asking.in_turn(aside.firms), asking.verify, lambda: enough_time() and not asking.silent
    )
    if asking.silent:
        logger.warning("company directory silent: firms are left to the next sweep")
    if run.failures:
        message = f"{len(run.failures)} things could not be swept; done: {run.total}"
        raise ExceptionGroup(message, run.failures)
    return run.total
