"""Which training centres are asked."""

from math import acos, cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.company import Point
from depot.domain.matching import MAX_CENTRES, MAX_DISTANCE_KM, Match, Training, distance_km, rank
from depot.domain.metiers import Metier
from depot.domain.offer import Need
from tests.builders import a_need, a_training
from tests.strategies import LEVELS


HERE = Point(latitude=45.184, longitude=0.721)
# An appellation whose ROME 4 code is newer than the code catalogues carry.
PASTRY = Metier(code="1", label="Pâtissier", rome="D1116", parent="D1104")
SALES = Metier(code="2", label="Vendeur", rome="D1106", parent="M1805")
ROMES = ["D1106", "D1116", "D1104", "M1805"]

trainings = st.builds(
    Training,
    siren=st.sampled_from([f"00000000{n}" for n in range(8)]),
    siret=st.sampled_from([f"00000000{n}0001{m}" for n in range(4) for m in range(4)]),
    name=st.sampled_from(["CFA Un", "CFA Deux"]),
    city=st.sampled_from(["Périgueux", "Boulazac"]),
    email=st.sampled_from(["", "a@example.org", "b@example.org"]),
    title=st.sampled_from(["CAP", "BP", "BTM"]),
    level=st.sampled_from(LEVELS),
    romes=st.lists(st.sampled_from(ROMES), max_size=2).map(tuple),
    latitude=st.integers(-15, 15).map(lambda tenth: 45.184 + tenth / 10),
    longitude=st.integers(-15, 15).map(lambda tenth: 0.721 + tenth / 10),
    qualiopi=st.sampled_from([True, True, True, False]),
)
catalogues = st.lists(trainings, max_size=60)
pastry_needs = st.builds(
    Need,
    metier=st.just(PASTRY),
    other_metiers=st.sampled_from([(), (SALES,)]),
    level=st.none() | st.sampled_from(LEVELS),
)


def ranked(*known: Training, **need: object) -> tuple[Match, ...]:
    return rank(known, a_need(**need), HERE)


def cosine_km(training: Training) -> float:
    """Great-circle distance by the law of cosines: another formula than the one under test."""
    here, there = radians(HERE.latitude), radians(training.latitude)
    turn = radians(training.longitude - HERE.longitude)
    return 6371.0088 * acos(min(1.0, sin(here) * sin(there) + cos(here) * cos(there) * cos(turn)))


def brute_force(known: list[Training], need: Need) -> list[tuple[str, float, bool]]:
    """The same rule by repeated selection: take the best, drop its firm, again."""
    exact = {metier.rome for metier in need.metiers}
    parents = {metier.parent for metier in need.metiers}
    left = [
        (not exact & set(t.romes), round(cosine_km(t), 1), t.siret, t.title, t.siren)
        for t in known
        if t.qualiopi
        and t.email
        and (exact | parents) & set(t.romes)
        and (need.level is None or need.level == t.level)
        and cosine_km(t) <= 100
    ]
    chosen: list[tuple[str, float, bool]] = []
    while left and len(chosen) < 10:
        inexact, distance, _, _, siren = min(left)
        chosen.append((siren, distance, not inexact))
        left = [other for other in left if other[4] != siren]
    return chosen


@given(catalogues, pastry_needs)
def test_the_centres_are_those_a_brute_force_chooses(known: list[Training], need: Need) -> None:
    chosen = [(m.siren, m.distance_km, m.exact) for m in rank(known, need, HERE)]

    assert chosen == brute_force(known, need)


@given(catalogues, pastry_needs)
def test_at_most_ten_centres_one_a_firm_within_a_hundred_kilometres(
    known: list[Training], need: Need
) -> None:
    matches = rank(known, need, HERE)

    assert len(matches) <= MAX_CENTRES == 10
    assert len({match.siren for match in matches}) == len(matches)
    assert all(match.distance_km <= MAX_DISTANCE_KM == 100 for match in matches)


@given(catalogues, pastry_needs)
def test_exact_trainings_come_first_then_the_nearest(known: list[Training], need: Need) -> None:
    matches = rank(known, need, HERE)

    assert list(matches) == sorted(matches, key=lambda m: (not m.exact, m.distance_km))


@given(st.data(), catalogues, pastry_needs)
def test_the_order_of_the_catalogue_changes_nothing(
    data: st.DataObject, known: list[Training], need: Need
) -> None:
    shuffled = data.draw(st.permutations(known))

    assert rank(shuffled, need, HERE) == rank(known, need, HERE)


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
        exact=True,
    )


@pytest.mark.parametrize(
    "unfit",
    [
        {"qualiopi": False},
        {"email": ""},
        {"romes": ("M1805",)},
        {"romes": ()},
        {"latitude": 46.2},
    ],
)
def test_an_unfit_centre_is_not_asked(unfit: dict[str, object]) -> None:
    assert ranked(a_training()) != ()
    assert ranked(a_training(**unfit)) == ()


@pytest.mark.parametrize(("level", "asked"), [(None, 1), ("3", 1), ("4", 0)])
def test_a_level_excludes_the_others_and_none_excludes_none(level: str | None, asked: int) -> None:
    assert len(ranked(a_training(level="3"), level=level)) == asked


def test_a_farther_exact_training_goes_before_a_near_one_of_the_former_code() -> None:
    near = a_training(siren="000000001", romes=("D1104",))
    far = a_training(siren="000000002", romes=("D1116",), latitude=45.7)

    assert [m.siren for m in ranked(near, far, metier=PASTRY)] == ["000000002", "000000001"]


def test_a_centre_that_teaches_another_metier_of_the_need_is_asked_as_for_the_first() -> None:
    baker = a_training(siren="000000001", latitude=45.5)
    sales = a_training(siren="000000002", romes=("D1106",))
    former = a_training(siren="000000003", romes=("M1805",))

    matches = ranked(baker, sales, former, other_metiers=(SALES,))

    assert [(m.siren, m.exact) for m in matches] == [
        ("000000002", True),
        ("000000001", True),
        ("000000003", False),
    ]


def test_a_firm_with_several_trainings_is_asked_for_its_best() -> None:
    far = a_training(siret="00000001800028", latitude=45.5)
    near = a_training(siret="00000001800010")

    assert [match.siret for match in ranked(far, near)] == ["00000001800010"]


def test_the_limit_is_a_hundred_kilometres_as_the_crow_flies() -> None:
    inside = a_training(latitude=45.184 + 0.899, longitude=0.721)
    outside = a_training(latitude=45.184 + 0.900, longitude=0.721)

    assert [match.distance_km for match in ranked(inside, outside)] == [100.0]
    assert ranked(outside) == ()


@pytest.mark.parametrize(
    ("here", "there", "kilometres"),
    [
        ((48.8566, 2.3522), (45.764, 4.8357), 391.5),  # Paris, Lyon
        ((-20.8789, 55.4481), (-21.3393, 55.4781), 51.3),  # Saint-Denis, Saint-Pierre
        ((0, 179.9), (0, -179.9), 22.2),
        ((90, 0), (-90, 0), 20015.1),
        ((45, 0), (45, 0), 0),
    ],
)
def test_distances_are_those_of_an_atlas(
    here: tuple[float, float], there: tuple[float, float], kilometres: float
) -> None:
    point = Point(latitude=here[0], longitude=here[1])

    assert distance_km(point, *there) == pytest.approx(kilometres, abs=0.1)
