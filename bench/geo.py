"""The choice of training centres: beside a scan of the whole catalogue, in the same run.

    python -m bench geo

Both apply the same rule to the same synthetic catalogue, and must give the same answers. What is
held to a budget is the choice: who might be asked, by SIREN, so that it can be looked up when they
were; then whom to ask, in turn, how near and why. Beside it, without a budget, stands what a
request needs of the domain: the same with all that a mail says of them, which costs both ways
alike. The load of the artefact stands beside that of the same trainings in JSON.
"""

import gc
import json
import random
import statistics
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from typing import Final, NamedTuple

from bench import synthetic
from bench.budgets import Budget, Report
from bench.haversine import distance_km
from depot.domain.cfa.columns import gather
from depot.domain.cfa.index import TrainingIndex
from depot.domain.cfa.matching import MAX_CENTRES, Kinship, Match, contenders
from depot.domain.cfa.training import UNSAID, Training
from depot.domain.cfa.turns import BAND_KM, MAX_DISTANCE_KM, Lots
from depot.domain.firm.company import Point
from depot.domain.life.metiers import Metier
from depot.domain.life.offer import Need
from depot.reference import rows
from depot.reference.metiers import former_codes
from depot.storage.artefact import pack, unpack


QUERIES: Final = 400
TRIES: Final = 5  # the best counts, in time of the processor: the machine may be shared
BUDGETS: Final = {
    "p50": Budget(200, tolerated=170),
    "p99": Budget(100, tolerated=80),
    "load": Budget(25),
}

_ENDS: Final = [BAND_KM * n for n in range(1, int(MAX_DISTANCE_KM / BAND_KM) + 1)]
_KINSHIPS: Final[tuple[Kinship, ...]] = ("exact", "parent", "sibling")


class Query(NamedTuple):
    """A need somewhere."""

    need: Need
    here: Point
    offer_id: str


Scanned = tuple[int, int, int, float, Training]
"""A training that fits: kinship and band, by number; SIREN; kilometres; itself."""

Answer = tuple[frozenset[str], tuple[Match, ...]]
"""The SIRENs of those that might be asked; whom to ask, best first."""


def main() -> bool:
    """Measure, print, and say whether the answers are the same and the budgets hold."""
    known = synthetic.trainings()
    body = pack(gather(known, former_codes()))
    index = TrainingIndex(unpack(body))
    queries = _queries(known)
    print(f"geo: {len(index)} synthetic trainings")
    differing = sum(naive(known, *q) != ours(index, *q) for q in queries)
    print(f"  answers  {len(queries)} compared, {differing} differ")
    slow, fast, all_slow, all_fast = _interleaved(
        queries,
        lambda q: scan(known, *q),
        lambda q: choice(index, *q),
        lambda q: naive(known, *q),
        lambda q: ours(index, *q),
    )
    print(f"  choice   naive {_line(slow)}; ours {_line(fast)}")
    times = " and ".join(f"{a / b:.0f}x" for a, b in zip(all_slow, all_fast, strict=True))
    print(f"  request  naive {_line(all_slow)}; ours {_line(all_fast)}: {times} faster")
    load = _load(known, body)
    report = Report(within=not differing)
    ratios = {name: slow[at] / fast[at] for name, at in (("p50", 0), ("p99", 1))} | {"load": load}
    for name, ratio in ratios.items():
        report.check(f"{name}, times faster", ratio, BUDGETS[name])
    return report.within


def ours(index: TrainingIndex, need: Need, here: Point, offer_id: str) -> Answer:
    """What ``competent_cfas`` does between its reads."""
    field = contenders(index, need, here)
    return field.sirens, field.in_turn(Lots(offer_id, {}))


def choice(
    index: TrainingIndex, need: Need, here: Point, offer_id: str
) -> tuple[frozenset[str], Sequence[object]]:
    """The same, less what is said of the centres chosen."""
    field = contenders(index, need, here)
    return field.sirens, field.chosen(Lots(offer_id, {}))


def naive(known: Sequence[Training], need: Need, here: Point, offer_id: str) -> Answer:
    """Scan, and say all of the centres chosen."""
    sirens, chosen = scan(known, need, here, offer_id)
    return sirens, tuple(_match(*hit) for hit in chosen)


def scan(
    known: Sequence[Training], need: Need, here: Point, offer_id: str
) -> tuple[frozenset[str], list[tuple[Scanned, bool]]]:
    """Look at every training, measure those that fit, sort, keep the first of each firm.

    With each, whether a nearer centre of its band yielded to it.
    """
    turn, code, former = Lots(offer_id, {}), need.metier.rome, need.metier.parent
    siblings = {rome for rome, above in former_codes().items() if above == former}
    wanted = {code, former, *siblings}
    hits = []
    for training in known:
        romes = training.romes
        if wanted.isdisjoint(romes):
            continue
        kinship = 0 if code in romes else 1 if former in romes else 2
        if need.level in {None, training.level, UNSAID}:
            away = distance_km(here, training.latitude, training.longitude)
            if away <= MAX_DISTANCE_KM:
                band = bisect_left(_ENDS, away)
                hits.append((kinship, band, int(training.siren), away, training))
    sirens = {siren for _, _, siren, _, _ in hits}
    turns = {siren: at for at, (_, siren, _) in enumerate(turn.order((-1.0, s, s) for s in sirens))}
    hits.sort(key=lambda hit: (*hit[:2], turns[hit[2]], *hit[3:]))
    best: dict[int, Scanned] = {}
    for hit in hits:
        best.setdefault(hit[2], hit)
    firms = list(best.values())
    chosen = firms[:MAX_CENTRES]
    last = chosen[-1][:2] if chosen else ()
    field = [hit for hit in firms if hit[:2] <= last]
    turned = [(hit, _yielded(hit, field[at + 1 :])) for at, hit in enumerate(chosen)]
    return frozenset(f"{hit[2]:09d}" for hit in field), turned


def _yielded(hit: Scanned, after: Sequence[Scanned]) -> bool:
    return any(other[3] < hit[3] for other in after if other[:2] == hit[:2])


def _match(hit: Scanned, rotated: bool) -> Match:  # noqa: FBT001 - a field of what it makes
    kinship, _, _, away, training = hit
    return Match(
        siren=training.siren,
        siret=training.siret,
        name=training.name,
        city=training.city,
        email=training.email,
        title=training.title,
        level=training.level,
        distance_km=round(away, 1),
        kinship=_KINSHIPS[kinship],
        rotated=rotated,
    )


def _queries(known: Sequence[Training]) -> list[Query]:
    """Needs of métiers as often as their codes are taught, where trainings are."""
    chance = random.Random(1)  # noqa: S311 - nothing to keep secret
    carried = Counter(code for training in known for code in training.romes)
    metiers = [row for row in rows("appellations.csv") if row[3] in carried]
    split = Counter(row[3] for row in metiers)
    weights = [carried[row[3]] / split[row[3]] for row in metiers]
    return [
        Query(
            Need(
                metier=Metier(code=ogr, label=label, rome=rome, parent=parent),
                level=chance.choice((None, None, "3", "4", "5")),
            ),
            Point(
                latitude=place.latitude + chance.uniform(-0.1, 0.1),
                longitude=place.longitude + chance.uniform(-0.1, 0.1),
            ),
            f"{chance.getrandbits(128):032x}",
        )
        for ogr, label, rome, parent, _ in chance.choices(metiers, weights, k=QUERIES)
        for place in [chance.choice(known)]
    ]


def _interleaved(
    queries: Sequence[Query], *ways: Callable[[Query], object]
) -> list[tuple[float, float]]:
    """Time each way on each query in turn; give the median and the 99th percentile, in µs."""
    times: list[list[float]] = [[] for _ in ways]
    gc.collect()
    gc.disable()
    for query in queries:
        for kept, way in zip(times, ways, strict=True):
            tries = [_seconds(partial(way, query)) for _ in range(TRIES)]
            kept.append(min(tries) * 1e6)
    gc.enable()
    return [(statistics.median(kept), statistics.quantiles(kept, n=100)[98]) for kept in times]


def _seconds(work: Callable[[], object]) -> float:
    start = time.thread_time()
    work()
    return time.thread_time() - start


def _load(known: Sequence[Training], body: bytes) -> float:
    """Print what a process pays to have the catalogue, either way; give the ratio."""
    text = json.dumps([asdict(training) for training in known], ensure_ascii=False).encode()
    ours, theirs = [], []
    for _ in range(9):
        theirs.append(_seconds(lambda: json.loads(text)))
        ours.append(_seconds(lambda: TrainingIndex(unpack(body))))
    print(f"  artefact {len(body) / 1e6:.1f} MB, loaded in {min(ours) * 1e3:.1f} ms")
    print(f"  JSON     {len(text) / 1e6:.1f} MB, loaded in {min(theirs) * 1e3:.0f} ms")
    return min(theirs) / min(ours)


def _line(times: tuple[float, float]) -> str:
    return f"p50 {times[0]:,.0f} µs, p99 {times[1]:,.0f} µs"
