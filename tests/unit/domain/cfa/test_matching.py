"""Which centres are asked: how near, for which codes, in which order."""

from collections.abc import Mapping
from datetime import datetime
from sys import maxsize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.cfa.matching import MAX_CENTRES, Match, rank
from depot.domain.cfa.training import UNSAID, Training
from depot.domain.cfa.turns import MAX_DISTANCE_KM
from depot.domain.life.offer import Need
from tests.builders import a_need, a_training
from tests.unit.domain.cfa.matched import HERE, PASTRY, SALES, catalogues, index, past, pastry_needs


def ranked(*known: Training, offer_id: str = "o1", **need: object) -> tuple[Match, ...]:
    return rank(index(*known), a_need(**need), HERE, offer_id=offer_id)


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
