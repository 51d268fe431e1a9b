"""What SIRO costs: to import a file of its true size, and to look one firm up in it.

The object store is a folder: neither the network of data.gouv nor that of S3 is in the figures.
"""

import csv
import hashlib
import random
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import Final

from depot.domain.errors import Conflict
from depot.domain.opco.siro import HEADER
from depot.ports.imports import RemoteFile
from depot.ports.objects import Piece, StoredObject
from depot.reference.opcos import register_names
from depot.storage.siro import SiroStore
from depot.usecases.opco.import_siro import SiroImport, import_siro


NOW: Final = datetime(2026, 11, 25, tzinfo=UTC)
COUPLES: Final = "opco/siro_202606_couples_idcc_opco_siret.txt"
LINES: Final = 3_671_884  # of siro-202606.csv
_FIRST: Final = 300_000_000  # a SIREN; the others follow at even steps
_STEP: Final = 190
_BLOCK: Final = 1024 * 1024
_QUESTIONS: Final = 2_000
# Of what notify_opco has: ten minutes, the download included, and 1024 MB.
BUDGET_SECONDS: Final = 120
BUDGET_MB: Final = 512
BUDGET_MS: Final = 20.0  # a question: somebody waits


@dataclass(frozen=True)
class Folder:
    """The Objects port on a folder: nothing of what is written stays in memory."""

    root: Path

    def get(self, key: str) -> StoredObject | None:
        """One object."""
        path = self.root / key
        if not path.exists():
            return None
        body = path.read_bytes()
        return StoredObject(body, hashlib.sha256(body).hexdigest())

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[Piece]:
        """Part of an object."""
        yield (self.root / key).read_bytes()[start:end]

    def upload(self, key: str, pieces: Iterable[Piece], *, content_type: str, max_age: int) -> str:
        """Write an object that must not exist, from pieces."""
        return self.create(key, b"".join(pieces), content_type=content_type, max_age=max_age)

    def create(self, key: str, body: bytes, *, content_type: str, max_age: int) -> str:
        """Write an object that must not exist."""
        del content_type, max_age
        path = self.root / key
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(body)
        return hashlib.sha256(body).hexdigest()

    def replace(self, key: str, body: bytes, *, etag: str, content_type: str, max_age: int) -> str:
        """Write over a known content."""
        stored = self.get(key)
        if stored is None or stored.etag != etag:
            raise Conflict
        self.delete(key)
        return self.create(key, body, content_type=content_type, max_age=max_age)

    def list(self, prefix: str) -> Iterable[tuple[str, datetime]]:
        """Every key, and when it was written."""
        found = [path for path in (self.root / prefix).rglob("*") if path.is_file()]
        return [(path.relative_to(self.root).as_posix(), NOW) for path in found]

    def delete(self, key: str) -> None:
        """Delete an object."""
        (self.root / key).unlink(missing_ok=True)


@dataclass(frozen=True)
class LocalFile:
    """The SiroFiles port on a file of this machine."""

    path: Path

    def newest(self) -> RemoteFile:
        """The file."""
        return RemoteFile("202606", self.path.as_uri(), self.path.stat().st_size)

    def blocks(self, file: RemoteFile) -> Iterator[bytes]:
        """Give its content, a mebibyte at a time."""
        del file
        with self.path.open("rb") as content:
            while block := content.read(_BLOCK):
                yield block


def run(register: SiroStore, file: Path) -> SiroImport:
    """Import a file."""
    return import_siro(files=LocalFile(file), register=register, names=register_names(), now=NOW)


@contextmanager
def imported(file: Path) -> Iterator[SiroStore]:
    """Import a file in a folder that goes away."""
    with tempfile.TemporaryDirectory() as scratch:
        register = SiroStore(Folder(Path(scratch)))
        run(register, file)
        yield register


def measure(refdata: Path) -> bool:
    """Print what a file of the true size and mix costs, and say whether the budgets hold."""
    with tempfile.TemporaryDirectory() as scratch:
        file, store = Path(scratch, "siro-202606.csv"), Path(scratch, "store")
        generate(refdata / COUPLES, file)
        print(f"\nSIRO, generated: {LINES} lines, {file.stat().st_size / 1e6:.0f} MB")
        register, before, began = SiroStore(Folder(store)), _peak(), time.perf_counter()
        summary = run(register, file)
        seconds = time.perf_counter() - began
        sizes = [path.stat().st_size for path in store.rglob("*.csv.gz")]
        peak = _peak()
        print(f"  import: {summary.outcome}, {summary.rows} rows, {seconds:.1f} s")
        print(f"  memory: {before} MB before, {peak} MB at most")
        print(
            f"  {len(sizes)} shards, {sum(sizes) / 1e6:.0f} MB, largest {max(sizes) / 1e3:.0f} kB"
        )
        each = _asked(register)
        print(f"  one question: {each:.2f} ms")
    return seconds <= BUDGET_SECONDS and peak <= BUDGET_MB and each <= BUDGET_MS


def _asked(register: SiroStore) -> float:
    """Milliseconds a question."""
    began = time.perf_counter()
    for number in range(_QUESTIONS):
        register.ask(siret(number * 1801 % LINES), None)
    return (time.perf_counter() - began) / _QUESTIONS * 1e3


def generate(couples: Path, file: Path) -> None:
    """Write a file with the agreements and OPCOs of the real one in their true proportions."""
    with couples.open(encoding="utf-8", newline="") as lines:
        mix = [
            (f"{idcc}|{opco}|", int(count))
            for idcc, opco, count in csv.reader(lines, delimiter="|")
        ]
    mix.append(("||", LINES - sum(count for _, count in mix)))
    endings = [line for line, _ in mix]
    luck = random.Random(0)  # noqa: S311 - the same file each time
    with file.open("w", encoding="utf-8") as out:
        out.write(HEADER.decode() + "\n")
        cumulated = list(accumulate(count for _, count in mix))
        for number in range(LINES):
            (line,) = luck.choices(endings, cum_weights=cumulated)
            out.write(f"{siret(number)}|{line}\n")


def siret(number: int) -> str:
    """One of the establishments of the generated file."""
    return f"{_FIRST + number * _STEP:09d}00017"


def _peak() -> int:
    """Memory of this process at its largest so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
