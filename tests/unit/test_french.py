"""Dates, distances and levels as a person reads them."""

import re
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.life.offer import Level
from depot.words import french


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2026-12-21", "lundi 21 décembre 2026"),
        ("2027-02-01", "lundi 1er février 2027"),
        ("2028-02-29", "mardi 29 février 2028"),
        ("2026-08-02", "dimanche 2 août 2026"),
    ],
)
def test_a_date_is_said_in_full(iso: str, said: str) -> None:
    assert french.long_date(iso) == said


@given(st.dates())
def test_every_day_has_a_name(day: Any) -> None:
    assert re.fullmatch(r"\w+di|dimanche", french.long_date(day.isoformat()).split()[0])


@pytest.mark.parametrize(
    ("distance", "said"), [(0, "0 km"), (3.94, "3,9 km"), (12.0, "12 km"), (99.96, "100 km")]
)
def test_a_distance_is_said_with_a_comma(distance: float, said: str) -> None:
    assert french.kilometres(distance) == said


def test_what_was_not_said_is_said_so() -> None:
    assert (french.start(None), french.level(None)) == ("dès que possible", "indifférent")


WORDS = {
    "3": "CAP, BEP (Infrabac)",
    "4": "Bac, Bac Pro, BP (Bac)",
    "5": "BTS, DEUST (Bac+2)",
    "6": "Licence, BUT, Licence Pro (Bac+3)",
    "7": "Master, titre ingénieur, grande école (Bac+5)",
}


@pytest.mark.parametrize("level", get_args(Level))
def test_every_level_has_its_words(level: str) -> None:
    assert french.level(level) == WORDS[level]


def test_what_is_read_in_one_go_is_not_cut_at_the_end_of_a_line() -> None:
    assert french.phone("05 53 01 02 03").split(" ") == ["05\u00a053\u00a001\u00a002\u00a003"]
    assert french.hyphens("une adresse e-mail") == "une adresse e\u2011mail"
