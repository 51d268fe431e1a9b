"""What imports of reference data need from outside: sources to read, our copies to write."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple, Protocol

from depot.domain.cfa.columns import Columns
from depot.domain.cfa.formation import Formation, Imported
from depot.domain.opco.siro import Edition, SiroRow


class CatalogueStore(Protocol):
    """The versions of the catalogue, to be written."""

    def imported(self) -> Imported | None:
        """What the present version holds, if there is one."""

    def publish(self, columns: Columns, imported: Imported) -> None:
        """Make a new version the present one. Raises Conflict when another import did so."""

    def tidy(self, now: datetime) -> int:
        """Delete old versions; give how many."""


class Formations(Protocol):
    """A public catalogue of formations by apprenticeship."""

    name: str

    def all(self) -> Iterator[Formation | None]:
        """Every formation; None for a record of another shape than the documented one.

        Raises SourceUnavailable, perhaps in the middle.
        """


class RemoteFile(NamedTuple):
    """A file of SIRO: the month it is of (``202606``), where it is, its bytes if they are told."""

    month: str
    url: str
    size: int | None


class SiroFiles(Protocol):
    """Where France compétences publishes SIRO."""

    def newest(self) -> RemoteFile:
        """The newest file. Raises SourceUnavailable."""

    def blocks(self, file: RemoteFile) -> Iterator[bytes]:
        """What it holds, as it comes. Raises SourceUnavailable when it does not come whole."""


class SiroRegister(Protocol):
    """Our copy of SIRO, one edition in force."""

    def current(self) -> Edition | None:
        """The edition in force."""

    def replace(self, month: str, rows: Iterable[SiroRow], now: datetime) -> Edition:
        """Put an edition in force, whole or not at all. Raises Conflict."""

    def tidy(self, now: datetime) -> int:
        """Delete what older editions and failed runs left; give how many objects."""
