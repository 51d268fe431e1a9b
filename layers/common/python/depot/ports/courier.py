"""Who carries mail."""

from typing import Protocol

from depot.domain.letter import Letter


class Courier(Protocol):
    """Mail."""

    def send(self, letter: Letter, link: str | None) -> str:
        """Compose and hand over a letter; give the message id.

        ``link`` is what its reader may open (depot.usecases.mailroom). Raises MailDelayed or
        MailRefused.
        """
