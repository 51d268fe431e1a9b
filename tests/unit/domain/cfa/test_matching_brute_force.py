"""The search gives what going through every training gives."""

from collections.abc import Mapping
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from bench.haversine import distance_km
from depot.domain.cfa.index import CROWDED
from depot.domain.cfa.matching import Match, contenders, rank
from depot.domain.cfa.training import UNSAID, Training
from depot.domain.cfa.turns import Lots
from depot.domain.life.offer import Need
from tests.unit.domain.cfa.matched import (
    ADDRESSES,
    FORMER,
    HERE,
    SIRENS,
    catalogues,
    index,
    past,
    pastry_needs,
)


# From as many postings on, a nearer look comes first: whether there is one must change nothing.
crowds = st.sampled_from([0, CROWDED])


silent = st.sets(st.sampled_from([*SIRENS, *ADDRESSES]), max_size=4)


offer_ids = st.sampled_from(["", "o1", "o2", "00000000000000000000000000000001"])


def kinship(training: Training, need: Need) -> int | None:
    """0: exact, 1: parent, 2: sibling, None: another trade."""
    parents = {metier.parent for metier in need.metiers}
    siblings = {code for code, former in FORMER.items() if former in parents}
    for found, codes in enumerate(({*need.romes}, parents, siblings)):
        if codes & {*training.romes}:
            return found
    return None


def away(training: Training) -> float:
    return distance_km(HERE, training.latitude, training.longitude)


def brute_force(
    known: list[Training],
    need: Need,
    offer_id: str,
    asked: Mapping[str, datetime],
    unsubscribed: set[str],
    *,
    most: int,
) -> list[tuple[str, str, str, int, float]]:
    """The same rule by repeated selection: take the best of all, drop its firm, again."""
    # As if all were in one place: nothing but their turn tells them apart.
    as_near = Lots(offer_id, asked).order((-1.0, int(siren), int(siren)) for siren in SIRENS)
    turns = {f"{siren:09d}": at for at, (_, siren, _) in enumerate(as_near)}
    left = [
        (
            (found, int(away(t) / 10), turns[t.siren], away(t), t.siret, t.title, t.level),
            t,
        )
        for t in known
        for found in [kinship(t, need)]
        if found is not None and away(t) <= 100
        if need.level is None or t.level in {need.level, UNSAID}
        if not unsubscribed & {t.siren, t.email}
    ]
    chosen: list[tuple[str, str, str, int, float]] = []
    while left and len(chosen) < most:
        (found, *_), best = min(left, key=lambda pair: (pair[0], pair[1]))
        chosen.append((best.siret, best.title, best.level, found, round(away(best), 1)))
        left = [pair for pair in left if pair[1].siren != best.siren]
    return chosen


def said(matches: tuple[Match, ...]) -> list[tuple[str, str, str, int, float]]:
    kinships = ("exact", "parent", "sibling")
    return [(m.siret, m.title, m.level, kinships.index(m.kinship), m.distance_km) for m in matches]


@given(
    known=catalogues,
    crowded=crowds,
    need=pastry_needs,
    offer_id=offer_ids,
    asked=past,
    unsubscribed=silent,
    most=st.integers(1, 12),
)
def test_the_centres_are_those_a_brute_force_chooses(
    *,
    known: list[Training],
    crowded: int,
    need: Need,
    offer_id: str,
    asked: dict[str, datetime],
    unsubscribed: set[str],
    most: int,
) -> None:
    chosen = rank(
        index(*known, crowded=crowded),
        need,
        HERE,
        offer_id=offer_id,
        last_asked=asked,
        unsubscribed=unsubscribed,
        most=most,
    )

    assert said(chosen) == brute_force(known, need, offer_id, asked, unsubscribed, most=most)


@given(catalogues, pastry_needs, past, silent, st.integers(1, 15))
def test_of_others_than_the_contenders_it_does_not_matter_when_they_were_asked(
    known: list[Training],
    need: Need,
    asked: dict[str, datetime],
    unsubscribed: set[str],
    most: int,
) -> None:
    table = index(*known)
    field = contenders(table, need, HERE, unsubscribed=unsubscribed, most=most).sirens
    heard = {siren: at for siren, at in asked.items() if siren in field}

    def chosen(last_asked: dict[str, datetime]) -> tuple[Match, ...]:
        limits = {"last_asked": last_asked, "unsubscribed": unsubscribed, "most": most}
        return rank(table, need, HERE, offer_id="o1", **limits)

    assert chosen(heard) == chosen(asked)
    assert {match.siren for match in chosen(asked)} <= field
    assert len(chosen(asked)) <= most
