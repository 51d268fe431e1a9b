"""Looking a firm up."""

import pytest

from depot.domain.errors import Refused
from depot.usecases.companies import look_up
from depot.usecases.views import company_view
from tests.builders import SIRET, a_company
from tests.fakes import FakeCompanies


def test_a_known_firm_is_shown_verified() -> None:
    company = look_up(SIRET, companies=FakeCompanies({SIRET: a_company()}))

    view = company_view(SIRET, company)

    assert view.model_dump(include={"siret", "siren", "name", "verification"}) == {
        "siret": SIRET,
        "siren": "000090019",
        "name": "AU BON PAIN",
        "verification": "verified",
    }
    assert view.address == a_company().address


def test_an_outage_is_no_refusal_the_siret_is_shown_alone() -> None:
    view = company_view(SIRET, look_up(SIRET, companies=FakeCompanies(down=True)))

    assert {name for name, value in view if value is not None} == {"siret", "siren", "verification"}
    assert view.verification == "to_verify"


def test_a_firm_both_closed_and_hidden_is_said_closed() -> None:
    hidden = a_company(active=False, diffusible=False)

    with pytest.raises(Refused, match="siret: closed_company"):
        look_up(SIRET, companies=FakeCompanies({SIRET: hidden}))
