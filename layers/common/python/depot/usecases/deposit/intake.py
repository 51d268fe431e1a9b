"""What accepting a deposit takes, whether a form or a line of a file brings it."""

from collections.abc import Collection
from dataclasses import dataclass

from depot.ports.firms import Directory
from depot.ports.links import Links
from depot.ports.store import Store
from depot.ports.trainings import Metiers
from depot.usecases.firm.places import Places
from depot.usecases.letters.mailroom import Mailroom


@dataclass(frozen=True)
class Intake:
    """The neighbours of a deposit.

    ``opcos`` are the names a declared OPCO may have, ``mail_providers`` the domains where anybody
    has a mailbox.
    """

    store: Store
    companies: Directory
    metiers: Metiers
    opcos: Collection[str]
    mail_providers: Collection[str]
    places: Places
    mailroom: Mailroom
    links: Links
