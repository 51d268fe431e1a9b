"""Which training centres are asked, in which order, and why."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil
from sys import maxsize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.cfa.index import CROWDED, TrainingIndex
from depot.domain.cfa.matching import MAX_CENTRES, MAX_DISTANCE_KM, Lots, Match, contenders, rank
from depot.domain.cfa.sphere import distance_km
from depot.domain.cfa.training import UNSAID, Training
from depot.domain.firm.company import Point
from depot.domain.life.metiers import Metier
from depot.domain.life.offer import Need
from tests.builders import NOW, a_need, a_training
from tests.strategies import LEVELS


HERE = Point(latitude=45.184, longitude=0.721)
# An appellation whose ROME 4.0 code is newer than the code catalogues carry.
PASTRY = Metier(code="1", label="Pâtissier", rome="D1116", parent="D1104")
SALES = Metier(code="2", label="Vendeur", rome="D1106", parent="M1805")
FORMER = {"D1116": "D1104", "D1104": "D1104", "D1117": "D1104", "D1106": "M1805", "M1805": "M1805"}
ROMES = [*FORMER]
SIRENS = [f"{n:09d}" for n in range(25)]  # more than there is room for
ADDRESSES = [f"{name}@example.org" for name in "abcdefghijklmnop"]

# As many within the first look as beyond it. Nothing is symmetrical around HERE: the two formulas
# need not agree on a draw.
steps = st.tuples(st.integers(-15, 15), st.integers(-15, 15))
near_steps = st.tuples(st.integers(-2, 2), st.integers(-1, 1))
places = (near_steps | steps).map(lambda at: (45.17 + at[0] * 0.0937, 0.69 + at[1] * 0.1371))
trainings = st.builds(
    lambda at, **given: Training(latitude=at[0], longitude=at[1], **given),
    at=places,
    siret=st.builds("{}0001{}".format, st.sampled_from(SIRENS), st.integers(0, 3)),
    title=st.sampled_from(["CAP", "BP", "BTM"]),
    level=st.sampled_from([*LEVELS, UNSAID]),
    romes=st.lists(st.sampled_from(ROMES), max_size=3, unique=True).map(sorted).map(tuple),
    name=st.sampled_from(["CFA Un", "CFA Deux"]),
    city=st.sampled_from(["Périgueux", "Boulazac"]),
    email=st.sampled_from(ADDRESSES),
)
catalogues = st.lists(trainings, max_size=60) | st.lists(trainings, min_size=30, max_size=60)
# From as many postings on, a nearer look comes first: whether there is one must change nothing.
crowds = st.sampled_from([0, CROWDED])
pastry_needs = st.builds(
    Need,
    metier=st.just(PASTRY),
    other_metiers=st.sampled_from([(), (SALES,)]),
    level=st.none() | st.sampled_from(LEVELS),
)
past = st.dictionaries(
    st.sampled_from(SIRENS), st.integers(1, 5).map(lambda days: NOW - timedelta(days=days))
)
silent = st.sets(st.sampled_from([*SIRENS, *ADDRESSES]), max_size=4)
offer_ids = st.sampled_from(["", "o1", "o2", "00000000000000000000000000000001"])


def index(*known: Training, crowded: int = CROWDED) -> TrainingIndex:
    return TrainingIndex.of(known, FORMER, crowded=crowded)


def ranked(*known: Training, offer_id: str = "o1", **need: object) -> tuple[Match, ...]:
    return rank(index(*known), a_need(**need), HERE, offer_id=offer_id)


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
    turns = {f"{siren:09d}": at for at, (siren, _) in enumerate(as_near)}
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
    field = contenders(table, need, HERE, unsubscribed=unsubscribed, most=most)
    heard = {siren: at for siren, at in asked.items() if siren in field}

    def chosen(last_asked: dict[str, datetime]) -> tuple[Match, ...]:
        limits = {"last_asked": last_asked, "unsubscribed": unsubscribed, "most": most}
        return rank(table, need, HERE, offer_id="o1", **limits)

    assert chosen(heard) == chosen(asked)
    assert {match.siren for match in chosen(asked)} <= field
    assert len(chosen(asked)) <= most


@given(catalogues, pastry_needs)
def test_at_most_ten_centres_one_a_firm_within_a_hundred_kilometres(
    known: list[Training], need: Need
) -> None:
    matches = rank(index(*known), need, HERE)

    assert len(matches) <= MAX_CENTRES == 10
    assert len({match.siren for match in matches}) == len(matches)
    assert all(match.distance_km <= MAX_DISTANCE_KM == 100 for match in matches)


@given(catalogues, pastry_needs)
def test_exact_goes_before_parent_before_sibling_then_the_nearest_by_ten_kilometres(
    known: list[Training], need: Need
) -> None:
    order = [
        (("exact", "parent", "sibling").index(m.kinship), int(m.distance_km / 10))
        for m in rank(index(*known), need, HERE)
        if m.distance_km % 10  # said to 100 m, a centre at 9.97 km looks to be in the next band
    ]

    assert order == sorted(order)


@given(catalogues, pastry_needs, past, st.integers(0, 12))
def test_fewer_centres_are_the_first_of_more(
    known: list[Training], need: Need, asked: Mapping[str, datetime], most: int
) -> None:
    searched = index(*known)

    fewer = rank(searched, need, HERE, offer_id="o1", last_asked=asked, most=most)
    everyone = rank(searched, need, HERE, offer_id="o1", last_asked=asked, most=maxsize)

    assert fewer == everyone[:most]


@given(st.data(), catalogues, pastry_needs, past)
def test_the_order_of_the_catalogue_changes_nothing(
    data: st.DataObject, known: list[Training], need: Need, asked: dict[str, datetime]
) -> None:
    shuffled = data.draw(st.permutations(known))

    assert rank(index(*shuffled), need, HERE, last_asked=asked) == rank(
        index(*known), need, HERE, last_asked=asked
    )


def test_two_entries_that_differ_by_their_e_mail_alone_are_told_apart_by_it() -> None:
    one, other = a_training(email="a@example.org"), a_training(email="b@example.org")

    assert ranked(one, other) == ranked(other, one)


def test_a_match_says_who_and_why() -> None:
    training = a_training()

    (match,) = ranked(training)

    assert match == Match(
        siren=training.siren,
        siret=training.siret,
        name=training.name,
        city=training.city,
        email=training.email,
        title=training.title,
        distance_km=3.9,
        kinship="exact",
        level="3",
        rotated=False,
    )


@pytest.mark.parametrize(
    "unfit",
    [
        {"romes": ("M1805",)},
        {"romes": ()},
        {"latitude": 46.2},
        {"longitude": 2.2},
    ],
)
def test_an_unfit_centre_is_not_asked(unfit: dict[str, object]) -> None:
    assert ranked(a_training()) != ()
    assert ranked(a_training(**unfit)) == ()


@pytest.mark.parametrize(
    ("wanted", "given", "asked"),
    [(None, "3", 1), ("3", "3", 1), ("4", "3", 0), ("4", UNSAID, 1), (None, UNSAID, 1)],
)
def test_a_level_excludes_the_others_but_not_what_is_not_said(
    wanted: str | None, given: str, asked: int
) -> None:
    assert len(ranked(a_training(level=given), level=wanted)) == asked


def test_a_code_is_exact_or_the_former_one_or_another_under_it() -> None:
    near = a_training(siren="000000001", romes=("D1117",))
    middle = a_training(siren="000000002", romes=("D1104",), latitude=45.4)
    far = a_training(siren="000000003", romes=("D1116",), latitude=45.7)
    other = a_training(siren="000000004", romes=("M1805",))

    matches = ranked(near, middle, far, other, metier=PASTRY)

    assert [(m.siren[-1], m.kinship) for m in matches] == [
        ("3", "exact"),
        ("2", "parent"),
        ("1", "sibling"),
    ]


def test_a_centre_that_teaches_another_metier_of_the_need_is_asked_as_for_the_first() -> None:
    baker = a_training(siren="000000001", latitude=45.5)
    sales = a_training(siren="000000002", romes=("D1106",))
    former = a_training(siren="000000003", romes=("M1805",))

    matches = ranked(baker, sales, former, other_metiers=(SALES,))

    assert [(m.siren, m.kinship) for m in matches] == [
        ("000000002", "exact"),
        ("000000001", "exact"),
        ("000000003", "parent"),
    ]


def test_a_firm_with_several_trainings_is_asked_for_its_best() -> None:
    sibling = a_training(siret="00000001800036", romes=("D1117",))
    far = a_training(siret="00000001800028", romes=("D1116",), latitude=45.5)
    near = a_training(siret="00000001800010", romes=("D1104", "D1116"))

    matches = ranked(sibling, far, near, metier=PASTRY)

    assert [(match.siret, match.kinship) for match in matches] == [("00000001800010", "exact")]


def test_the_limit_is_a_hundred_kilometres_as_the_crow_flies() -> None:
    inside = a_training(latitude=45.184 + 0.899, longitude=0.721)
    outside = a_training(latitude=45.184 + 0.900, longitude=0.721)

    assert [match.distance_km for match in ranked(inside, outside)] == [100.0]
    assert ranked(outside) == ()


def neighbours(count: int) -> list[Training]:
    """As many firms, all between one and nine kilometres away."""
    return [
        a_training(siren=f"{n:09d}", email=f"cfa{n}@example.org", latitude=45.19 + n * 0.07 / count)
        for n in range(1, count + 1)
    ]


def test_who_was_asked_yields_to_who_was_not_and_the_longest_ago_comes_first() -> None:
    known = neighbours(12)
    asked = {t.siren: NOW - timedelta(days=int(t.siren)) for t in known[:10]}

    matches = rank(index(*known), a_need(), HERE, offer_id="o1", last_asked=asked)

    numbers = [int(match.siren) for match in matches]
    assert set(numbers[:2]) == {11, 12}
    assert numbers[2:] == [10, 9, 8, 7, 6, 5, 4, 3]
    assert all(match.rotated for match in matches), "each goes before a nearer one"


def test_only_what_is_as_near_yields() -> None:
    near, far = a_training(siren="000000001"), a_training(siren="000000002", latitude=45.6)

    matches = rank(index(near, far), a_need(), HERE, last_asked={"000000001": NOW})

    assert [(m.siren[-1], m.rotated) for m in matches] == [("1", False), ("2", False)]


@given(st.integers(1, 40), st.integers(1, 12))
def test_nobody_near_waits_longer_than_it_takes_to_ask_everybody_once(
    firms: int, rounds: int
) -> None:
    known, asked = index(*neighbours(firms)), dict[str, datetime]()
    asked_in: dict[str, list[int]] = {f"{n:09d}": [-1] for n in range(1, firms + 1)}
    for number in range(rounds):
        at = NOW + timedelta(days=number)
        matches = rank(known, a_need(), HERE, offer_id=f"o{number}", last_asked=asked)
        assert len(matches) == min(firms, MAX_CENTRES)
        asked |= {match.siren: at for match in matches}
        for match in matches:
            asked_in[match.siren].append(number)

    everybody_once = ceil(firms / MAX_CENTRES)
    for turns in asked_in.values():
        assert all(b - a <= everybody_once for a, b in pairwise([*turns, rounds]))


def test_with_nothing_remembered_offers_still_spread_over_everybody_near() -> None:
    known, times = index(*neighbours(40)), Counter[str]()
    for number in range(2000):
        times.update(m.siren for m in rank(known, a_need(), HERE, offer_id=f"{number:032x}"))

    # 500 expected each; the odds of a fair draw outside are one in many millions.
    assert len(times) == 40
    assert all(400 <= count <= 600 for count in times.values()), times.most_common()


def test_the_same_offer_asks_the_same_centres() -> None:
    known = index(*neighbours(40))
    once, again, other = (
        rank(known, a_need(), HERE, offer_id=offer_id) for offer_id in ("o1", "o1", "o2")
    )

    assert once == again != other


@pytest.mark.parametrize("address", ["000000001", "cfa1@example.org"])
def test_who_unsubscribed_is_not_asked_by_firm_or_by_address(address: str) -> None:
    known = index(*neighbours(3))

    matches = rank(known, a_need(), HERE, unsubscribed={address})

    assert {int(match.siren) for match in matches} == {2, 3}


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(90.0, 0.0), (-90.0, 12.0), (0.0, 180.0), (-14.3, -178.1)]
)
def test_a_place_at_the_edge_of_a_map_has_neighbours_too(latitude: float, longitude: float) -> None:
    here = Point(latitude=latitude, longitude=longitude)
    south = max(latitude - 0.3, -90.0)
    around = [
        a_training(siren=f"{n:09d}", latitude=south, longitude=longitude + turn)
        for n, turn in enumerate((-359.8, 0.1, 0.2), 1)
    ]

    found = rank(index(*around), a_need(), here)

    expected = {t.siren for t in around if distance_km(here, t.latitude, t.longitude) <= 100}
    assert {match.siren for match in found} == expected
    assert len(expected) == 3
