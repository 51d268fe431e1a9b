"""Centres as near take turns, whoever was asked before and whoever wants no more mail."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.haversine import distance_km
from depot.domain.cfa.matching import MAX_CENTRES, rank
from depot.domain.cfa.training import Training
from depot.domain.firm.company import Point
from tests.builders import NOW, a_need, a_training
from tests.unit.domain.cfa.matched import HERE, index


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
