"""Run every measure, or those named: ``python -m bench [name …]``; fail above a budget."""

import sys
from collections.abc import Callable
from typing import Final

from bench import counts, feed, freshness, geo, metiers, opco, sweeps


BENCHES: Final[dict[str, Callable[[], bool]]] = {
    "metiers": metiers.main,
    "geo": geo.main,
    "opco": opco.main,
    "sweeps": sweeps.main,
    "counts": counts.main,
    "feed": feed.main,
    "freshness": freshness.main,
}
ON_DEMAND: Final = {"freshness": "it deploys everything to the emulator"}


def main(names: list[str]) -> int:
    """Give 0 when every measure is within its budget."""
    if unknown := set(names) - BENCHES.keys():
        print(f"no such measure: {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
        return 2
    usual = [name for name in BENCHES if name not in ON_DEMAND]
    exceeded = [name for name in names or usual if not BENCHES[name]()]
    if exceeded:
        print(f"above budget: {', '.join(exceeded)}")
    for name, why in ON_DEMAND.items() if not names else ():
        print(f"not measured: {name}, {why}; python -m bench {name}")
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
