"""The sweep: remind, expire, verify, take up whatever was left behind.

Selection is "due and not yet done": a missed run is caught up by the next. Each effect is one
conditional transaction, so two sweeps at once do each thing once.

What asks nobody else comes first, then what asks about OPCOs, and firms last: an API that hangs
keeps waiting only what it should tell of.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.life.offer import Offer
from depot.domain.opco.notice import OpcoNotice
from depot.ports.store import Due
from depot.usecases.life.sweeper import Sweeper, SweepSummary


logger = logging.getLogger(__name__)

# After so many silences in a row the directory is down: the next sweep asks again.
_SILENCES: Final = 3


def _unit(due: Due) -> tuple[type, str, str]:
    """Offers are swept a recruiter at a time, everything else one by one."""
    return (due.entity, due.recruiter_id, "" if due.entity is Offer else due.id)


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
            try:
                self.total += act(due)
            except Exception as error:
                logger.exception("not swept", extra={"recruiter": due.recruiter_id, "due": due.id})
                self.failures.append(error)


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


def _first(dues: Iterable[Due], notices: list[Due], firms: list[Due]) -> Iterator[Due]:
    """What asks nobody else, once each; the others are set aside."""
    seen: set[tuple[type, str, str]] = set()
    for due in dues:
        if (unit := _unit(due)) in seen:
            continue
        seen.add(unit)
        if due.entity is Recruiter:
            firms.append(due)
        if due.entity is OpcoNotice:
            notices.append(due)
        else:
            yield due


def expire_offers(sweeper: Sweeper, *, enough_time: Callable[[], bool]) -> SweepSummary:
    """Do all that is due, until it is done or time runs short.

    What fails for an unforeseen reason does not stop the rest; the failures are raised together at
    the end, so that the alarm rings.
    """
    run, firms, notices = _Run(), list[Due](), list[Due]()
    run.through(_first(sweeper.store.due(sweeper.now), notices, firms), sweeper.sweep, enough_time)
    run.through(notices, sweeper.sweep, enough_time)
    asking = _Verification(sweeper)
    run.through(asking.in_turn(firms), asking.verify, lambda: enough_time() and not asking.silent)
    if asking.silent:
        logger.warning("company directory silent: firms are left to the next sweep")
    if run.failures:
        message = f"{len(run.failures)} things could not be swept; done: {run.total}"
        raise ExceptionGroup(message, run.failures)
    return run.total
