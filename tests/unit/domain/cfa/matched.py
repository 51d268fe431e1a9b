"""Catalogues to choose centres from, around one place."""

from datetime import timedelta

from hypothesis import strategies as st

from depot.domain.cfa.index import CROWDED, TrainingIndex
from depot.domain.cfa.training import UNSAID, Training
from depot.domain.firm.company import Point
from depot.domain.life.metiers import Metier
from depot.domain.life.offer import Need
from tests.builders import NOW
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


pastry_needs = st.builds(
    Need,
    metier=st.just(PASTRY),
    other_metiers=st.sampled_from([(), (SALES,)]),
    level=st.none() | st.sampled_from(LEVELS),
)


past = st.dictionaries(
    st.sampled_from(SIRENS), st.integers(1, 5).map(lambda days: NOW - timedelta(days=days))
)


def index(*known: Training, crowded: int = CROWDED) -> TrainingIndex:
    return TrainingIndex.of(known, FORMER, crowded=crowded)
