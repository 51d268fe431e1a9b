"""The mirror: one SQLite database. Each file of the feed is one transaction, its cursor included.

So whatever kills the reader, offers and cursor always go together. ``offers`` are live: their
record as published, and columns drawn from it. ``withdrawn`` are those that left: nothing of them
but an id, a reason (null when only a snapshot told) and an instant.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, NamedTuple, Self

from depot_reader.errors import MirrorError
from depot_reader.feed import Change, Tombstone, Upsert


_VERSION: Final = 2  # of these tables
_WAIT: Final = 30  # seconds, for whoever else writes to the database
_TABLES: Final = (
    """CREATE TABLE feed (
  only_one     INTEGER PRIMARY KEY CHECK (only_one = 1),
  site         TEXT NOT NULL,
  cursor       INTEGER,          -- the change up to which this is a copy; null before the first
  etag         TEXT,             -- of the index that was followed to its end
  generated_at TEXT,             -- latest one of the indexes followed
  seen_at      TEXT              -- when the mirror was last in step, UTC
) STRICT""",
    """CREATE TABLE offers (
  id           TEXT PRIMARY KEY,
  record       TEXT NOT NULL,    -- JSON, as published
  title        TEXT AS (json_extract(record, '$.title')),
  rome         TEXT AS (json_extract(record, '$.metier.rome')),
  siret        TEXT AS (json_extract(record, '$.workplace.siret')),
  postcode     TEXT AS (json_extract(record, '$.workplace.postcode')),
  city         TEXT AS (json_extract(record, '$.workplace.city')),
  ends_on      TEXT AS (json_extract(record, '$.ends_on')),
  updated_at   TEXT AS (json_extract(record, '$.updated_at'))
) STRICT""",
    """CREATE TABLE withdrawn (
  id           TEXT PRIMARY KEY,
  reason       TEXT,
  at           TEXT NOT NULL
) STRICT""",
)


class Position(NamedTuple):
    """How far a mirror is: cursor, None before the first; tag of the index followed to its end.

    ``generated_at`` is the latest of the indexes followed, be it in part.
    """

    cursor: int | None
    etag: str | None
    generated_at: str | None


class Step(NamedTuple):
    """A file to take in: cursors before (None: nothing yet) and after, instant of its index."""

    before: int | None
    after: int
    generated_at: str


class Withdrawn(NamedTuple):
    """An offer that left; why is not known when only a snapshot told."""

    id: str
    reason: str | None
    at: str


class Status(NamedTuple):
    """What there is to say of a mirror."""

    site: str
    cursor: int | None
    live: int
    withdrawn: int
    seen_at: str | None


class Mirror:
    """A database that holds a copy of one site's offers."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use ``open_for`` or ``existing``."""
        self._db = connection

    @classmethod
    @contextmanager
    def open_for(cls, path: Path, site: str) -> Iterator[Self]:
        """Open the mirror of this site, made if there is none; raises MirrorError."""
        with _connected(path) as db:
            db.execute("PRAGMA journal_mode = WAL")  # others may read while a file comes in
            with _transaction(db):
                if not _version(db):
                    _create(db, site)
            _check(db, path)
            (found,) = db.execute("SELECT site FROM feed").fetchone()
            if found != site:
                raise MirrorError(f"{path} is a copy of {found}: give {site} another database")
            yield cls(db)

    @classmethod
    @contextmanager
    def existing(cls, path: Path) -> Iterator[Self]:
        """Open a mirror to look at it; raises MirrorError."""
        if not path.is_file():
            raise MirrorError(f"{path} does not exist")
        with _connected(path) as db:
            _check(db, path)
            yield cls(db)

    def position(self) -> Position:
        """How far it is."""
        found = self._db.execute("SELECT cursor, etag, generated_at FROM feed")
        return Position(*found.fetchone())

    def status(self) -> Status:
        """What there is to say of it."""
        return Status(
            *self._db.execute(
                "SELECT site, cursor, (SELECT count(*) FROM offers),"
                " (SELECT count(*) FROM withdrawn), seen_at FROM feed"
            ).fetchone()
        )

    def offers(self) -> list[Upsert]:
        """Live ones, by id."""
        rows = self._db.execute("SELECT id, record FROM offers ORDER BY id")
        return [Upsert(*row) for row in rows]

    def withdrawn(self) -> list[Withdrawn]:
        """Those that left, by id."""
        rows = self._db.execute("SELECT id, reason, at FROM withdrawn ORDER BY id")
        return [Withdrawn(*row) for row in rows]

    def replace(self, offers: Iterable[Upsert], step: Step, *, at: str) -> None:
        """Become this snapshot. Offers that are not in it were withdrawn at ``at`` at the latest.

        Raises MirrorError when the cursor has moved since this step was decided.
        """
        with self._step(step) as db:
            db.execute("CREATE TEMP TABLE held AS SELECT id FROM offers")
            db.execute("DELETE FROM offers")
            db.executemany("INSERT OR REPLACE INTO offers (id, record) VALUES (?, ?)", offers)
            db.execute(
                "INSERT OR REPLACE INTO withdrawn"
                " SELECT id, NULL, ? FROM held WHERE id NOT IN (SELECT id FROM offers)",
                [at],
            )
            db.execute("DELETE FROM withdrawn WHERE id IN (SELECT id FROM offers)")
            db.execute("DROP TABLE held")

    def apply(self, changes: Iterable[Change], step: Step) -> None:
        """Take in a segment; MirrorError as ``replace``."""
        with self._step(step) as db:
            for change in changes:
                if isinstance(change, Tombstone):
                    db.execute("DELETE FROM offers WHERE id = ?", [change.id])
                    db.execute("INSERT OR REPLACE INTO withdrawn VALUES (?, ?, ?)", change)
                else:
                    db.execute("INSERT OR REPLACE INTO offers (id, record) VALUES (?, ?)", change)
                    db.execute("DELETE FROM withdrawn WHERE id = ?", [change.id])

    def seen(self, *, cursor: int | None, etag: str | None, at: str) -> None:
        """Note that the index of this tag was followed to its end, at that instant."""
        with _transaction(self._db) as db:
            db.execute(
                "UPDATE feed SET etag = ?, seen_at = ? WHERE cursor IS ?", [etag, at, cursor]
            )

    @contextmanager
    def _step(self, step: Step) -> Iterator[sqlite3.Connection]:
        with _transaction(self._db) as db:
            moved = db.execute(
                "UPDATE feed SET cursor = :after, etag = NULL,"
                " generated_at = max(ifnull(generated_at, ''), :said) WHERE cursor IS :before",
                {"after": step.after, "said": step.generated_at, "before": step.before},
            )
            if not moved.rowcount:
                raise MirrorError("another reader moved this mirror meanwhile: one is enough")
            yield db


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT, isolation_level=None)) as db:
            yield db
    except sqlite3.Error as error:
        raise MirrorError(f"{path}: {error}") from error


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _create(db: sqlite3.Connection, site: str) -> None:
    if db.execute("SELECT 1 FROM sqlite_schema").fetchone():
        return  # somebody else's database: _check says so
    for statement in _TABLES:
        db.execute(statement)
    db.execute("INSERT INTO feed (only_one, site) VALUES (1, ?)", [site])
    db.execute(f"PRAGMA user_version = {_VERSION}")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _check(db: sqlite3.Connection, path: Path) -> None:
    if _version(db) != _VERSION:
        raise MirrorError(f"{path} is not a mirror made by this reader: give it another database")
