"""Finding trainings near a place: those a look at each of them would find."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bench.haversine import distance_km
from depot.domain.cfa.index import Reach, TrainingIndex
from depot.domain.cfa.sphere import vector
from depot.domain.cfa.training import Training
from depot.domain.firm.company import Point
from tests.builders import a_training


CODES = ["D1102", "D1104", "M1805"]

texts = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=12)
trainings = st.builds(
    Training,
    siret=st.from_regex(r"[0-9]{14}", fullmatch=True),
    title=texts,
    level=st.sampled_from(["", *"12345678"]),
    romes=st.lists(st.sampled_from(CODES), max_size=3, unique=True).map(sorted).map(tuple),
    name=texts,
    city=texts,
    email=st.sampled_from(["a@example.org", "b@example.org"]),
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
)


@given(
    st.lists(trainings, max_size=30),
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.sampled_from([10.0, 100.0, 5000.0]),
    st.none() | st.sampled_from(["1", "3", "8"]),
)
def test_what_is_near_is_what_a_look_at_each_finds(
    known: list[Training], latitude: float, longitude: float, reach: float, level: str | None
) -> None:
    index, here = TrainingIndex.of(known, {}), Point(latitude=latitude, longitude=longitude)

    found = index.near(["D1102"], vector(latitude, longitude), Reach.of(reach), level)

    expected = {
        (t.siret, t.title, t.name)
        for t in known
        if "D1102" in t.romes
        if level is None or t.level in {"", level}
        if distance_km(here, t.latitude, t.longitude) <= reach
    }
    kept = sorted(set(known))
    shown = [kept[row] for _, row, _ in found]
    assert {(t.siret, t.title, t.name) for t in shown} == expected
    away = [distance_km(here, t.latitude, t.longitude) for t in shown]
    assert all(near <= far + 1e-4 for near, far in pairwise(away))


@given(st.lists(trainings, max_size=20))
def test_a_training_says_of_itself_what_the_catalogue_said(known: list[Training]) -> None:
    index = TrainingIndex.of(known, {})

    kept = sorted(set(known))

    assert len(index) == len(kept)
    for row, training in enumerate(kept):
        said = (training.siret, training.name, training.city, training.email)
        assert index.said(row) == (*said, training.title, training.level)


def test_the_codes_under_a_former_one_are_those_somebody_teaches() -> None:
    former = {"D1116": "D1104", "D1117": "D1104", "D1104": "D1104"}
    index = TrainingIndex.of([a_training(romes=("D1104", "D1116", "X9999"))], former)

    assert index.under("D1104") == ["D1104", "D1116"]
    assert index.under("X9999") == ["X9999"]
    assert index.under("M1805") == ()
    assert "D1116" in index
    assert "D1117" not in index


def test_a_training_registered_twice_is_kept_once() -> None:
    assert len(TrainingIndex.of([a_training(), a_training()], {})) == 1
