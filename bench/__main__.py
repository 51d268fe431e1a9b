"""Run every measure, or those named: ``python -m bench [name …]``; fail above a budget."""

import sys
from collections.abc import Callable, Mapping
from typing import Final

from bench import geo, metiers, opco


BENCHES: Final[Mapping[str, Callable[[], bool]]] = {
    "metiers": metiers.main,
    "geo": geo.main,
    "opco": opco.main,
}


def main(names: list[str]) -> int:
    """Give 0 when every measure is within its budget."""
    if unknown := set(names) - BENCHES.keys():
        print(f"no such measure: {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
        return 2
    exceeded = [name for name in names or BENCHES if not BENCHES[name]()]
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
