"""The Courier port: a mailbox one can look into."""

from dataclasses import dataclass, field

from depot.domain.letters.letter import Letter
from depot.ports.links import UnsubscribeLinks


@dataclass
class FakeCourier:
    """The Courier port: keeps what was sent; ``fails`` is raised instead, once each, in order."""

    sent: list[tuple[Letter, str | None]] = field(default_factory=list)
    ways_out: list[UnsubscribeLinks | None] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)

    def send(
        self, letter: Letter, link: str | None, unsubscribe: UnsubscribeLinks | None = None
    ) -> str:
        if self.fails:
            raise self.fails.pop(0)
        self.sent.append((letter, link))
        self.ways_out.append(unsubscribe)
        return f"message-{len(self.sent)}"

    @property
    def kinds(self) -> list[str]:
        return [letter.kind for letter, _ in self.sent]
