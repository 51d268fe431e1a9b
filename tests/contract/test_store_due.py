"""One suite for the Store port: what is due, not an instant before, until it is done."""

from datetime import timedelta
from typing import Any

import pytest

from depot.domain.cfa.rounds import CfaRound
from depot.domain.employer.notice import EmployerNotice
from depot.domain.letters.letter import Letter
from depot.domain.life.offer import Offer
from depot.domain.opco.finding import Finding
from depot.domain.opco.notice import OpcoNotice
from depot.ports.store import Due, Replace, Store
from tests.builders import (
    NOW,
    USUAL,
    a_letter,
    a_notice,
    a_recruiter,
    a_round,
    an_employer,
    an_offer,
)
from tests.contract.stored import INSTANT, due, keep


def test_an_offer_is_due_at_its_reminder_and_not_an_instant_before(store: Store) -> None:
    offer = an_offer()
    keep(store, offer)

    assert due(store, offer.reminds_at - INSTANT) == []
    assert due(store, offer.reminds_at) == [Due(Offer, "r1", "o1")]


def test_an_offer_reminded_is_due_again_at_its_end_and_not_an_instant_before(store: Store) -> None:
    offer = an_offer()
    keep(store, offer)
    store.commit(Replace(offer.remind(offer.reminds_at)))

    assert due(store, offer.expires_at - INSTANT) == []
    assert due(store, offer.expires_at) == [Due(Offer, "r1", "o1")]


def test_an_offer_extended_leaves_its_former_date(store: Store) -> None:
    offer = an_offer()
    later = offer.extend(NOW + timedelta(days=20), USUAL)
    keep(store, offer)
    store.commit(Replace(later))

    assert due(store, later.reminds_at - INSTANT) == []
    assert due(store, later.reminds_at) == [Due(Offer, "r1", "o1")]


@pytest.mark.parametrize("outcome", ["filled", "cancelled", "expired"])
def test_an_offer_that_ended_is_never_due(store: Store, outcome: Any) -> None:
    offer = an_offer()
    ended = offer.expire(NOW) if outcome == "expired" else offer.close(outcome, None, NOW)
    keep(store, offer)
    store.commit(Replace(ended))

    assert due(store, offer.expires_at + timedelta(days=3650)) == []


def test_a_letter_is_due_when_its_lease_runs_out_and_no_more_once_it_left(store: Store) -> None:
    letter = a_letter()
    keep(store, letter)

    assert due(store, letter.claimed_until - INSTANT) == []
    assert due(store, letter.claimed_until) == [Due(Letter, "r1", letter.id)]

    claimed = letter.claim(letter.claimed_until)
    store.commit(Replace(claimed))
    assert due(store, claimed.claimed_until - INSTANT) == []

    store.commit(Replace(claimed.sent("message", NOW)))
    assert due(store, NOW + timedelta(days=3650)) == []


def test_a_letter_that_will_never_leave_is_never_due(store: Store) -> None:
    letter = a_letter()
    keep(store, letter)
    store.commit(Replace(letter.failed()))

    assert due(store, NOW + timedelta(days=3650)) == []


def test_a_notice_and_a_round_are_due_until_they_are_done(store: Store) -> None:
    notice, asked = a_notice(), a_round()
    keep(store, notice, asked)
    late = NOW + timedelta(minutes=5)

    assert due(store, late - INSTANT) == []
    assert set(due(store, late)) == {Due(OpcoNotice, "r1", "o1"), Due(CfaRound, "r1", "o1#1")}

    reminder = late + timedelta(days=3)
    found = Finding(outcome="identified", opcos=("AKTO",), at=NOW)
    told = notice.told(found, remind_at=reminder, now=late)
    store.commit(Replace(told), Replace(asked.done("nobody_near")))
    assert due(store, reminder - INSTANT) == []
    assert due(store, reminder) == [Due(OpcoNotice, "r1", "o1")]

    store.commit(Replace(told.answered("taking", late)))
    assert due(store, late + timedelta(days=3650)) == []


def test_a_silent_employer_is_due_once_and_is_part_of_the_dossier(store: Store) -> None:
    recruiter, employer = a_recruiter(), an_employer()
    keep(store, recruiter, employer)
    assert employer.due_at is not None

    assert due(store, employer.due_at - INSTANT) == []
    assert due(store, employer.due_at) == [Due(EmployerNotice, "r1", "o1")]
    dossier = store.dossier("r1")
    assert dossier is not None
    assert list(dossier.employers) == [employer]

    store.commit(Replace(employer.answered("confirmed", NOW)))
    ever = due(store, NOW + timedelta(days=3650))
    assert EmployerNotice not in {each.entity for each in ever}


def test_all_that_is_due_is_found_whoever_it_belongs_to(store: Store) -> None:
    recruiters = [a_recruiter(id=f"recruiter-{n:02d}") for n in range(40)]
    offers = [an_offer(f"o-{owner.id}", recruiter=owner) for owner in recruiters]
    keep(store, *offers)

    found = due(store, offers[0].reminds_at)

    assert found == [Due(Offer, offer.recruiter_id, offer.id) for offer in offers]
