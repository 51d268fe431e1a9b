"""Letters as the use cases write them, one of each kind and turn of phrase, a module a reader."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from depot.domain.letters.letter import Letter
from depot.ports.courier import LinkedLetter
from depot.ports.links import UnsubscribeLinks
from tests.letters import address, cfa, depositor, employer, firms, opco
from tests.letters.given import Write
from tests.world import World


LETTERS: Mapping[str, Write] = {
    **depositor.LETTERS,
    **address.LETTERS,
    **firms.LETTERS,
    **opco.LETTERS,
    **cfa.LETTERS,
    **employer.LETTERS,
}


class Mailed(NamedTuple):
    """What the courier was given: a letter, what its reader may open, where to ask for no more.

    ``together``: the letters the same mail tells of, the first one included.
    """

    letter: Letter
    link: str | None
    out: UnsubscribeLinks | None
    together: Sequence[LinkedLetter] = ()

    @property
    def links(self) -> list[str]:
        """All that its reader may open."""
        return [link for link in (self.link, *(told.link for told in self.together)) if link]


def mailed(name: str, world: World | None = None) -> Mailed:
    """One of the letters above, as the courier was given it."""
    happening = world or World()
    sent = LETTERS[name](happening)
    courier = happening.courier
    rank = courier.sent.index(sent)
    return Mailed(*sent, courier.ways_out[rank], courier.together[rank])
