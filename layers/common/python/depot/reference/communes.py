"""The communes of France and their postcodes (INSEE, La Poste), in the package.

One line a postcode and commune, sorted. A request needs one or two of the 35,493: they are found in
the bytes of the file, in 1 ms, where parsing them all would take 30.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from depot.domain.firm.company import Point
from depot.domain.firm.places import Commune, commune_code
from depot.reference import content


_POSTCODE: Final = re.compile(r"[0-9]{5}")
_INSEE: Final = re.compile(r"[0-9][0-9AB][0-9]{3}")


class ShippedCommunes:
    """The Communes port, without input or output after the first reading."""

    def of_postcode(self, postcode: str) -> Sequence[Commune]:
        """Give the communes of a postcode, by INSEE code; none when it is not a place's.

        A CEDEX is not: it names a mail box.
        """
        return tuple(_found(f"\n{postcode},")) if _POSTCODE.fullmatch(postcode) else ()

    def get(self, insee: str) -> Commune | None:
        """One commune by its INSEE code, or by that of its arrondissement.

        The place of one that has several postcodes is that of the first.
        """
        if not _INSEE.fullmatch(insee):
            return None
        return next(_found(f",{commune_code(insee)},"), None)


def _found(text: str) -> Iterator[Commune]:
    table, wanted = _table(), text.encode()
    at = table.find(wanted)
    while at >= 0:
        start, end = table.rfind(b"\n", 0, at + 1) + 1, table.find(b"\n", at + 1)
        yield _commune(table[start:end].decode())
        at = table.find(wanted, end)


def _commune(line: str) -> Commune:
    _postcode, insee, name, latitude, longitude = line.split(",")
    point = Point(latitude=float(latitude), longitude=float(longitude)) if latitude else None
    return Commune(insee=insee, name=name, point=point)


@cache
def _table() -> bytes:
    return content("communes.csv")
