"""One suite for the Store port: written on a condition, whole or not at all."""

from datetime import timedelta

import pytest

from depot.domain.dossier.erasure import Erasure
from depot.domain.errors import Conflict
from depot.domain.model import Entity
from depot.ports.store import Absent, Create, Replace, Store
from tests.builders import NOW, USUAL, a_letter, a_notice, a_recruiter, a_round, an_offer
from tests.contract.stored import keep


def test_what_was_created_is_read_back_one_by_one(store: Store) -> None:
    recruiter, offer, letter = a_recruiter(), an_offer(description="Pétrir – 𝔸 👩‍🍳"), a_letter()

    keep(store, recruiter, offer, letter, a_notice(), a_round())

    assert store.recruiter("r1") == recruiter
    assert store.offer("r1", "o1") == offer
    assert store.letter("r1", letter.id) == letter
    assert store.notice("r1", "o1") == a_notice()
    assert store.rounds("r1", "o1") == [a_round()]


def test_what_was_never_created_is_none(store: Store) -> None:
    keep(store, an_offer())

    assert store.recruiter("r1") is None
    assert store.offer("r2", "o1") is None
    assert store.letter("r1", "o1") is None
    assert store.notice("r1", "o1") is None
    assert store.rounds("r1", "o1") == []


def test_the_rounds_of_an_offer_are_not_those_of_another(store: Store) -> None:
    rounds = [a_round(number=number) for number in range(1, 12)]
    keep(store, *rounds, a_round(offer_id="o12"), a_round(offer_id="o"), a_round(recruiter_id="r2"))

    found = store.rounds("r1", "o1")

    assert sorted(found, key=lambda asked: asked.number) == rounds


def test_creating_what_exists_conflicts_and_leaves_it(store: Store) -> None:
    keep(store, a_recruiter())

    with pytest.raises(Conflict):
        keep(store, a_recruiter(offer_count=7))

    assert store.recruiter("r1") == a_recruiter()


def test_a_new_version_replaces_the_one_it_was_made_from(store: Store) -> None:
    offer = an_offer()
    keep(store, offer)
    second = offer.extend(NOW + timedelta(1), USUAL)
    third = second.close("filled", None, NOW)

    store.commit(Replace(second))
    store.commit(Replace(third))

    assert store.offer("r1", "o1") == third


def test_of_two_changes_made_from_the_same_version_the_second_conflicts(store: Store) -> None:
    offer = an_offer()
    keep(store, offer)
    store.commit(Replace(offer.extend(NOW + timedelta(1), USUAL)))

    with pytest.raises(Conflict):
        store.commit(Replace(offer.close("cancelled", None, NOW)))

    assert store.offer("r1", "o1") == offer.extend(NOW + timedelta(1), USUAL)


def test_a_change_made_from_a_version_not_yet_stored_conflicts(store: Store) -> None:
    offer = an_offer()
    keep(store, offer)

    with pytest.raises(Conflict):
        store.commit(
            Replace(offer.extend(NOW + timedelta(1), USUAL).extend(NOW + timedelta(2), USUAL))
        )

    assert store.offer("r1", "o1") == offer


def test_replacing_what_does_not_exist_conflicts_and_creates_nothing(store: Store) -> None:
    with pytest.raises(Conflict):
        store.commit(Replace(an_offer().extend(NOW + timedelta(1), USUAL)))

    assert store.offer("r1", "o1") is None


@pytest.mark.parametrize("conflicting", [an_offer(), a_recruiter()], ids=["offers", "recruiters"])
def test_a_conflict_in_one_table_leaves_both_as_they_were(
    store: Store, conflicting: Entity
) -> None:
    keep(store, conflicting)
    others = [entity for entity in (a_recruiter(), an_offer()) if entity != conflicting]

    with pytest.raises(Conflict):
        store.commit(*map(Create, [*others, a_letter(), conflicting, a_notice()]))

    read = {store.recruiter("r1"), store.offer("r1", "o1")} - {None}
    assert read == {conflicting}
    assert store.letter("r1", a_letter().id) is None
    assert store.notice("r1", "o1") is None


def test_what_must_not_be_there_stops_all_that_is_written_with_it(store: Store) -> None:
    alive = Absent(Erasure, "r1")
    store.commit(alive, Create(a_recruiter()))
    keep(store, Erasure.of("r1", "asked", NOW))

    with pytest.raises(Conflict):
        store.commit(alive, Create(an_offer()))

    assert store.offer("r1", "o1") is None
    store.commit(Absent(Erasure, "r2"), Create(an_offer()))
    assert store.offer("r1", "o1") == an_offer()
