"""One suite for the Store port: a dossier, its recruiter, whom else they may be found by."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from depot.domain.dossier.erasure import Erasure
from depot.domain.dossier.link_request import LinkForm, LinkRequest
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import Conflict
from depot.domain.model import Entity
from depot.ports.store import Replace, Store
from depot.storage import schema
from tests.builders import (
    NOW,
    SIRET,
    a_behalf,
    a_cfa_contact,
    a_contact,
    a_letter,
    a_notice,
    a_receipt,
    a_recruiter,
    a_round,
    an_offer,
)
from tests.contract.stored import OTHER_SIRET, _sorted, due, keep


def test_a_dossier_holds_all_of_its_recruiter_and_nothing_of_another(store: Store) -> None:
    mine: list[Entity] = [
        a_recruiter(),
        an_offer("o1"),
        an_offer("o2"),
        a_notice(),
        a_notice(offer_id="o2"),
        a_round(),
        a_cfa_contact("000000018"),
        a_cfa_contact("000000026"),
        a_letter(),
        a_letter(kind="deposit_received", about="r1"),
        a_receipt(),
        a_receipt("other"),
    ]
    other = a_recruiter(id="r2")
    keep(store, *mine)
    keep(store, other, an_offer("o3", recruiter=other), a_letter(recruiter_id="r2"))

    dossier = store.dossier("r1")

    assert dossier is not None
    assert dossier.recruiter == mine[0]
    assert _sorted(dossier) == sorted(mine, key=repr)


def test_the_offers_of_a_recruiter_are_read_alone(store: Store) -> None:
    other = a_recruiter(id="r2")
    closed = an_offer("o2").close("filled", None, NOW)
    keep(store, a_recruiter(), an_offer("o1"), an_offer("o2"), a_round(), a_receipt(), a_letter())
    store.commit(Replace(closed))
    keep(store, other, an_offer("o3", recruiter=other))

    found = store.offers("r1")

    assert sorted(found, key=lambda offer: offer.id) == [an_offer("o1"), closed]
    assert store.offers("r9") == []


def test_there_is_no_dossier_without_a_recruiter(store: Store) -> None:
    keep(store, an_offer(), a_notice())

    assert store.dossier("r1") is None
    assert store.dossier("r2") is None


def test_a_dossier_larger_than_one_answer_is_read_to_its_end(store: Store) -> None:
    letters = [a_letter(about=f"{n:02d}", facts={"note": "é" * 50_000}) for n in range(25)]
    keep(store, a_recruiter())
    for letter in letters:
        keep(store, letter)

    dossier = store.dossier("r1")

    assert dossier is not None
    assert sorted(dossier.letters, key=lambda letter: letter.id) == letters


def test_the_largest_deposit_is_written_at_once(store: Store) -> None:
    ids = [f"o{n}" for n in range(10)]
    offers = [an_offer(offer_id, ask_cfa=True) for offer_id in ids]
    notices = [a_notice(offer_id=offer_id) for offer_id in ids]
    rounds = [a_round(offer_id=offer_id) for offer_id in ids]

    keep(store, a_recruiter(), *offers, *notices, *rounds, a_letter())

    dossier = store.dossier("r1")
    assert dossier is not None
    assert len(_sorted(dossier)) == 32


def test_recruiters_of_the_same_firm_and_address_do_not_collide(store: Store) -> None:
    twins: list[Recruiter] = [a_recruiter(id=owner) for owner in ("r1", "r2")]

    keep(store, *twins)

    assert [store.recruiter("r1"), store.recruiter("r2")] == twins


def test_the_dossiers_of_an_address_are_named_without_being_read(store: Store) -> None:
    for n in range(120):
        keep(store, a_recruiter(id=f"r{n:03d}"))
    keep(store, a_recruiter(id="other", contact=a_contact(email="paul@example.org")))

    assert sorted(store.reached_at("jeanne@example.org")) == [f"r{n:03d}" for n in range(120)]
    assert list(store.reached_at("personne@example.org")) == []


def test_recruiters_are_found_by_their_address_and_by_their_firm(store: Store) -> None:
    mine = a_recruiter(id="r1")
    other_firm = a_recruiter(id="r2", siret=OTHER_SIRET)
    other_address = a_recruiter(id="r3", contact=a_contact(email="paul@example.org"))
    keep(store, mine, other_firm, other_address, an_offer())

    assert ids(store.of_email("jeanne@example.org")) == {"r1", "r2"}
    assert ids(store.of_siret(SIRET)) == {"r1", "r3"}
    assert store.of_email("personne@example.org") == []


def test_a_firm_is_found_by_its_own_address_where_somebody_deposited_for_it(store: Store) -> None:
    cfa, firm = a_contact(email="claire@example.com"), a_contact(email="jeanne@example.org")
    keep(
        store,
        a_recruiter(id="r1", contact=cfa, behalf=a_behalf(employer=firm)),
        a_recruiter(id="r2", contact=firm),
        a_recruiter(id="r3", contact=cfa, behalf=a_behalf(employer=a_contact(email="paul@a.org"))),
    )

    assert ids(store.of_employer("jeanne@example.org")) == {"r1"}
    assert ids(store.of_email("jeanne@example.org")) == {"r2"}
    assert store.of_employer("claire@example.com") == []


def test_a_firm_that_gave_another_address_is_found_there_alone(store: Store) -> None:
    cfa = a_contact(email="claire@example.com")
    recruiter = a_recruiter(contact=cfa, behalf=a_behalf(employer=a_contact()))
    keep(store, recruiter)
    moved = recruiter.reached_by_employer(a_contact(email="paul@example.org"), NOW)
    store.commit(Replace(moved))

    assert store.of_employer("jeanne@example.org") == []
    assert ids(store.of_employer("paul@example.org")) == {"r1"}
    store.commit(Replace(moved.forgotten(NOW)))
    assert store.of_employer("paul@example.org") == []


def test_all_the_dossiers_of_an_address_are_found_newest_first(store: Store) -> None:
    born = {f"r{n:03d}": NOW + timedelta(minutes=n * 7 % 223) for n in range(223)}
    for recruiter_id, at in born.items():
        keep(store, a_recruiter(id=recruiter_id, created_at=at))

    newest_first = sorted(born, key=lambda each: born[each], reverse=True)
    assert [each.id for each in store.of_email("jeanne@example.org")] == newest_first
    assert [each.id for each in store.of_siret(SIRET)] == newest_first


def test_dossiers_of_the_same_moment_are_always_in_the_same_order(store: Store) -> None:
    keep(store, *(a_recruiter(id=recruiter_id) for recruiter_id in ("r2", "r3", "r1")))

    assert [each.id for each in store.of_email("jeanne@example.org")] == ["r3", "r2", "r1"]


def test_a_recruiter_who_moved_is_found_at_the_new_address_alone(store: Store) -> None:
    recruiter = a_recruiter()
    keep(store, recruiter)
    asked = recruiter.reached_by("Jeanne", "+33199001234", "jean@example.org", NOW)
    assert asked.email_change is not None
    store.commit(Replace(asked))
    assert ids(store.of_email("jean@example.org")) == set()
    store.commit(Replace(asked.confirmed(asked.email_change, NOW)))

    assert ids(store.of_email("jeanne@example.org")) == set()
    assert ids(store.of_email("jean@example.org")) == {"r1"}


def test_a_recruiter_being_erased_is_found_no_more(store: Store) -> None:
    recruiter = a_recruiter()
    keep(store, recruiter)
    store.commit(Replace(recruiter.forgotten(NOW)))

    assert store.of_email("jeanne@example.org") == store.of_siret(SIRET) == []


def test_a_request_for_a_link_is_kept_once_and_due_until_it_is_done(store: Store) -> None:
    asked = LinkRequest.of(LinkForm(email="jeanne@example.org"), NOW)
    keep(store, asked)
    with pytest.raises(Conflict):
        keep(store, asked)

    owner = f"{schema.LINK}#{asked.digest}"
    assert store.link_request(owner, asked.slot) == asked
    assert due(store, NOW + timedelta(minutes=5)) == [(LinkRequest, owner, asked.slot)]
    store.commit(Replace(asked.done()))
    assert due(store, NOW + timedelta(days=1)) == []


def test_an_erasure_is_due_until_it_is_gone(store: Store) -> None:
    erasure = Erasure.of("r1", "asked", NOW)
    keep(store, erasure)

    assert store.erasure("r1") == erasure
    assert due(store, NOW + timedelta(minutes=5)) == [(Erasure, "r1", "")]
    assert store.erasure("r2") is None


def ids(recruiters: Sequence[Recruiter]) -> set[str]:
    return {recruiter.id for recruiter in recruiters}
