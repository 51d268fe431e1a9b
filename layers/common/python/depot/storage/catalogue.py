"""The catalogue of trainings in an object store: one object a version, one manifest.

    catalogue/v2/current.json                 which version to read, and what it holds
    catalogue/v2/20261125T021500Z-….cfa       a version, never written again

The object is written first, the manifest last, by compare-and-swap: a reader never sees half a
catalogue. Formats live apart: code that was rolled back finds the last one it can read.
"""

import logging
import math
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, NamedTuple

from pydantic import ValidationError

from depot.domain.cfa.columns import Columns
from depot.domain.cfa.formation import Imported
from depot.domain.cfa.index import TrainingIndex
from depot.domain.errors import CatalogueBroken, CatalogueMissing, Conflict
from depot.domain.model import Value
from depot.ports.objects import Objects, put
from depot.storage.artefact import FORMAT, pack, unpack


logger = logging.getLogger(__name__)

PREFIX: Final = f"catalogue/v{FORMAT}/"
MANIFEST_KEY: Final = f"{PREFIX}current.json"

_LOOK_AGAIN: Final = 600.0  # seconds a process trusts what it read
_KEPT: Final = 2  # a reader may hold the manifest before this one
_KEPT_FOR: Final = timedelta(days=7)
_AGE: Final = 0  # seconds a cache may keep any of it: none stands between


class _Manifest(Value):
    key: str
    imported: Imported


class _Read(NamedTuple):
    key: str
    searched: TrainingIndex


@dataclass
class ObjectCatalogue:
    """The Catalogue and CatalogueStore ports. A process reads a version once."""

    objects: Objects
    clock: Callable[[], float] = time.monotonic
    _read: _Read | None = field(default=None, init=False, repr=False)
    _trusted_until: float = field(default=-math.inf, init=False, repr=False)

    def index(self) -> TrainingIndex:
        """The present version. Raises CatalogueMissing, CatalogueBroken among them."""
        if self._read is None or self.clock() >= self._trusted_until:
            manifest, _ = self._manifest()
            if manifest is None:
                raise CatalogueMissing
            if self._read is None or self._read.key != manifest.key:
                self._read = _Read(manifest.key, self._open(manifest))
            self._trusted_until = self.clock() + _LOOK_AGAIN
        return self._read.searched

    def imported(self) -> Imported | None:
        """What the present version holds; None before the first, or when nobody can read it."""
        with suppress(CatalogueBroken):
            manifest, _ = self._manifest()
            return manifest.imported if manifest else None
        return None

    def publish(self, columns: Columns, imported: Imported) -> None:
        """Make a new version the present one. Raises Conflict when another one became it."""
        body = pack(columns)
        stamp = f"{imported.imported_at:%Y%m%dT%H%M%SZ}-{sha256(body).hexdigest()[:12]}"
        manifest = _Manifest(key=f"{PREFIX}{stamp}.cfa", imported=imported)
        etag = self._etag()
        with suppress(Conflict):  # the same second, the same bytes: it is there
            self.objects.create(
                manifest.key, body, content_type="application/octet-stream", max_age=_AGE
            )
        text, kind = manifest.model_dump_json(indent=1).encode() + b"\n", "application/json"
        put(self.objects, MANIFEST_KEY, text, over=etag, content_type=kind, max_age=_AGE)

    def tidy(self, now: datetime) -> int:
        """Delete versions older than a week, but for the last two; give how many."""
        written = dict(self.objects.list(PREFIX))
        versions = sorted(key for key in written if key != MANIFEST_KEY)  # names begin with a date
        gone = [key for key in versions[:-_KEPT] if written[key] < now - _KEPT_FOR]
        for key in gone:
            self.objects.delete(key)
        return len(gone)

    def _manifest(self) -> tuple[_Manifest | None, str | None]:
        stored = self.objects.get(MANIFEST_KEY)
        if stored is None:
            return None, None
        try:
            return _Manifest.model_validate_json(stored.body), stored.etag
        except ValidationError as error:
            raise CatalogueBroken("the manifest of the catalogue cannot be read") from error

    def _etag(self) -> str | None:
        stored = self.objects.get(MANIFEST_KEY)
        return stored.etag if stored else None

    def _open(self, manifest: _Manifest) -> TrainingIndex:
        stored = self.objects.get(manifest.key)
        if stored is None:
            raise CatalogueBroken("the catalogue its manifest names is not there")
        logger.info("catalogue read", extra={"key": manifest.key, "bytes": len(stored.body)})
        return TrainingIndex(unpack(stored.body))
