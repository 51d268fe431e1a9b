"""What imports read and write: formations, versions of the catalogue, files of SIRO."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from depot.domain.cfa.columns import Columns
from depot.domain.cfa.formation import Formation, Imported
from depot.domain.cfa.index import TrainingIndex
from depot.domain.errors import CatalogueMissing, SourceUnavailable
from depot.ports.imports import RemoteFile
from tests.siro import a_file


@dataclass
class MemoryCatalogue:
    """The Catalogue and CatalogueStore ports; ``versions`` are all there were, oldest first."""

    versions: list[tuple[Columns, Imported]] = field(default_factory=list)

    def index(self) -> TrainingIndex:
        if not self.versions:
            raise CatalogueMissing
        return TrainingIndex(self.versions[-1][0])

    def imported(self) -> Imported | None:
        return self.versions[-1][1] if self.versions else None

    def publish(self, columns: Columns, imported: Imported) -> None:
        self.versions.append((columns, imported))

    def tidy(self, now: datetime) -> int:
        old = [v for v in self.versions[:-2] if v[1].imported_at < now - timedelta(days=7)]
        self.versions = [version for version in self.versions if version not in old]
        return len(old)


@dataclass
class FakeFormations:
    """The Formations port; an exception among ``known`` is raised where it stands."""

    known: Sequence[Formation | Exception | None] = ()
    name: str = "fake"

    def all(self) -> Iterator[Formation | None]:
        for found in self.known:
            if isinstance(found, Exception):
                raise found
            yield found


@dataclass
class FakeSiroFiles:
    """The SiroFiles port: one file, given in blocks of ``size`` bytes; ``cut`` stops it short."""

    month: str = "202606"
    content: bytes = field(default_factory=lambda: a_file("00009001900019|0843|OPCO EP|"))
    size: int = 7
    cut: int | None = None
    down: bool = False

    def newest(self) -> RemoteFile:
        if self.down:
            raise SourceUnavailable
        return RemoteFile(self.month, "https://siro.example/file", len(self.content))

    def blocks(self, file: RemoteFile) -> Iterator[bytes]:
        assert file.month == self.month
        sent = self.content[: self.cut]
        yield from (sent[at : at + self.size] for at in range(0, len(sent), self.size))
        if self.cut is not None:
            raise SourceUnavailable
