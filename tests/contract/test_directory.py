"""One suite for the Companies port: the directory against its stand-in, and the fake."""

from datetime import date

import pytest

from depot.clients.companies import DirectoryApi
from depot.domain.errors import SourceUnavailable
from depot.domain.firm.company import Choices, Company
from depot.ports.firms import Companies
from tests.apis import failing, http
from tests.fakes import FakeCompanies


BAKERY = "00009001900019"
CHAIN = "000090126"  # three establishments open, one closed
NANTES = "00009012600038"
CLOSED = "00009010000017"
HIDDEN = "00009011800019"


def client(url: str) -> DirectoryApi:
    return DirectoryApi(url, http=http(), today=lambda: date(2026, 11, 25))


@pytest.fixture(scope="module")
def known(address: str) -> dict[str, Company]:
    """A few firms as the directory tells them, for the fake to know."""
    directory = client(address)
    listed = directory.search("boulangeries fictives reunies", "").found
    sirets = [BAKERY, CLOSED, HIDDEN, *(choice.siret for choice in listed)]
    found = {siret: directory.find(siret) for siret in sirets}
    assert len(found) == 7
    return {siret: company for siret, company in found.items() if company}


@pytest.fixture(params=["stand-in", "fake"])
def companies(request: pytest.FixtureRequest, address: str, known: dict[str, Company]) -> Companies:
    return client(address) if request.param == "stand-in" else FakeCompanies(known)


def sirets(choices: Choices) -> list[str]:
    return [choice.siret for choice in choices.found]


@pytest.mark.parametrize(
    ("siret", "active", "diffusible"),
    [(BAKERY, True, True), (CLOSED, False, True), (HIDDEN, True, False)],
)
def test_an_establishment_is_found_open_or_not_hidden_or_not(
    companies: Companies, siret: str, *, active: bool, diffusible: bool
) -> None:
    company = companies.find(siret)

    assert company is not None
    assert (company.siret, company.active, company.diffusible) == (siret, active, diffusible)


def test_an_unknown_siret_is_unknown_and_not_an_outage(companies: Companies) -> None:
    assert companies.find("00009991100018") is None


@pytest.mark.parametrize("text", ["fournil fictif", "LE FOURNIL FICTIF", "Fournil"])
def test_a_firm_is_found_by_words_of_its_name(companies: Companies, text: str) -> None:
    [choice] = [one for one in companies.search(text, "").found if one.siret == BAKERY]

    assert (choice.name, choice.active) == ("LE FOURNIL FICTIF", True)
    assert choice.address == "12 RUE DE L'APPRENTISSAGE 24000 PERIGUEUX"


def test_open_establishments_come_first_in_a_search(companies: Companies) -> None:
    found = companies.search("fournil fictif", "").found

    assert len(found) > 1
    assert [one.active for one in found] == sorted((one.active for one in found), reverse=True)


def test_a_search_without_result_is_no_outage(companies: Companies) -> None:
    assert companies.search("rien de tel", "75001") == Choices()


@pytest.mark.parametrize("place", ["44000", "Nantes", "nantes"])
def test_a_place_narrows_the_establishments(companies: Companies, place: str) -> None:
    assert sirets(companies.establishments(CHAIN, place)) == [NANTES]


def test_the_establishments_of_a_siren_are_the_open_ones(companies: Companies) -> None:
    choices = companies.establishments(CHAIN, "")

    assert sorted(sirets(choices)) == ["00009012600012", "00009012600020", NANTES]
    assert all(choice.active for choice in choices.found)
    assert not choices.more


@pytest.mark.parametrize("siren", ["000099911", CLOSED[:9]])
def test_a_siren_unknown_or_closed_has_none_to_choose(companies: Companies, siren: str) -> None:
    assert companies.establishments(siren, "") == Choices()


def test_a_directory_that_cannot_say_is_an_outage_whatever_it_is_asked(
    companies: Companies, address: str
) -> None:
    questions = [
        lambda: companies.find(BAKERY),
        lambda: companies.search("fournil", ""),
        lambda: companies.establishments(CHAIN, ""),
    ]
    with failing(address, "companies", "error"):
        if isinstance(companies, FakeCompanies):
            companies.down = True
        for ask in questions:
            with pytest.raises(SourceUnavailable):
                ask()
