"""The life of an offer: its states, the moves between them, what it remembers, its limits.

``MOVES`` is the one table of what may become what; docs/life.md draws it. Expired is a state of its
own: nobody decided it. Withdrawn is for good: who withdrew the offer is not its depositor.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple, get_args

from depot.domain.life.lifetime import last_day
from depot.domain.model import Value


State = Literal["live", "filled", "cancelled", "expired", "withdrawn"]
Ending = Literal["filled", "cancelled"]
Reason = Literal[
    "with_depot",
    "without_depot",
    "no_longer_needed",
    "no_applications",
    "enough_applications",
    "unsuitable_applications",
    "other",
    "firm_refused",  # ours, never the depositor's
    "removed_by_employer",  # of an offer somebody else deposited for it
]
Channel = Literal[
    "offer_seen",
    "cfa",
    "opco",
    "recruitment_body",
    "website",
    "network",
    "spontaneous",
    "social_networks",
    "other",
]

# Which reasons go with which outcome, and by which channels an apprentice is found.
REASONS: Final[Mapping[Ending, frozenset[Reason]]] = {
    "filled": frozenset({"with_depot", "without_depot"}),
    "cancelled": frozenset(
        {
            "no_longer_needed",
            "no_applications",
            "enough_applications",
            "unsuitable_applications",
            "other",
        }
    ),
}
CHANNELS: Final[Mapping[Reason, frozenset[Channel]]] = {
    "with_depot": frozenset({"offer_seen", "cfa", "opco"}),
    "without_depot": frozenset(get_args(Channel)) - {"offer_seen"},
}

Move = Literal[
    "edit", "place", "extend", "remind", "fill", "cancel", "expire", "withdraw", "reactivate"
]


class Rule(NamedTuple):
    """From which states a move starts, and where it leads."""

    origins: frozenset[State]
    to: State


_LIVE: Final = frozenset[State]({"live"})
_ENDED: Final = frozenset[State]({"filled", "cancelled", "expired"})

MOVES: Final[Mapping[Move, Rule]] = {
    "edit": Rule(_LIVE, "live"),
    "place": Rule(_LIVE, "live"),
    "extend": Rule(_LIVE, "live"),
    "remind": Rule(_LIVE, "live"),
    "expire": Rule(_LIVE, "expired"),
    # Ended already: the depositor says how it ended, or says it otherwise.
    "fill": Rule(_LIVE | _ENDED, "filled"),
    "cancel": Rule(_LIVE | _ENDED, "cancelled"),
    "withdraw": Rule(_LIVE | _ENDED, "withdrawn"),
    "reactivate": Rule(_ENDED, "live"),
}


class By(Value):
    """Who moves an offer, never by name; ``link``: by which one, its purpose and its version."""

    who: Literal["depositor", "sweep", "directory", "employer", "opco", "cfa"]
    link: str | None = None


DEPOSITOR: Final = By(who="depositor")
SWEEP: Final = By(who="sweep")
DIRECTORY: Final = By(who="directory")
EMPLOYER: Final = By(who="employer")


class Moment(By):
    """One thing that happened to an offer.

    ``detail``: the fields an edit changed, why it was closed; codes, never what was typed.
    """

    at: datetime
    what: Literal["publish", Move]
    detail: tuple[str, ...] = ()


_REMEMBERED: Final = 20
History = tuple[Moment, ...]


def remember(history: History, moment: Moment) -> History:
    """Add a moment; of a long life, the first and the last ones stay: an item may not grow."""
    longer = (*history, moment)
    if len(longer) <= _REMEMBERED:
        return longer
    return (longer[0], *longer[1 - _REMEMBERED :])


class Limits(Value):
    """How far a depositor may take an offer, in days; the numbers are in the file of each stage.

    An offer stays online ``longest`` days at most in one go, extensions included; once ended, it
    may be reactivated for ``reactivation`` days.
    """

    longest: int
    reactivation: int

    def furthest(self, since: date) -> date:
        """The last day an offer online since a day may reach."""
        return since + timedelta(days=self.longest)

    def extended(self, since: date, now: datetime) -> date:
        """The last day of an offer online since a day, once extended now."""
        return min(last_day(now), self.furthest(since))

    def reactivable_until(self, ended_on: date) -> date:
        """The last day on which an offer that ended on a day may be reactivated."""
        return ended_on + timedelta(days=self.reactivation)
