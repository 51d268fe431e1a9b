"""What search engines read of an offer, held to Google's published rules."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from depot.domain.feed.record import OfferRecord, record_of
from depot.feed.job_posting import job_posting
from depot.feed.wording import street
from tests.builders import NOW, PASTRY_COOK, an_offer
from tests.pages import pages, posting_of
from tests.strategies import records


RULES = Draft202012Validator(
    json.loads((Path(__file__).parents[1] / "data/google-job-posting.schema.json").read_text()),
    format_checker=Draft202012Validator.FORMAT_CHECKER,
)


def a_record(**over: object) -> OfferRecord:
    """Of an offer, with its workplace changed."""
    record = record_of(an_offer())
    return record.model_copy(update={"workplace": record.workplace.model_copy(update=over)})


def posting(record: OfferRecord) -> dict:
    return dict(job_posting(record, f"https://depot.example/offres/{record.id}", "Bretagne"))


TO_VERIFY = dict.fromkeys(
    ("name", "legal_name", "address", "postcode", "city", "insee_code", "latitude", "longitude")
)


@pytest.mark.parametrize(
    "record",
    [
        a_record(),
        a_record(**TO_VERIFY, naf=None),
        a_record(address="24000 PERIGUEUX"),
        record_of(an_offer(description="De nuit.\n\nDeux fournils.", level="3", openings=3)),
        record_of(an_offer(start_on=date(2027, 1, 4), other_metiers=(PASTRY_COOK,))),
    ],
)
def test_a_posting_keeps_googles_rules(record: OfferRecord) -> None:
    found = [f"{error.json_path}: {error.message}" for error in RULES.iter_errors(posting(record))]

    assert found == []


@given(records)
def test_whatever_was_typed_a_page_holds_one_posting_that_keeps_them(record: OfferRecord) -> None:
    page = pages().offer(record)

    assert page.count(b"</script") == page.count(b"<script") == 1
    assert list(RULES.iter_errors(posting_of(page))) == []


def test_the_rules_can_fail() -> None:
    for broken in (
        {"employmentType": "APPRENTICE"},
        {"hiringOrganization": None},
        {"description": "Boulanger"},
        {"baseSalary": 1},
        {"identifier": {"@type": "PropertyValue", "name": "Google", "value": "1"}},
    ):
        assert not RULES.is_valid({**posting(a_record()), **broken}), broken


def test_an_offer_is_valid_to_the_last_second_of_its_last_day_in_paris() -> None:
    found = posting(record_of(an_offer()))

    assert (found["datePosted"], found["validThrough"]) == (
        "2026-11-23",
        "2026-12-21T23:59:59+01:00",
    )
    assert datetime.fromisoformat(found["validThrough"]) > NOW


def test_a_firm_that_is_not_named_is_confidential() -> None:
    found = posting(a_record(name=None, legal_name=None))

    assert found["hiringOrganization"] == "confidential"
    assert "name" not in found["identifier"]


def test_nothing_is_said_that_is_not_known() -> None:
    found = posting(a_record(**TO_VERIFY, naf=None))

    assert found["jobLocation"] == {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "addressRegion": "Bretagne", "addressCountry": "FR"},
    }
    assert "industry" not in found
    assert "jobStartDate" not in found
    assert found["jobImmediateStart"] is True


def test_the_middle_of_a_commune_is_not_passed_for_the_place_of_work() -> None:
    assert "geo" in posting(a_record(location_precision="street"))["jobLocation"]
    assert "geo" not in posting(a_record(location_precision="commune"))["jobLocation"]


def test_the_level_of_the_diploma_to_prepare_is_no_requirement() -> None:
    found = posting(record_of(an_offer(level="4")))

    assert not {"educationRequirements", "qualifications"} & found.keys()
    assert "Bac Pro" in found["description"]


def test_metiers_are_categories_of_the_rome() -> None:
    found = posting(record_of(an_offer(other_metiers=(PASTRY_COOK,))))

    assert [each["codeValue"] for each in found["occupationalCategory"]] == ["D1102", "D1104"]


@pytest.mark.parametrize(
    ("label", "postcode", "expected"),
    [
        ("1 RUE DU FOUR 24000 PERIGUEUX", "24000", "1 RUE DU FOUR"),
        ("1 rue du Four, 24000 Périgueux", "24000", "1 rue du Four"),
        ("24000 PERIGUEUX", "24000", None),
        ("124000 RUE DU FOUR 24000 PERIGUEUX", "24000", "124000 RUE DU FOUR"),
        ("Lieu-dit Le Bourg", None, "Lieu-dit Le Bourg"),
        (None, None, None),
    ],
)
def test_the_street_is_what_comes_before_the_postcode(label, postcode, expected) -> None:
    place = a_record(address=label, postcode=postcode).workplace

    assert street(place) == expected
