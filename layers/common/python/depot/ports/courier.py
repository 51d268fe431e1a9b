"""Who carries mail."""

from typing import Protocol

from depot.domain.letter import Letter


class Courier(Protocol):
    """Mail."""

    def send(self, letter: Letter, link: str | None) -> str:
        """Compose and hand over a letter; give the message id.

        ``link`` is the manage link of a depositor's letter, the turn's of an OPCO's. Raises
        MailDelayed or MailRefused.
        """
