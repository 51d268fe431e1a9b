"""Snapshots in NDJSON, the source of the others, and in JSON."""

from typing import Final

from depot.feed.encoder import Encoder, Records
from depot.feed.index import SOURCE


NDJSON: Final = "application/x-ndjson"
JSON: Final = "application/json"
_BETWEEN: Final = b",\n"


def _lines(records: Records) -> bytes:
    return b"\n".join([*records.lines, b""])


def _elements(records: Records) -> bytes:
    return _BETWEEN.join(records.lines)


AS_NDJSON: Final = Encoder(SOURCE, NDJSON, _lines)
AS_JSON: Final = Encoder(
    "json",
    JSON,
    _elements,
    header=lambda cursor: b'{"cursor":%d,"offers":[\n' % cursor,
    separator=_BETWEEN,
    footer=b"\n]}\n",
)
