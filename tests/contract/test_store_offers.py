"""One suite for the Store port: offers by day, by firm and métier, by their id alone."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from depot.domain.errors import Conflict
from depot.domain.feed.receipt import Partner, ReceiptStep
from depot.domain.feed.record import record_of
from depot.domain.life.offer import Offer
from depot.feed.parts import PARTS, digest, part_of
from depot.ports.store import Replace, Store
from tests.builders import BAKER, NOW, SIRET, USUAL, a_need, a_receipt, a_recruiter, an_offer
from tests.contract.stored import OTHER_SIRET, keep


def test_offers_are_listed_by_part_and_day_with_their_digest(store: Store) -> None:
    live, other = an_offer("o1"), an_offer("o2", now=NOW + timedelta(days=1))
    closed = an_offer("o3").close("filled", None, NOW + timedelta(hours=1))
    keep(store, live, other, an_offer("o3"))
    store.commit(Replace(closed))

    listed = {
        found.offer_id: found
        for part in range(PARTS)
        for found in store.listed(part, [str(NOW.date())])
    }

    line = record_of(live).model_dump_json().encode()
    assert listed == {
        "o1": ("r1", "o1", NOW, digest(line)),
        "o3": ("r1", "o3", NOW + timedelta(hours=1), None),
    }


def test_an_offer_is_listed_in_its_part_and_nowhere_else(store: Store) -> None:
    keep(store, an_offer("o1"))
    days = [str(NOW.date()), str(NOW.date() + timedelta(days=1))]

    parts = [part for part in range(PARTS) if list(store.listed(part, days))]

    assert parts == [part_of("o1")]


def test_a_reminder_does_not_move_an_offer_in_the_list(store: Store) -> None:
    offer = an_offer("o1")
    keep(store, offer)
    before = list(store.listed(part_of("o1"), [str(NOW.date())]))

    store.commit(Replace(offer.remind(NOW + timedelta(days=21))))

    assert list(store.listed(part_of("o1"), [str(NOW.date())])) == before


def test_the_owner_of_an_offer_is_found_by_its_id_alone(store: Store) -> None:
    other = a_recruiter(id="r2")
    keep(store, an_offer("o1"), an_offer("o2", recruiter=other), a_receipt(offer_id="o3"))
    store.commit(Replace(an_offer("o1").close("filled", None, NOW)))

    assert [store.owner(offer) for offer in ("o1", "o2", "o3")] == ["r1", "r2", None]


def test_receipts_are_read_back_by_offer_and_partner(store: Store) -> None:
    keep(store, a_receipt(), a_receipt("other"))
    told = a_receipt().told(
        Partner("parcoursup", "Parcoursup"), [ReceiptStep(state="fetched", at=NOW)]
    )
    store.commit(Replace(told))

    assert store.receipt("r1", "o1", "parcoursup") == told
    assert store.receipt("r1", "o1", "other") == a_receipt("other")
    assert store.receipt("r1", "o2", "other") is None
    with pytest.raises(Conflict):
        keep(store, a_receipt())


def test_live_offers_are_found_by_their_firm_and_rome_code_whoever_deposited_them(
    store: Store,
) -> None:
    mine, other = a_recruiter(), a_recruiter(id="r2")
    elsewhere = a_recruiter(id="r3", siret=OTHER_SIRET, company=None)
    cook = BAKER.model_copy(update={"code": "1", "rome": "G1609"})
    found = [an_offer("o1", recruiter=mine), an_offer("o2", recruiter=other)]
    keep(
        store,
        *found,
        an_offer("o3", recruiter=mine, metier=cook),
        an_offer("o4", recruiter=elsewhere),
    )

    assert live(store, SIRET, BAKER.rome) == found
    assert [offer.id for offer in live(store, OTHER_SIRET, BAKER.rome)] == ["o4"]
    assert live(store, OTHER_SIRET, cook.rome) == []


def test_an_offer_that_ended_is_no_longer_among_the_live_ones(store: Store) -> None:
    offers = [an_offer(f"o{n}") for n in range(3)]
    keep(store, *offers)
    extended = offers[0].extend(NOW + timedelta(1), USUAL)
    store.commit(Replace(extended))
    store.commit(Replace(offers[1].close("filled", None, NOW)))
    store.commit(Replace(offers[2].expire(NOW)))

    assert live(store, SIRET, BAKER.rome) == [extended]


def test_an_offer_whose_metier_changed_is_found_under_the_new_one(store: Store) -> None:
    cook = BAKER.model_copy(update={"code": "1", "rome": "G1609"})
    offer = an_offer()
    keep(store, offer)
    edited = offer.edit(a_need(metier=cook), NOW)
    store.commit(Replace(edited))

    assert live(store, SIRET, BAKER.rome) == []
    assert live(store, SIRET, cook.rome) == [edited]


def test_of_many_live_offers_a_few_are_read(store: Store) -> None:
    keep(store, *[an_offer(f"o{n}") for n in range(9)])

    assert len(live(store, SIRET, BAKER.rome)) == 5


def live(store: Store, siret: str, rome: str) -> Sequence[Offer]:
    return sorted(store.live_offers(siret, rome), key=lambda offer: offer.id)
