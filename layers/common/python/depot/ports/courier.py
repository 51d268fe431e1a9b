"""Who carries mail."""

from typing import Protocol

from depot.domain.letters.letter import Letter
from depot.ports.links import WayOut


class Courier(Protocol):
    """Mail."""

    def send(self, letter: Letter, link: str | None, way_out: WayOut | None = None) -> str:
        """Compose and hand over a letter; give the message id.

        ``link`` is what its reader may open (depot.usecases.letters.mailroom); a centre's letter
        has a ``way_out`` too. Raises MailDelayed or MailRefused.
        """
