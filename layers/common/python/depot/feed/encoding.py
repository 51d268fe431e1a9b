"""Offers and changes as bytes. Equal input gives equal bytes.

A snapshot is written from lines, each a finished record in JSON, by the rows of ``ENCODERS``: one
more row is one more file.
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from depot.domain.feed.record import OfferRecord, Tombstone
from depot.feed.csv_file import AS_CSV
from depot.feed.encoder import Encoder
from depot.feed.json_files import AS_JSON, AS_NDJSON
from depot.feed.parts import digest
from depot.feed.xml_file import AS_XML


ENCODERS: Final[Sequence[Encoder]] = (AS_NDJSON, AS_JSON, AS_XML, AS_CSV)
_ID: Final = b'{"id":"'  # how lines begin


@cache
def shape() -> str:
    """What a line and its renderings are made of: blocks of another shape are written anew."""
    made = [OfferRecord.model_json_schema(), [[row.name, row.version] for row in ENCODERS]]
    return digest(json.dumps(made, sort_keys=True).encode())


def pack(body: bytes) -> bytes:
    """Gzip without a clock in the header."""
    return gzip.compress(body, compresslevel=6, mtime=0)


def line_of(record: OfferRecord) -> bytes:
    """The finished record, as every file repeats it."""
    return record.model_dump_json().encode()


def segment(changes: Iterable[OfferRecord | Tombstone]) -> bytes:
    """A change segment, NDJSON.

    ``{"op":"upsert","offer":{…}}`` or ``{"op":"tombstone","id":…,"reason":…,"at":…}``.
    """
    return b"".join(_change_line(change) for change in changes)


def _change_line(change: OfferRecord | Tombstone) -> bytes:
    if isinstance(change, Tombstone):
        return b'{"op":"tombstone",' + change.model_dump_json().encode()[1:] + b"\n"
    return b'{"op":"upsert","offer":' + line_of(change) + b"}\n"


def told(segments: Iterable[bytes]) -> dict[str, bytes | None]:
    """The last word of change segments, oldest first, on each offer: its line, None if it left."""
    last: dict[str, bytes | None] = {}
    for change in _changes(segments):
        if change["op"] == "tombstone":
            last[change["id"]] = None
        else:
            record = OfferRecord.model_validate(change["offer"])
            last[record.id] = line_of(record)
    return last


def changes(body: bytes) -> Iterator[OfferRecord | Tombstone]:
    """The changes of a segment, in order."""
    for change in _changes([body]):
        if change["op"] == "tombstone":
            yield Tombstone.model_validate({**change, "op": None})
        else:
            yield OfferRecord.model_validate(change["offer"])


def vanished(segments: Iterable[bytes]) -> set[str]:
    """Offers whose last change is a removal: they were not filled, cancelled, nor expired."""
    gone: set[str] = set()
    for change in _changes(segments):
        if change.get("reason") == "removed":
            gone.add(change["id"])
        else:
            gone.discard(change["id"] if "id" in change else change["offer"]["id"])
    return gone


def _changes(segments: Iterable[bytes]) -> Iterator[Any]:
    return (json.loads(line) for body in segments for line in body.splitlines())


def renewed(line: bytes) -> bytes:
    """A line as this program would write it: fields it did not have are there, null or default."""
    return line_of(OfferRecord.model_validate_json(line))


def id_of(line: bytes) -> str:
    """The offer a line is about."""
    if line.startswith(_ID):
        found = line[len(_ID) : line.find(b'"', len(_ID))]
        if b"\\" not in found:
            return found.decode()
    return str(json.loads(line)["id"])


def apply(lines: Iterable[bytes], changes: Mapping[str, bytes | None]) -> dict[str, bytes]:
    """Lines after some changes, by id, in order."""
    after = {id_of(line): line for line in lines}
    for offer_id, line in changes.items():
        if line is None:
            after.pop(offer_id, None)
        else:
            after[offer_id] = line
    return dict(sorted(after.items()))
