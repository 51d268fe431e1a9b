"""One suite for the Store port: the centres that were asked, and who wants no more mail."""

from datetime import timedelta

import pytest

from depot.domain.cfa.cfa_contact import Asking, CfaContact, CfaReply
from depot.domain.errors import Conflict
from depot.domain.letters.refusal import CentreAsked, MailRefusal
from depot.ports.store import Create, Due, Overwrite, Replace, Store
from tests.builders import NOW, a_cfa_contact, a_recruiter, an_offer
from tests.contract.stored import INSTANT, _sorted, due, keep


def test_a_centre_asked_is_read_back_by_its_key(store: Store) -> None:
    contact = a_cfa_contact("000000018")
    keep(store, contact, a_cfa_contact("000000026"))

    assert store.contact(Asking("r1", "o1", "000000018")) == contact
    assert store.contact(Asking("r1", "o2", "000000018")) is None


def test_a_contact_is_due_for_its_follow_up_until_it_is_answered(store: Store) -> None:
    contact = a_cfa_contact("000000018").model_copy(update={"follow_up_at": NOW})
    keep(store, contact)

    assert due(store, NOW - INSTANT) == []
    assert due(store, NOW) == [Due(CfaContact, "r1", "o1#000000018")]

    store.commit(Replace(contact.answered(CfaReply(answer="later"), NOW)))
    assert due(store, NOW + timedelta(days=3650)) == []


def test_what_is_overwritten_is_the_last_one_whatever_was_there(store: Store) -> None:
    for moment in (NOW, NOW - timedelta(days=1)):
        store.commit(Overwrite(CentreAsked(siren="000000018", asked_at=moment)))

    assert store.last_asked(["000000018", "000000026"]) == {"000000018": NOW - timedelta(days=1)}


def test_when_many_centres_were_last_asked_is_read_at_once(store: Store) -> None:
    sirens = [f"{number:09d}" for number in range(250)]
    for start in range(0, 250, 50):
        stamps = [CentreAsked(siren=siren, asked_at=NOW) for siren in sirens[start : start + 50]]
        store.commit(*map(Overwrite, stamps))

    assert store.last_asked([*sirens, *sirens]) == dict.fromkeys(sirens, NOW)
    assert store.last_asked([]) == {}


def test_a_refusal_is_read_by_its_subject_and_belongs_to_no_recruiter(store: Store) -> None:
    centre = MailRefusal(subject="000000018", why="unsubscribed", since=NOW)
    address = MailRefusal(subject="a" * 32, why="bounced", since=NOW)
    keep(store, a_recruiter(), centre, address)

    assert store.refusal("000000018") == centre
    assert store.refusal("b" * 32) is None
    found = store.refusals(["000000018", "a" * 32, "b" * 32])
    assert sorted(found, key=repr) == sorted([centre, address], key=repr)
    dossier = store.dossier("r1")
    assert dossier is not None
    assert _sorted(dossier) == [a_recruiter()]
    ever = due(store, NOW + timedelta(days=3650))
    assert MailRefusal not in {each.entity for each in ever}


def test_a_change_without_a_condition_waits_for_those_that_have_one(store: Store) -> None:
    keep(store, an_offer())

    with pytest.raises(Conflict):
        store.commit(Create(an_offer()), Overwrite(CentreAsked(siren="000000018", asked_at=NOW)))

    assert store.last_asked(["000000018"]) == {}
