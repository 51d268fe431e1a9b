"""Counting offers: every offer once, nobody named."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from depot.domain.feed.statistics import (
    CountedOffer,
    Month,
    Tally,
    all_facts,
    fact_of,
    month_of,
    tally,
)
from tests.builders import NOW, a_recruiter, an_offer


NAMES = {"24": "Dordogne", "2A": "Corse-du-Sud", "971": "Guadeloupe"}
STATES = ("live", "filled", "cancelled", "expired")
facts = st.builds(
    CountedOffer,
    published_on=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    departement=st.none() | st.sampled_from(["24", "2A", "971"]),
    opco=st.none() | st.sampled_from(["Akto", "Opco 2i"]),
    metier=st.sampled_from([f"Métier {n}" for n in range(30)]),
    openings=st.integers(1, 10),
    state=st.sampled_from(STATES),
    days=st.none() | st.integers(0, 60),
)


def a_fact(**over: object) -> CountedOffer:
    return fact_of(an_offer(), None).model_copy(update=over)


def test_an_offer_weighs_its_place_its_metier_and_its_days() -> None:
    filled = an_offer(openings=2).close("filled", None, NOW + timedelta(days=9))

    assert fact_of(filled, None) == CountedOffer(
        published_on=date(2026, 11, 23),
        departement="24",
        opco=None,
        metier="Boulanger / Boulangère",
        openings=2,
        state="filled",
        days=9,
        ends_on=filled.ends_on,
    )


def test_an_offer_of_a_firm_still_to_verify_is_counted_nowhere_in_particular() -> None:
    fact = fact_of(an_offer(recruiter=a_recruiter(company=None)), None)

    assert (fact.departement, fact.opco, fact.days) == (None, None, None)
    assert month_of(fact) == "2026-11"


@given(st.lists(facts, max_size=30))
def test_every_offer_is_counted_once_in_each_table(found: Sequence[CountedOffer]) -> None:
    counted = tally(found, NAMES, NOW)

    assert counted.deposited == len(found)
    states = (counted.live, counted.filled, counted.cancelled, counted.expired)
    assert sum(states) == len(found)
    for table in (counted.by_month, counted.by_departement, counted.by_opco):
        assert sum(line.deposited for line in table) == len(found)
        assert sum(line.filled for line in table) == counted.filled
    assert counted == tally(list(reversed(found)), NAMES, NOW)
    assert len(counted.by_metier) <= 20


def test_the_months_go_by_and_the_rest_by_size() -> None:
    found = [
        a_fact(published_on=date(2026, 12, 1), opco="Akto"),
        a_fact(published_on=date(2026, 11, 2), opco="Opco 2i"),
        a_fact(published_on=date(2026, 12, 3), opco="Opco 2i", state="filled"),
    ]

    counted = tally(found, NAMES, NOW)

    assert [line.name for line in counted.by_month] == ["2026-11", "2026-12"]
    assert counted.by_opco == (
        Tally(name="Opco 2i", deposited=2, live=1, filled=1),
        Tally(name="Akto", deposited=1, live=1, filled=0),
    )


def test_the_days_of_fewer_than_five_firms_are_not_told() -> None:
    filled = [a_fact(state="filled", days=days) for days in (3, 4, 30, 6)]

    assert tally(filled, NAMES, NOW).days_to_fill is None
    assert tally([*filled, a_fact(state="filled", days=8)], NAMES, NOW).days_to_fill == 6


def test_a_month_keeps_the_last_word_on_each_offer() -> None:
    month = (
        Month().with_facts({"a": a_fact()}).with_facts({"a": a_fact(state="filled"), "b": a_fact()})
    )

    assert sorted(fact.state for fact in all_facts([month])) == ["filled", "live"]
