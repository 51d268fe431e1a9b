"""Who carries mail."""

from typing import Protocol

from depot.domain.letters.letter import Letter
from depot.ports.links import UnsubscribeLinks


class Courier(Protocol):
    """Mail."""

    def send(
        self, letter: Letter, link: str | None, unsubscribe: UnsubscribeLinks | None = None
    ) -> str:
        """Compose and hand over a letter; give the message id.

        ``link`` is what its reader may open (depot.usecases.letters.mailroom); a centre's letter
        has a ``unsubscribe`` too. Raises MailDelayed or MailRefused.
        """
