"""What partners read of an offer."""

import re
from typing import get_args

import pytest
from hypothesis import given

from depot.domain.feed.record import OfferRecord, RecordDepositor, Tombstone, change_of, record_of
from depot.domain.firm.company import Address
from depot.domain.firm.correction import Correction
from depot.domain.life.offer import Offer
from depot.domain.life.states import State
from tests.builders import CHOCOLATE_MAKER, NOW, a_company, a_contact, a_recruiter, an_offer
from tests.strategies import offers
from tests.world import days


E_MAIL = re.compile(r"[\w.+-]@[\w-]+\.\w")


@given(offers)
def test_no_e_mail_is_in_the_record_whatever_was_typed(offer: Offer) -> None:
    assert not E_MAIL.search(record_of(offer).model_dump_json())


@given(offers)
def test_a_record_read_back_is_the_same_record(offer: Offer) -> None:
    record = record_of(offer)

    assert OfferRecord.model_validate_json(record.model_dump_json()) == record


@pytest.mark.parametrize(
    ("typed", "published"),
    [
        ("Écrire à jeanne.martin@example.org.", "Écrire à [adresse retirée]."),
        ("Mail (jeanne@example.org) ou tél.", "Mail ([adresse retirée]) ou tél."),
        ("Écrire à jeanne (at) example.org.", "Écrire à [adresse retirée]."),
        ("Écrire à jeanne arobase example point fr", "Écrire à [adresse retirée]"),
        ("Poste 35 h @ Périgueux", "Poste 35 h @ Périgueux"),
        ("Suivez @aubonpain", "Suivez @aubonpain"),
        ("Four à bois\nle matin", "Four à bois\nle matin"),
    ],
)
def test_an_e_mail_typed_in_the_description_is_not_published(typed: str, published: str) -> None:
    assert record_of(an_offer(description=typed)).description == published


def test_who_deposited_is_cleaned_as_any_line() -> None:
    found = RecordDepositor(role="cfa", organisation="CFA\x00 jeanne@example.org")

    assert found.organisation == "CFA [adresse retirée]"


def test_a_record_says_the_offer_and_nothing_about_who_deposited_it() -> None:
    offer = an_offer(
        level="3", openings=2, description="Four à bois", other_metiers=(CHOCOLATE_MAKER,)
    )

    assert record_of(offer).model_dump(mode="json") == {
        "id": "o1",
        "title": "Boulanger / Boulangère",
        "description": "Four à bois",
        "metier": {"ogr": "11573", "label": "Boulanger / Boulangère", "rome": "D1102"},
        "other_metiers": [
            {"ogr": "12631", "label": "Chocolatier / Chocolatière", "rome": "D1115"},
        ],
        "level": "3",
        "start_on": None,
        "openings": 2,
        "published_at": "2026-11-23T10:00:00Z",
        "updated_at": "2026-11-23T10:00:00Z",
        "ends_on": "2026-12-21",
        "workplace": {
            "siret": "00009001900019",
            "name": "AU BON PAIN",
            "legal_name": "MARTIN SARL",
            "address": "1 RUE DU FOUR 24000 PERIGUEUX",
            "postcode": "24000",
            "city": "PERIGUEUX",
            "insee_code": "24322",
            "latitude": 45.184,
            "longitude": 0.721,
            "location_precision": "establishment",
            "naf": "10.71C",
            "naf_nomenclature": "NAFRev2",
        },
        "apply": {"phone": "+33199001234"},
        "depositor": None,
        "romes": ["D1102", "D1115"],
    }


def test_the_place_of_an_unverified_firm_is_null_but_for_its_siret() -> None:
    place = record_of(an_offer(recruiter=a_recruiter(company=None))).workplace

    assert {name for name, value in place if value is not None} == {"siret"}


def test_a_place_without_coordinates_keeps_its_address() -> None:
    place = record_of(an_offer(recruiter=a_recruiter(company=a_company(location=None)))).workplace

    assert (place.latitude, place.longitude, place.city) == (None, None, "PERIGUEUX")
    assert place.location_precision is None


def test_the_phone_is_published_as_the_form_says() -> None:
    recruiter = a_recruiter(contact=a_contact(phone="0692 12 34 56"))

    assert record_of(an_offer(recruiter=recruiter)).apply.phone == "+262692123456"


def test_a_live_offer_is_a_record() -> None:
    assert change_of(an_offer()) == record_of(an_offer())


REASONS = {"withdrawn": "removed"}


@pytest.mark.parametrize("state", sorted(set(get_args(State)) - {"live"}))
def test_a_closed_offer_is_a_tombstone_that_says_why_and_when(state: str) -> None:
    closed_at = NOW + days(2)
    closed = an_offer().model_copy(update={"state": state, "updated_at": closed_at})

    assert change_of(closed) == Tombstone(id="o1", reason=REASONS.get(state, state), at=closed_at)


def test_a_reminder_leaves_the_record_as_it_was() -> None:
    assert record_of(an_offer().remind(NOW)) == record_of(an_offer())


def test_null_does_not_tell_a_firm_that_hides_from_one_to_verify() -> None:
    """Under the same words, partners read the same: who hides is not told apart."""
    address = Address(label="3 rue du Port 24000 Périgueux", city="Périgueux", insee="24322")
    said = Correction(name="Chez Jeanne", address=address, corrected_at=NOW)

    hidden, to_verify = (
        record_of(an_offer(recruiter=a_recruiter(company=company, correction=said)))
        for company in (a_company(diffusible=False), None)
    )

    assert hidden == to_verify
    assert (hidden.workplace.name, hidden.workplace.address) == ("Chez Jeanne", address.label)
    assert (hidden.workplace.legal_name, hidden.workplace.naf) == (None, None)
