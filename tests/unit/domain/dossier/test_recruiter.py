"""A recruiter, verified or not yet."""

import pytest
from pydantic import ValidationError

from depot.domain.dossier.recruiter import OfferSubmission
from depot.domain.firm.company import Address, Company
from depot.domain.firm.workplace import Workplace
from tests.builders import BAKER, NOW, SIRET, SUBMISSION, a_company, a_deposit, a_recruiter
from tests.world import days


def test_a_verified_recruiter_bears_the_name_of_its_firm() -> None:
    recruiter = a_recruiter()

    assert (recruiter.verification, recruiter.name) == ("verified", "AU BON PAIN")


def test_a_recruiter_to_verify_bears_its_siret() -> None:
    recruiter = a_recruiter(company=None)

    assert (recruiter.verification, recruiter.name) == ("to_verify", f"SIRET {SIRET}")


def test_its_offers_are_where_the_directory_says() -> None:
    company: Company = a_company()

    assert a_recruiter(company=company).workplace == Workplace(
        siret=SIRET,
        name=company.name,
        legal_name=company.legal_name,
        address=company.address,
        location=company.location,
        naf=company.naf,
        naf_nomenclature="NAFRev2",
    )


def test_of_a_firm_that_hides_its_offers_tell_its_commune_and_nothing_else() -> None:
    """Not even what is no secret to us: its activity, or a name."""
    commune = Address(label="PERIGUEUX", city="PERIGUEUX", insee="24322")

    place = a_recruiter(company=a_company(diffusible=False)).workplace

    assert place == Workplace(siret=SIRET, address=commune)


def test_the_place_of_an_unverified_firm_is_its_siret_alone() -> None:
    assert a_recruiter(company=None).workplace == Workplace(siret=SIRET)


def test_one_more_offer_is_counted() -> None:
    counted = a_recruiter().with_one_more_offer(NOW + days(1))

    assert (counted.offer_count, counted.version, counted.updated_at) == (2, 2, NOW + days(1))


def test_a_submission_gives_back_its_need() -> None:
    form = OfferSubmission.model_validate(
        {"submission_id": str(SUBMISSION), "metier": BAKER.code, "level": "3"}
    )

    assert form.need.model_dump(exclude_unset=True, exclude_defaults=True) == {
        "metier": BAKER.code,
        "level": "3",
    }


@pytest.mark.parametrize("field", ["submission_id", "siret", "contact"])
def test_submission_siret_and_contact_are_compulsory(field: str) -> None:
    given = a_deposit().model_dump(mode="json")
    del given[field]

    with pytest.raises(ValidationError, match="missing"):
        type(a_deposit()).model_validate(given)


def test_a_deposit_without_offers_is_possible() -> None:
    assert a_deposit(offers=[]).offers == []
