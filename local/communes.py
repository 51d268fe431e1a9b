"""What the address fields read: the communes of each postcode.

data/communes/24.json    names by postcode, for the postcodes that begin with 24: a few kilobytes
"""

import json
from collections import defaultdict

from depot.domain.firm.places import name_key
from depot.reference import rows


def files() -> dict[str, bytes]:
    """Each file's name and content; the names of a postcode in the order people look for them."""
    table: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for postcode, _insee, name, *_place in rows("communes.csv"):
        table[postcode[:2]][postcode].append(name)
    return {
        f"{beginning}.json": _json({code: sorted(around[code], key=name_key) for code in around})
        for beginning, around in table.items()
    }


def _json(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
