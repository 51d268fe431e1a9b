"""Offers and changes as bytes: NDJSON and JSON, gzip'd. Equal input gives equal bytes."""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping

from depot.domain.record import OfferRecord, Tombstone


Lines = Mapping[str, bytes]  # offer id -> its record, one line of JSON without the line feed


def pack(body: bytes) -> bytes:
    """Gzip without a clock in the header."""
    return gzip.compress(body, compresslevel=6, mtime=0)


def segment(changes: Iterable[OfferRecord | Tombstone]) -> bytes:
    """A change segment, NDJSON.

    ``{"op":"upsert","offer":{…}}`` or ``{"op":"tombstone","id":…,"reason":…,"at":…}``.
    """
    return b"".join(_change_line(change) for change in changes)


def _change_line(change: OfferRecord | Tombstone) -> bytes:
    body = change.model_dump_json().encode()
    if isinstance(change, Tombstone):
        return b'{"op":"tombstone",' + body[1:] + b"\n"
    return b'{"op":"upsert","offer":' + body + b"}\n"


def replay(lines: Lines, segments: Iterable[bytes]) -> dict[str, bytes]:
    """Apply change segments, oldest first, to the lines of a snapshot."""
    replayed = dict(lines)
    for line in (line for body in segments for line in body.splitlines()):
        change = json.loads(line)
        if change["op"] == "tombstone":
            replayed.pop(change["id"], None)
        else:
            record = OfferRecord.model_validate(change["offer"])
            replayed[record.id] = record.model_dump_json().encode()
    return replayed


def ended(segments: Iterable[bytes]) -> set[str]:
    """Offers whose last change is an end of their own: filled, cancelled or expired."""
    reasons: dict[str, str | None] = {}
    for line in (line for body in segments for line in body.splitlines()):
        change = json.loads(line)
        reasons[change.get("id") or change["offer"]["id"]] = change.get("reason")
    return {offer_id for offer_id, reason in reasons.items() if reason not in {None, "removed"}}


def ndjson(lines: Lines) -> bytes:
    """A snapshot, one record a line, by id."""
    return b"".join(line + b"\n" for line in _ordered(lines))


def json_document(lines: Lines, cursor: int) -> bytes:
    """A snapshot as one JSON document: ``{"cursor":…,"offers":[…]}``, by id."""
    return b'{"cursor":%d,"offers":[\n' % cursor + b",\n".join(_ordered(lines)) + b"\n]}\n"


def _ordered(lines: Lines) -> Iterator[bytes]:
    return (lines[offer_id] for offer_id in sorted(lines))


def parse_ndjson(body: bytes) -> dict[str, bytes]:
    """Read a snapshot back."""
    return {json.loads(line)["id"]: line for line in body.splitlines()}
