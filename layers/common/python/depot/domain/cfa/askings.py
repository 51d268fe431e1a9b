"""All the askings of one offer: who is taken, and how many centres may still be asked.

Ten at most an offer, once each, and once a mailbox, however many rounds there are and whoever runs
them at once:

- rounds are numbered without a gap, each born on the condition that its number is free: whoever
  makes one has read all those before it;
- they are run in that order, each done on the condition that it still waits, and say whom they
  asked: whoever runs one knows all that was asked before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from depot.domain.cfa.matching import MAX_CENTRES, Match
from depot.domain.cfa.rounds import CfaRound, RoundOutcome
from depot.domain.letters.letter import Letter


@dataclass(frozen=True)
class Askings:
    """The rounds of one offer, in their order.

    ``lost`` are SIRENs that the need never reached; ``written`` the addresses it was sent to.
    """

    rounds: tuple[CfaRound, ...]
    lost: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, rounds: Iterable[CfaRound], offer_id: str, letters: Iterable[Letter] = ()
    ) -> "Askings":
        """Take the rounds of an offer among others.

        A query is no snapshot: it may have missed a round and seen the next, which then waits.
        """
        first = first_letters(letters, offer_id)
        own = sorted((r for r in rounds if r.offer_id == offer_id), key=lambda r: r.number)
        return cls(
            tuple(each for at, each in enumerate(own, 1) if each.number == at),
            lost_in(first),
            frozenset(letter.to for letter in first),
        )

    @property
    def next(self) -> int:
        """The number of the round to come."""
        return len(self.rounds) + 1

    @cached_property
    def waiting(self) -> tuple[CfaRound, ...]:
        """Those to be run."""
        return tuple(each for each in self.rounds if each.state == "waiting")

    @cached_property
    def asked(self) -> frozenset[str]:
        """SIRENs of the centres that were asked."""
        return frozenset(siren for each in self.rounds for siren in each.asked)

    @cached_property
    def promised(self) -> tuple[Match, ...]:
        """Centres chosen that were not written to yet."""
        return tuple(centre for each in self.waiting for centre in each.chosen or ())

    @cached_property
    def taken(self) -> frozenset[str]:
        """SIRENs of those that are not to be asked again."""
        return self.asked | {centre.siren for centre in self.promised}

    @cached_property
    def mailboxes(self) -> frozenset[str]:
        """Addresses that are not to be written to again, whoever else has them."""
        return self.written | {centre.email for centre in self.promised}

    def may_ask(self, centre: Match) -> bool:
        """Whether a centre, and its mailbox, were not asked yet."""
        return centre.siren not in self.taken and centre.email not in self.mailboxes

    @property
    def choosing(self) -> bool:
        """Whether the nearest are about to be asked: nobody knows yet who they are."""
        return any(each.chosen is None for each in self.waiting)

    @property
    def left(self) -> int:
        """How many centres may still be asked: 0 while the nearest are still being looked for."""
        return 0 if self.choosing else MAX_CENTRES - len(self.taken - self.lost)

    @property
    def outcome(self) -> RoundOutcome | None:
        """What came of the last round, once it was run."""
        return self.rounds[-1].outcome if self.rounds else None

    @property
    def may_ask_the_nearest(self) -> bool:
        """Whether the choice may be left to us: once an offer, and not when ten were chosen.

        A round that asked nobody does not count: the need, or what is taught nearby, may change.
        """
        spent = (each.chosen is None and each.outcome == "asked" for each in self.rounds)
        return self.left > 0 and not any(spent)


def first_letters(letters: Iterable[Letter], offer_id: str) -> list[Letter]:
    """Those that told a need, whatever became of them."""
    return [
        letter
        for letter in letters
        if letter.kind == "cfa_need" and letter.asking and letter.asking.offer_id == offer_id
    ]


def lost_in(first: Iterable[Letter]) -> frozenset[str]:
    """The SIRENs that a need never reached, of its first letters: theirs failed."""
    return frozenset(
        letter.asking.siren for letter in first if letter.state == "failed" and letter.asking
    )
