"""What the feed says: its index, and the lines of its files. Contract: docs/feed/README.md.

Fields, encodings and reasons may be added within a major version: what is not known is ignored.
"""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, TypeVar

from depot_reader.errors import Damaged, Refused


MAJOR: Final = "1"
INDEX: Final = f"/feed/v{MAJOR}/index.json"

T = TypeVar("T")


@dataclass(frozen=True)
class File:
    """A file the index names: path from the site's origin, size and digest as sent (gzip'd)."""

    path: str
    cursor: int
    bytes: int
    sha256: str
    records: int
    last_modified: str


class Plan(NamedTuple):
    """What to read: a snapshot that replaces the copy, or a new start from nothing; segments."""

    restart: bool
    snapshot: File | None
    segments: tuple[File, ...]


@dataclass(frozen=True)
class Index:
    """Where everything is. ``cursor`` counts the segments ever written.

    ``generated_at`` is UTC, ISO 8601 to the microsecond: it sorts as text.
    """

    cursor: int
    generated_at: str
    snapshot: File | None
    changes: tuple[File, ...]

    def precedes(self, cursor: int | None, generated_at: str | None) -> bool:
        """Whether it is older than the one of that instant, followed to that cursor.

        A lower cursor alone may be a feed started again; then it was written later.
        """
        behind = cursor is not None and self.cursor < cursor
        return behind and generated_at is not None and self.generated_at <= generated_at

    def after(self, cursor: int | None) -> Plan:
        """What a reader at this cursor must read, None for one that has nothing yet.

        Raises Refused when the index leaves a gap, which it never should.
        """
        oldest = self.changes[0].cursor if self.changes else self.cursor + 1
        if cursor is not None and cursor in range(oldest - 1, self.cursor + 1):
            return Plan(restart=False, snapshot=None, segments=self._since(cursor))
        start = self.snapshot.cursor if self.snapshot else 0
        return Plan(restart=True, snapshot=self.snapshot, segments=self._since(start))

    def _since(self, cursor: int) -> tuple[File, ...]:
        found = tuple(file for file in self.changes if file.cursor > cursor)
        if [file.cursor for file in found] != list(range(cursor + 1, self.cursor + 1)):
            raise Refused(f"the index leaves a gap between cursors {cursor} and {self.cursor}")
        return found


class Upsert(NamedTuple):
    """A new or changed offer: its id, its record as JSON."""

    id: str
    record: str


class Tombstone(NamedTuple):
    """An offer that left, why and when."""

    id: str
    reason: str
    at: str


Change = Upsert | Tombstone


def index_of(body: bytes) -> Index:
    """Read an index; raises Refused when it is not an index, or of another major version."""
    try:
        said = json.loads(body)
        version = str(said["schema_version"])
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"no feed here: {INDEX} is not an index") from error
    if version.partition(".")[0] != MAJOR:
        raise Refused(f"the feed is of version {version}, this reader reads {MAJOR}.x")
    try:
        snapshot = said["snapshot"]
        return Index(
            cursor=int(said["cursor"]),
            generated_at=_instant(said["generated_at"]),
            snapshot=_file(snapshot["files"]["ndjson"]) if snapshot else None,
            changes=tuple(map(_file, said["changes"])),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"{INDEX} is not an index of version {version}") from error


def _file(said: Any) -> File:  # noqa: ANN401 - any JSON
    path = str(said["path"])
    if not path.startswith("/"):
        raise ValueError(path)
    return File(
        path=path,
        cursor=int(said["cursor"]),
        bytes=int(said["bytes"]),
        sha256=str(said["sha256"]),
        records=int(said["records"]),
        last_modified=str(said["last_modified"]),
    )


def _instant(said: Any) -> str:  # noqa: ANN401 - any JSON
    return datetime.fromisoformat(said).astimezone(UTC).isoformat(timespec="microseconds")


def offers(file: File, lines: Iterable[bytes]) -> Iterator[Upsert]:
    """Offers of a snapshot; raises Damaged at a line that is none, or when some are missing."""
    return _read(file, lines, _upsert)


def changes(file: File, lines: Iterable[bytes]) -> Iterator[Change]:
    """Changes of a segment, in order; raises Damaged as ``offers`` does."""
    return _read(file, lines, _change)


def _read(file: File, lines: Iterable[bytes], of: Callable[[Any], T]) -> Iterator[T]:
    number = 0
    try:
        for line in lines:
            number += 1
            yield of(json.loads(line))
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged(f"{file.path}: line {number} says nothing this reader knows") from error
    except (OSError, EOFError, zlib.error) as error:
        raise Damaged(f"{file.path} does not decompress") from error
    if number != file.records:
        raise Damaged(f"{file.path} holds {number} lines, the index says {file.records}")


def _change(said: Any) -> Change:  # noqa: ANN401 - any JSON
    match said["op"]:
        case "upsert":
            return _upsert(said["offer"])
        case "tombstone":
            return Tombstone(_text(said["id"]), _text(said["reason"]), _text(said["at"]))
    raise ValueError(said["op"])


def _upsert(said: Any) -> Upsert:  # noqa: ANN401 - any JSON
    record = json.dumps(said, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Upsert(_text(said["id"]), _text(record))


def _text(said: Any) -> str:  # noqa: ANN401 - any JSON
    """A string that UTF-8, hence SQLite, can hold; ValueError otherwise."""
    if not isinstance(said, str):
        raise TypeError(said)
    said.encode()
    return said
