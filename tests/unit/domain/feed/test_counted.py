"""An offer is counted once, under a pseudonym while it may change, in sums alone afterwards."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from depot.domain.feed.counted import CountedOffer, Shelf, Weighed, fact_of
from depot.domain.life.states import Limits
from tests.builders import NOW, a_recruiter, an_offer
from tests.unit.domain.feed.facts import a_fact, facts


LIMITS = Limits(longest=364, reactivation=90)
TODAY, DAY = date(2026, 11, 25), timedelta(days=1)


def shelf(*facts: CountedOffer) -> Shelf:
    weighed = [Weighed([f"n{rank}"], fact) for rank, fact in enumerate(facts)]
    return Shelf().keep(weighed, TODAY, LIMITS)


def test_an_offer_weighs_its_place_its_metier_and_its_days() -> None:
    filled = an_offer(openings=2).close("filled", None, NOW + timedelta(days=9))

    assert fact_of(filled, None) == CountedOffer(
        month="2026-11",
        departement="24",
        opco=None,
        metier="Boulanger / Boulangère",
        openings=2,
        state="filled",
        days=9,
        ended_on=filled.ended_on,
    )


def test_an_offer_of_a_firm_still_to_verify_is_counted_nowhere_in_particular() -> None:
    fact = fact_of(an_offer(recruiter=a_recruiter(company=None)), None)

    assert (fact.departement, fact.opco, fact.days) == (None, None, None)


def test_a_shelf_keeps_the_last_word_on_each_offer() -> None:
    found = shelf(a_fact()).keep([Weighed(["n0"], a_fact(state="filled"))], TODAY, LIMITS)

    assert [fact.state for fact in found.facts.values()] == ["filled"]


def test_an_offer_named_under_a_former_key_is_counted_once() -> None:
    found = shelf(a_fact()).keep([Weighed(["new", "n0"], a_fact())], TODAY, LIMITS)

    assert list(found.facts) == ["new"]


@given(st.lists(facts, max_size=20))
def test_what_is_final_leaves_no_offer_and_changes_no_sum(found: Sequence[CountedOffer]) -> None:
    kept, later = shelf(*found), date(2029, 1, 1)

    folded = kept.keep((), later, LIMITS)

    assert folded.facts == {}
    assert folded.counts(later) == kept.counts(later)
    assert folded.keep((), later, LIMITS) == folded


def test_an_offer_that_may_come_back_is_not_folded() -> None:
    fact = a_fact(state="expired", ended_on=TODAY)
    last = TODAY + 98 * DAY

    assert shelf(fact).keep((), last, LIMITS).facts
    assert not shelf(fact).keep((), last + DAY, LIMITS).facts


def test_what_is_said_of_an_offer_once_it_is_folded_counts_it_no_second_time() -> None:
    later = TODAY + 200 * DAY
    fact = a_fact(state="expired", ended_on=TODAY)
    folded = shelf(fact).keep((), later, LIMITS)

    again = folded.keep([Weighed(["n0"], fact)], later, LIMITS)

    assert again == folded


def test_an_offer_erased_while_it_was_live_counts_as_cancelled_after_its_last_day() -> None:
    kept = shelf(a_fact(ended_on=TODAY))

    assert kept.counts(TODAY + 8 * DAY)["month", "2026-11", "live"] == 1
    assert kept.counts(TODAY + 9 * DAY)["month", "2026-11", "cancelled"] == 1
