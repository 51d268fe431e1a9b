"""One suite for the Store port: what the use cases trust, the fakes and DynamoDB all do."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from depot.domain.cfa.cfa_contact import Asking, CfaContact, CfaReply
from depot.domain.cfa.rounds import CfaRound
from depot.domain.dossier.erasure import Erasure
from depot.domain.dossier.link_request import LinkForm, LinkRequest
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.notice import EmployerNotice
from depot.domain.errors import Conflict
from depot.domain.feed.receipt import Partner, ReceiptStep
from depot.domain.feed.record import record_of
from depot.domain.letters.letter import Letter
from depot.domain.letters.refusal import CentreAsked, MailRefusal
from depot.domain.life.offer import Offer
from depot.domain.model import Entity
from depot.domain.opco.finding import Finding
from depot.domain.opco.notice import OpcoNotice
from depot.feed.parts import PARTS, digest, part_of
from depot.ports.store import Create, Dossier, Due, Overwrite, Replace, Store
from depot.storage import schema
from depot.storage.tables import DynamoStore
from tests.builders import (
    BAKER,
    NOW,
    SIRET,
    a_cfa_contact,
    a_contact,
    a_letter,
    a_need,
    a_notice,
    a_receipt,
    a_recruiter,
    a_round,
    an_employer,
    an_offer,
)
from tests.fakes import MemoryStore
from tests.tables import create_tables


INSTANT = timedelta(microseconds=1)
OTHER_SIRET = "30247464800664"


@pytest.fixture(params=["memory", "moto", pytest.param("ministack", marks=pytest.mark.emulator)])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        return MemoryStore()
    dynamodb = request.getfixturevalue(request.param)("dynamodb")
    names = {table: f"{table}-{uuid4().hex}" for table in schema.INDEXES}
    create_tables(dynamodb, names)
    return DynamoStore(dynamodb, names)


def keep(store: Store, *entities: Entity) -> None:
    store.commit(*map(Create, entities))


def due(store: Store, now: Any) -> Sequence[Due]:
    return sorted(store.due(now), key=lambda found: (found.recruiter_id, found.id))


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
    second = offer.extend(NOW)
    third = second.close("filled", None, NOW)

    store.commit(Replace(second))
    store.commit(Replace(third))

    assert store.offer("r1", "o1") == third


def test_of_two_changes_made_from_the_same_version_the_second_conflicts(store: Store) -> None:
    offer = an_offer()
    keep(store, offer)
    store.commit(Replace(offer.extend(NOW)))

    with pytest.raises(Conflict):
        store.commit(Replace(offer.close("cancelled", None, NOW)))

    assert store.offer("r1", "o1") == offer.extend(NOW)


def test_a_change_made_from_a_version_not_yet_stored_conflicts(store: Store) -> None:
    offer = an_offer()
    keep(store, offer)

    with pytest.raises(Conflict):
        store.commit(Replace(offer.extend(NOW).extend(NOW)))

    assert store.offer("r1", "o1") == offer


def test_replacing_what_does_not_exist_conflicts_and_creates_nothing(store: Store) -> None:
    with pytest.raises(Conflict):
        store.commit(Replace(an_offer().extend(NOW)))

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


def _sorted(dossier: Dossier) -> list[Entity]:
    found = (
        [dossier.recruiter],
        dossier.offers,
        dossier.notices,
        dossier.rounds,
        dossier.contacts,
        dossier.letters,
        dossier.receipts,
    )
    return sorted((entity for kind in found for entity in kind), key=repr)


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
    later = offer.extend(NOW + timedelta(days=20))
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
    found = Finding(outcome="identified", opcos=("AKTO",))
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
    extended = offers[0].extend(NOW)
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


def test_recruiters_of_the_same_firm_and_address_do_not_collide(store: Store) -> None:
    twins: list[Recruiter] = [a_recruiter(id=owner) for owner in ("r1", "r2")]

    keep(store, *twins)

    assert [store.recruiter("r1"), store.recruiter("r2")] == twins


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


def test_recruiters_are_found_by_their_address_and_by_their_firm(store: Store) -> None:
    mine = a_recruiter(id="r1")
    other_firm = a_recruiter(id="r2", siret=OTHER_SIRET)
    other_address = a_recruiter(id="r3", contact=a_contact(email="paul@example.org"))
    keep(store, mine, other_firm, other_address, an_offer())

    assert ids(store.of_email("jeanne@example.org")) == {"r1", "r2"}
    assert ids(store.of_siret(SIRET)) == {"r1", "r3"}
    assert store.of_email("personne@example.org") == []


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
