"""What partners say of our offers is kept."""

from datetime import timedelta
from typing import Any

import pytest

from depot.domain.errors import Conflict, Refused
from depot.domain.feed.receipt import Partner, PartnerReceipt
from depot.ports.store import Create
from depot.usecases.partners.receive_receipts import ReceiptsForm, ReceiptsView, receive_receipts
from tests.builders import NOW, a_recruiter, an_offer
from tests.fakes import MemoryStore
from tests.world import RacingStore


PARTNER = Partner("la-bonne-alternance", "La bonne alternance")
URL = "https://partner.example/offres/1"


@pytest.fixture
def store() -> RacingStore:
    store = RacingStore()
    store.kept |= MemoryStore.holding(an_offer("o1"), an_offer("o2")).kept
    return store


def said(offer_id: str = "o1", state: str = "fetched", **over: Any) -> dict[str, Any]:
    return {"offer_id": offer_id, "state": state, "at": NOW.isoformat(), **over}


def receive(store: RacingStore, *receipts: dict[str, Any]) -> ReceiptsView:
    form = ReceiptsForm.model_validate({"receipts": receipts})
    return receive_receipts(form, partner=PARTNER, store=store, now=NOW)


def test_receipts_are_kept_by_offer_and_sent_again_change_nothing(store: RacingStore) -> None:
    later = (NOW + timedelta(minutes=1)).isoformat()
    sent = [said("o1"), said("o1", "shown", at=later, url=URL), said("o2")]

    assert receive(store, *sent) == ReceiptsView(kept=3)
    first = store.all(PartnerReceipt)
    assert [[step.state for step in kept.steps] for kept in first] == [
        ["fetched", "shown"],
        ["fetched"],
    ]
    assert first[0].steps[1].url == URL
    assert receive(store, *reversed(sent)) == ReceiptsView(kept=3)
    assert store.all(PartnerReceipt) == first


def test_an_offer_that_does_not_exist_is_said_and_the_others_are_kept(store: RacingStore) -> None:
    assert receive(store, said("o9"), said("o9", "withdrawn"), said("o1")) == ReceiptsView(
        kept=1, unknown=("o9",)
    )


def test_a_receipt_of_an_offer_that_ended_is_kept(store: RacingStore) -> None:
    store.kept |= MemoryStore.holding(an_offer("o1").close("filled", None, NOW)).kept

    assert receive(store, said("o1", "withdrawn")).kept == 1


def test_two_receipts_at_the_same_moment_are_both_kept(store: RacingStore) -> None:
    def meanwhile() -> None:
        receive(store, said("o1", "shown", url=URL))

    store.rivals = [meanwhile]
    receive(store, said("o1", "fetched", at=(NOW - timedelta(hours=1)).isoformat()))

    (kept,) = store.all(PartnerReceipt)
    assert [step.state for step in kept.steps] == ["fetched", "shown"]


def test_a_receipt_that_never_finds_its_turn_is_a_conflict(store: RacingStore) -> None:
    def lose() -> None:
        raise Conflict

    store.rivals = [lose] * 4
    with pytest.raises(Conflict):
        receive(store, said())


def test_what_is_to_come_is_refused_and_nothing_is_kept(store: RacingStore) -> None:
    ahead = (NOW + timedelta(minutes=6)).isoformat()

    with pytest.raises(Refused) as refused:
        receive(store, said("o1"), said("o2", at=ahead))

    assert refused.value.errors == (("receipts.1.at", "at_future", ()),)
    assert store.all(PartnerReceipt) == []


def test_instants_are_compared_whatever_their_zone(store: RacingStore) -> None:
    receive(store, said(at="2026-11-23T09:30:00+01:00"), said(at="2026-11-23T08:40:00Z"))

    (kept,) = store.all(PartnerReceipt)
    assert [step.at.isoformat() for step in kept.steps] == ["2026-11-23T08:40:00+00:00"]


def test_a_reason_is_one_clean_line(store: RacingStore) -> None:
    receive(store, said("o1", "refused", reason="Adresse\n introuvable\u202e"))

    (kept,) = store.all(PartnerReceipt)
    assert kept.steps[0].reason == "Adresse introuvable"


def test_receipts_go_with_the_dossier(store: RacingStore) -> None:
    store.kept |= MemoryStore.holding(a_recruiter()).kept
    receive(store, said("o1"))

    dossier = store.dossier("r1")

    assert dossier is not None
    assert [receipt.offer_id for receipt in dossier.receipts] == ["o1"]
    assert Create(dossier.receipts[0]).entity.version == 1
