"""Which formations of a public catalogue become trainings to ask about."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.cfa.formation import Formation, training_of
from depot.domain.cfa.training import UNSAID, Training
from depot.domain.firm.company import Point
from tests.builders import a_formation


def training(formation: Formation) -> Training:
    found = training_of(formation)
    assert isinstance(found, Training)
    return found


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("unpublished", {"published": False}),
        ("without_centre", {"siret": ""}),
        ("closed", {"open": False}),
        ("remote", {"remote": True}),
        ("uncertified", {"qualiopi": False}),
        ("without_title", {"title": ""}),
        ("without_code", {"romes": ()}),
        ("without_code", {"romes": ("D11", "Z1102", "d1102")}),
        ("unreachable", {"emails": (None, "", "nobody", "a@b", "a b@example.org")}),
        ("without_place", {"place": None}),
    ],
)
def test_a_formation_nobody_can_be_asked_about_is_left_out_for_a_reason(
    reason: str, change: dict[str, object]
) -> None:
    assert isinstance(training_of(a_formation()), Training)
    assert training_of(replace(a_formation(), **change)) == reason  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("emails", "expected"),
    [
        (("a@example.org", "b@example.org"), "a@example.org"),
        ((None, "b@example.org"), "b@example.org"),
        (("not an address", " B.C'd+e@Example.ORG "), "b.c'd+e@example.org"),
        (("a@example.org\nBcc: x@example.org", "b@example.org"), "b@example.org"),
        (("a@example.org;b@example.org", "c@example.org"), "c@example.org"),
        ((f"{'a' * 250}@example.org", "b@example.org"), "b@example.org"),
    ],
)
def test_the_first_address_a_mail_can_go_to_is_taken(
    emails: tuple[str | None, ...], expected: str
) -> None:
    assert training(a_formation(emails=emails)).email == expected


def test_codes_are_kept_once_in_order_and_names_on_one_line() -> None:
    found = training(
        a_formation(romes=("M1805", "D1102", "M1805", "?"), name="CFA\n des  \u202eMétiers\x00 ")
    )

    assert found.romes == ("D1102", "M1805")
    assert found.name == "CFA des Métiers"


@pytest.mark.parametrize(
    ("given", "kept"), [("3", "3"), ("8", "8"), (None, UNSAID), ("", UNSAID), ("9", UNSAID)]
)
def test_a_level_is_european_or_unsaid(given: str | None, kept: str) -> None:
    assert training(a_formation(level=given)).level == kept


@given(st.text(max_size=30), st.floats(-90, 90), st.floats(-180, 180))
def test_a_place_is_kept_to_the_last_digit(name: str, latitude: float, longitude: float) -> None:
    place = Point(latitude=latitude, longitude=longitude)

    found = training(a_formation(city=name, place=place))

    assert (found.latitude, found.longitude) == (latitude, longitude)
    assert "\n" not in found.city
