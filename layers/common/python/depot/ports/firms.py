"""Who knows firms and their OPCO."""

from collections.abc import Sequence
from typing import Protocol

from depot.domain.firm.company import Choices, Company, KnownCompany
from depot.domain.opco.finding import OpcoShare, SourceAnswer


class Directory(Protocol):
    """A company directory."""

    def find(self, siret: str) -> Company | None:
        """One establishment; None when the directory does not know it.

        Raises SourceUnavailable when it cannot say.
        """


class Companies(Directory, Protocol):
    """A company directory one can search. Raises SourceUnavailable when it cannot say."""

    def search(self, text: str, place: str) -> Choices:
        """Open firms by name, in a town or under a postcode unless ``place`` is empty."""

    def establishments(self, siren: str, place: str) -> Choices:
        """Open establishments of a legal unit, narrowed to ``place`` unless it is empty."""


class CompanyCache(Protocol):
    """What directories said of firms lately. A cache that fails knows nothing, and never raises."""

    def get(self, siret: str) -> KnownCompany | None:
        """What was last kept of one establishment."""

    def put(self, known: KnownCompany) -> None:
        """Keep it, over what was kept before."""


class OpcoTable(Protocol):
    """Which OPCOs answer for an agreement."""

    def shares(self, idcc: str) -> Sequence[OpcoShare]:
        """The OPCOs of one IDCC, largest first; empty when the agreement is not known."""


class OpcoSource(Protocol):
    """One source of what OPCO a firm has. ``remote``: asking costs time and somebody's quota."""

    @property
    def name(self) -> str:
        """What evidence calls it."""

    @property
    def remote(self) -> bool:
        """Whether it is asked only while the others do not settle."""

    def ask(self, siret: str, company: Company | None) -> Sequence[SourceAnswer]:
        """What it says of a firm; empty when it had nothing to look up.

        ``company`` is None while the directory has not told. Raises SourceUnavailable.
        """
