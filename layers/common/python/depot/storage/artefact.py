"""The catalogue as one binary object: what is searched is what is stored, without a copy.

Little-endian: ``DEPOTCFA``, the format's version, the CRC-32 of all that follows, how many bytes
each column has, then the columns, widest numbers first so that each is aligned.
"""

import struct
from collections.abc import Mapping
from itertools import accumulate, pairwise
from typing import Any, Final
from zlib import crc32

from depot.domain.cfa.columns import Columns
from depot.domain.errors import CatalogueBroken


FORMAT: Final = 2
"""Another number for any change in what follows: older code refuses what it cannot read."""

TYPES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("key", "x", "y", "z"), "d"),
    **dict.fromkeys(("end", "siren", "row", "centre", "title", "word"), "I"),
    **dict.fromkeys(("code", "former", "level", "grade", "text"), "B"),
}
"""Columns in the order in which they are stored, and their types, as ``array`` names them."""

_MAGIC: Final = b"DEPOTCFA"
_START: Final = struct.Struct("<8sII")
_SIZES: Final = struct.Struct(f"<{len(TYPES)}Q")
_HEADER: Final = _START.size + _SIZES.size


def pack(columns: Columns) -> bytes:
    """Write columns."""
    bodies = [memoryview(getattr(columns, name)).cast("B") for name in TYPES]
    rest = b"".join([_SIZES.pack(*map(len, bodies)), *bodies])
    return _START.pack(_MAGIC, FORMAT, crc32(rest)) + rest


def unpack(body: bytes) -> Columns:
    """Read columns where they are. Raises CatalogueBroken."""
    if len(body) < _HEADER or not body.startswith(_MAGIC):
        raise CatalogueBroken("this is no catalogue")
    _, version, checksum = _START.unpack_from(body)
    if version != FORMAT:
        raise CatalogueBroken(f"the catalogue has format {version}, this code reads {FORMAT}")
    view: Any = memoryview(body)  # typeshed knows ``cast`` by its letters only
    if crc32(view[_START.size :]) != checksum:
        raise CatalogueBroken("the catalogue is damaged")
    cuts = accumulate(_SIZES.unpack_from(body, _START.size), initial=_HEADER)
    parts: dict[str, Any] = {
        name: view[start:end].cast(kind)
        for (name, kind), (start, end) in zip(TYPES.items(), pairwise(cuts), strict=True)
    }
    return Columns(**parts)
