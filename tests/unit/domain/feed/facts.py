"""Offers as they are counted."""

from datetime import date

from hypothesis import strategies as st

from depot.domain.feed.counted import CountedOffer, fact_of
from tests.builders import an_offer


facts = st.builds(
    CountedOffer,
    month=st.sampled_from(["2026-11", "2026-12", "2027-01"]),
    departement=st.none() | st.sampled_from(["24", "2A", "971"]),
    opco=st.none() | st.sampled_from(["Akto", "Opco 2i"]),
    metier=st.sampled_from([f"Métier {n}" for n in range(30)]),
    openings=st.integers(1, 10),
    state=st.sampled_from(("live", "filled", "cancelled", "expired", "withdrawn")),
    days=st.none() | st.integers(0, 60),
    ended_on=st.dates(date(2026, 12, 1), date(2027, 12, 31)),
)


def a_fact(**over: object) -> CountedOffer:
    return fact_of(an_offer(), None).model_copy(update=over)
