"""Looking a firm up."""

import pytest
from pydantic import ValidationError

from depot.domain.errors import Refused
from depot.domain.opco.finding import SourceAnswer
from depot.usecases.firm.companies import ChoicesQuery, CompanyQuery, look_up
from depot.usecases.firm.company_view import ChoicesView, CompanyView, show_choices, show_company
from tests.builders import NOW, SIRET, a_company
from tests.fakes import FakeCompanies, FakeOpcoSource


def shown(companies: FakeCompanies, *opcos: str) -> CompanyView:
    """What the form sees; one source names ``opcos``."""
    source = FakeOpcoSource(answers=[SourceAnswer(asked=SIRET, opcos=opcos, confidence="shared")])
    query = CompanyQuery(siret=SIRET)
    return show_company(query, companies=companies, sources=[source], now=NOW)


def test_a_known_firm_is_shown_verified() -> None:
    view = shown(FakeCompanies({SIRET: a_company()}))

    assert view.model_dump(include={"siret", "siren", "name", "verification"}) == {
        "siret": SIRET,
        "siren": "000090019",
        "name": "AU BON PAIN",
        "verification": "verified",
    }
    assert view.address == a_company().address


def test_an_outage_is_no_refusal_the_siret_is_shown_alone() -> None:
    view = shown(FakeCompanies(down=True), "Akto")

    assert {name for name, value in view if value is not None} == {"siret", "siren", "verification"}
    assert view.verification == "to_verify"


def test_a_firm_both_closed_and_hidden_is_said_closed() -> None:
    hidden = a_company(active=False, diffusible=False)

    with pytest.raises(Refused, match="siret: closed_company"):
        look_up(SIRET, companies=FakeCompanies({SIRET: hidden}))


@pytest.mark.parametrize("nature", ["teaching", "public"])
def test_a_training_body_and_a_public_employer_are_told_and_not_refused(nature: str) -> None:
    firm = a_company(nature=nature)

    view = shown(FakeCompanies({SIRET: firm}))

    assert (view.verification, view.nature) == ("verified", nature)
    assert view.naf_nomenclature == "NAFRev2"


def test_a_firm_is_shown_with_the_opcos_it_may_have_beside_its_nature() -> None:
    view = shown(FakeCompanies({SIRET: a_company(nature="public")}), "Akto", "Ocapiat")

    assert view.opco is not None
    assert (view.opco.outcome, view.opco.candidates) == ("multiple", ("Akto", "Ocapiat"))
    assert view.nature == "public"


def chosen(companies: FakeCompanies, q: str, place: str = "") -> ChoicesView:
    return show_choices(ChoicesQuery(q=q, place=place), companies=companies)


def test_a_firm_is_found_by_its_name() -> None:
    view = chosen(FakeCompanies({SIRET: a_company()}), "  BON\u200b PAIN ", "24000")

    assert view.answered
    assert [choice.siret for choice in view.choices] == [SIRET]


@pytest.mark.parametrize("typed", ["000090019", "000 090 019", "000.090.019"])
def test_a_siren_is_recognised_and_its_establishments_are_offered(typed: str) -> None:
    companies = FakeCompanies(
        {SIRET: a_company(), "48744469700428": a_company(siret="48744469700428")}
    )

    assert [choice.siret for choice in chosen(companies, typed).choices] == [SIRET]
    assert companies.asked == ["000090019"]


def test_nine_digits_that_are_no_siren_are_words_like_others() -> None:
    companies = FakeCompanies()

    chosen(companies, "000090018")

    assert companies.asked == ["000090018"]


def test_a_siret_typed_as_a_name_is_asked_for_as_it_is() -> None:
    """The place would make words of it."""
    companies = FakeCompanies({SIRET: a_company(name=SIRET)})

    view = chosen(companies, "000 090 019 00019", "Lyon")

    assert [choice.siret for choice in view.choices] == [SIRET]


def test_a_search_nobody_can_answer_is_no_refusal() -> None:
    assert chosen(FakeCompanies(down=True), "bon pain") == ChoicesView(answered=False)


@pytest.mark.parametrize("typed", ["", "  ", "ab", "a\u200bb"])
def test_too_few_letters_are_refused_before_the_directory_is_asked(typed: str) -> None:
    with pytest.raises(ValidationError) as caught:
        ChoicesQuery(q=typed)

    assert [error["type"] for error in caught.value.errors()] == ["search_short"]
