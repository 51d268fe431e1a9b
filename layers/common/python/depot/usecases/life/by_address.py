"""What is due, gathered by the address its dossiers are reached at, so that one mail tells it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from depot.ports.store import Due, Store


# Dossiers told of in one mail: read, written and sent within a lease and the margin of a sweep.
_AT_ONCE: Final = 100


@dataclass
class ByAddress:
    """Due things, by recruiter; each is taken once."""

    store: Store
    _waiting: dict[str, list[Due]] = field(default_factory=dict)

    def add(self, due: Due) -> None:
        """One more."""
        self._waiting.setdefault(due.recruiter_id, []).append(due)

    def leaders(self) -> Iterator[Due]:
        """One of each dossier that is still waiting when its turn comes."""
        for recruiter_id in list(self._waiting):
            if recruiter_id in self._waiting:
                yield self._waiting[recruiter_id][0]

    def take(self, leader: Due) -> list[Due]:
        """What waits for this dossier and for those of its address, a hundred of them at most.

        Some may have moved to another address since: read before acting.
        """
        own = self._waiting.pop(leader.recruiter_id)
        recruiter = self.store.recruiter(leader.recruiter_id)
        if recruiter is None:
            return own
        found = self.store.reached_at(recruiter.contact.email)
        beside = list(islice(filter(self._waiting.__contains__, found), _AT_ONCE - 1))
        return own + [due for each in beside for due in self._waiting.pop(each, ())]
