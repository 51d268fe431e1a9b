"""What a firm is: who hires, which list its activity is of, what may be told of it."""

from datetime import date
from typing import Any

import pytest

from depot.domain.firm.company import Address, Company, Point, insee_nomenclature, nature_of
from tests.builders import a_company


@pytest.mark.parametrize(
    ("naf", "category", "nature"),
    [
        ("10.71C", "5499", "firm"),
        ("85.53Z", "5499", "teaching"),
        ("85.59A", "9220", "teaching"),
        ("85.31Z", "7331", "teaching"),
        ("84.11Z", "7210", "public"),
        ("94.11Z", "7381", "public"),
        (None, "7120", "public"),
        ("49.31Z", "4110", "firm"),  # a public body of trade: its people are under private law
        ("53.10Z", "5510", "firm"),
        ("84.30A", "8110", "firm"),  # a health insurance fund: private law
        ("08.50Z", "5499", "firm"),
        (None, None, "firm"),
    ],
)
def test_activity_then_legal_category_say_who_hires(
    naf: str | None, category: str | None, nature: str
) -> None:
    assert nature_of(naf, category) == nature


@pytest.mark.parametrize(
    ("today", "nomenclature"),
    [
        (date(2026, 11, 25), "NAFRev2"),
        (date(2026, 12, 31), "NAFRev2"),
        (date(2027, 1, 1), "NAF2025"),
        (date(2030, 6, 1), "NAF2025"),
    ],
)
def test_insee_changes_its_list_on_the_first_of_january_2027(
    today: date, nomenclature: str
) -> None:
    assert insee_nomenclature(today) == nomenclature


def test_a_firm_that_hides_keeps_its_commune_and_what_is_no_secret() -> None:
    told = a_company(diffusible=False).without_secrets()

    assert told.address == Address(label="PERIGUEUX", city="PERIGUEUX", insee="24322")
    assert (told.name, told.legal_name, told.location) == ("", "", None)
    assert (told.naf, told.idccs, told.diffusible) == ("10.71C", ("0843",), False)


def test_a_firm_that_hides_nothing_keeps_everything() -> None:
    assert a_company().without_secrets() == a_company()


def spare(**over: Any) -> Company:
    """The same establishment, as the second directory gives it."""
    given = {"source": "api_entreprise", "idccs": (), "location": None}
    return a_company(**given | over)


def test_the_second_directory_s_answer_is_completed_by_what_the_first_once_said() -> None:
    completed = spare(name="CHEZ PAULINE", active=False).completed_by(a_company())

    assert completed == a_company(name="CHEZ PAULINE", active=False, source="api_entreprise")


def test_the_directory_s_own_point_is_better_than_the_middle_of_the_commune() -> None:
    middle = Point(latitude=45.19, longitude=0.71)

    completed = spare(location=middle, precision="commune").completed_by(a_company())

    assert (completed.location, completed.precision) == (a_company().location, "establishment")


def test_nothing_is_lost_when_nothing_more_was_known() -> None:
    middle = Point(latitude=45.19, longitude=0.71)
    placed = spare(location=middle, precision="commune")

    assert placed.completed_by(spare()) == placed


def test_a_firm_that_hides_now_is_not_given_its_place_back() -> None:
    completed = spare(diffusible=False).completed_by(a_company())

    assert (completed.location, completed.idccs) == (None, ("0843",))


@pytest.mark.parametrize(
    "other", [a_company(idccs=(), location=None), spare(siret="48744469700428")]
)
def test_what_the_first_says_itself_or_of_another_firm_is_left_as_it_is(other: Company) -> None:
    assert other.completed_by(a_company()) == other
