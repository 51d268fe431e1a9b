"""The Courier port: a mailbox one can look into."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from depot.domain.letters.letter import Letter
from depot.ports.courier import LinkedLetter
from depot.ports.links import UnsubscribeLinks


@dataclass
class FakeCourier:
    """The Courier port: keeps what was sent; ``fails`` is raised instead, once each, in order.

    A mail of several letters is kept under the first of them; ``together`` has them all.
    """

    sent: list[tuple[Letter, str | None]] = field(default_factory=list)
    ways_out: list[UnsubscribeLinks | None] = field(default_factory=list)
    together: list[tuple[LinkedLetter, ...]] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)

    def send(
        self, letter: Letter, link: str | None, unsubscribe: UnsubscribeLinks | None = None
    ) -> str:
        if self.fails:
            raise self.fails.pop(0)
        self.sent.append((letter, link))
        self.ways_out.append(unsubscribe)
        self.together.append(())
        return f"message-{len(self.sent)}"

    def send_together(self, told: Sequence[LinkedLetter], everything: str) -> str:
        message_id = self.send(told[0].letter, everything)
        self.together[-1] = tuple(told)
        return message_id

    @property
    def kinds(self) -> list[str]:
        return [letter.kind for letter, _ in self.sent]
