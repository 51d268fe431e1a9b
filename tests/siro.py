"""Files of SIRO, and where they are published, for tests."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from depot.domain.errors import SourceUnavailable
from depot.ports.imports import RemoteFile


HEADER = "SIRET|IDCC|OPCO_PROPRIETAIRE|OPCO_GESTION"
NAMES = {"OPCO EP": "Opco entreprises de proximité", "AKTO": "Akto", "ATLAS": "ATLAS"}


def a_file(*lines: str, header: str = HEADER, end: str = "\n") -> bytes:
    return end.join([header, *lines, ""]).encode()


def many(rows: int, opco: str = "OPCO EP") -> Iterable[str]:
    """As many establishments, each of a firm of its own."""
    return (f"{rank:09d}00017|0843|{opco}|" for rank in range(1, rows + 1))


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
