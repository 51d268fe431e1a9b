"""Who carries mail."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from depot.domain.letters.letter import Letter
from depot.ports.links import UnsubscribeLinks


class LinkedLetter(NamedTuple):
    """A letter, and the manage link of its dossier."""

    letter: Letter
    link: str


class Courier(Protocol):
    """Mail."""

    def send(
        self, letter: Letter, link: str | None, unsubscribe: UnsubscribeLinks | None = None
    ) -> str:
        """Compose and hand over a letter; give the message id.

        ``link`` is what its reader may open (depot.usecases.letters.mailroom); a centre's letter
        has a ``unsubscribe`` too. Raises MailDelayed or MailRefused.
        """

    def send_together(self, told: Sequence[LinkedLetter], everything: str) -> str:
        """Compose letters of one kind to one address as one mail; give the message id.

        ``everything`` opens all that its reader manages. Raises MailDelayed or MailRefused.
        """
