"""Twins: what is already live for the same establishment and métier."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.deposit.duplicates import twins
from depot.domain.life.offer import Offer
from tests.builders import BAKER, NOW, SIRET, a_recruiter, an_offer


OTHER_SIRET = "30247464800664"
INSTANT = timedelta(microseconds=1)
# Another name of the baker's trade, another trade, and the baker as a later ROME might file him.
PASTRY = BAKER.model_copy(update={"code": "11574", "label": "Boulanger-pâtissier"})
COOK = BAKER.model_copy(update={"code": "11573", "label": "Cuisinier", "rome": "G1609"})
CAR = BAKER.model_copy(update={"code": "15430", "label": "Mécanicien", "rome": "I1604"})
METIERS = [BAKER, PASTRY, COOK, CAR]

states = st.sampled_from(["live", "filled", "cancelled", "expired"])
offers = st.lists(
    st.tuples(st.sampled_from([SIRET, OTHER_SIRET]), st.sampled_from(METIERS), states), max_size=8
).map(lambda drawn: [_offer(f"o{n}", *given) for n, given in enumerate(drawn)])


def _offer(offer_id: str, siret: str, metier: Any, state: str) -> Offer:
    owner = a_recruiter(siret=siret, company=None)
    offer = an_offer(offer_id, recruiter=owner, metier=metier)
    return offer.model_copy(update={"state": state})


@given(offers, st.sampled_from(METIERS))
def test_twins_are_the_live_offers_of_the_same_firm_and_trade_and_no_other(
    given_offers: list[Offer], metier: Any
) -> None:
    found = twins(given_offers, siret=SIRET, metier=metier, now=NOW)

    assert found == [offer for offer in given_offers if offer in found]  # their order is kept
    for offer in given_offers:
        same_trade = metier.code == offer.need.metier.code or metier.rome == offer.need.metier.rome
        here = offer.workplace.siret == SIRET
        assert (offer in found) is (here and offer.state == "live" and same_trade)


@given(offers, st.sampled_from(METIERS))
def test_an_offer_is_the_twin_of_those_that_are_its_own(
    given_offers: list[Offer], metier: Any
) -> None:
    wanted = an_offer("wanted", metier=metier)
    for offer in twins(given_offers, siret=SIRET, metier=metier, now=NOW):
        assert twins([wanted], siret=SIRET, metier=offer.need.metier, now=NOW) == [wanted]


@pytest.mark.parametrize(("metier", "found"), [(BAKER, 1), (PASTRY, 1), (COOK, 1), (CAR, 0)])
def test_the_same_appellation_or_another_of_its_rome_code_is_the_same_trade(
    metier: Any, found: int
) -> None:
    assert len(twins([an_offer()], siret=SIRET, metier=metier, now=NOW)) == found


def test_an_offer_that_would_do_with_the_metier_as_well_is_no_twin() -> None:
    offer = an_offer(metier=CAR, other_metiers=(BAKER,))

    assert twins([offer], siret=SIRET, metier=BAKER, now=NOW) == []


def test_an_offer_past_its_last_day_has_no_twin_though_no_sweep_came_by() -> None:
    offer = an_offer()

    def found(now: Any) -> list[Offer]:
        return twins([offer], siret=SIRET, metier=BAKER, now=now)

    assert found(offer.expires_at - INSTANT) == [offer]
    assert found(offer.expires_at) == []
