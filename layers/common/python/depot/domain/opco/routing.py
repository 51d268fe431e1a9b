"""Where each OPCO reads its mail: one mailbox, and others for some régions and départements.

The most precise address wins: département, région, OPCO. Without an OPCO, or for one that has no
mailbox, it is the default one: the desk of the service, which forwards by hand. The file that says
so differs between deployments; its schema is ``docs/opco-routing.schema.json``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import StringConstraints

from depot.domain.model import Value


Mailbox = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")
]

# Overseas, a département takes three characters of the code of a commune (INSEE).
_OVERSEAS: Final = ("97", "98")


class OpcoMailboxes(Value):
    """Where one OPCO reads its mail. Keys are INSEE codes: ``75`` and ``2A``, ``971``."""

    mailbox: Mailbox
    regions: Mapping[str, Mailbox] = {}
    departements: Mapping[str, Mailbox] = {}

    def nearest(self, departement: str | None, region: str | None) -> str:
        """The most precise address for a place."""
        place = self.departements.get(departement or "") or self.regions.get(region or "")
        return place or self.mailbox


class OpcoRouting(Value):
    """Where OPCOs hear of needs, by the names of the reference data; ``default`` is the desk."""

    default: Mailbox
    opcos: Mapping[str, OpcoMailboxes]


@dataclass(frozen=True)
class OpcoMailing:
    """A routing, and the région of each département."""

    routing: OpcoRouting
    regions: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """The OPCOs a need can be passed on to."""
        return tuple(self.routing.opcos)

    def mailbox(self, opco: str | None, insee: str | None) -> str:
        """Where ``opco`` (None: the desk) hears of a firm in this commune, if it is known."""
        mailboxes = self.routing.opcos.get(opco or "")
        if mailboxes is None:
            return self.routing.default
        departement = departement_of(insee) if insee else None
        return mailboxes.nearest(departement, self.regions.get(departement or ""))


def departement_of(insee: str) -> str:
    """The département of a commune, from its INSEE code: ``24322`` is in ``24``, 97105 in 971."""
    return insee[:3] if insee.startswith(_OVERSEAS) else insee[:2]
