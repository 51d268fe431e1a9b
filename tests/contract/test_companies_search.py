"""The company directory's client against the stand-in: firms by name, establishments of a SIREN."""

from threading import Event

import pytest
from flask import Flask, request

from depot.clients.companies import DirectoryApi
from depot.domain.firm.company import Choices
from local.standin.app import serving
from local.standin.companies import Directory
from tests.apis import outage
from tests.contract.directory import BAKERY, directory_at, sirets


CHAIN = "000090126"  # three establishments open, one closed


@pytest.mark.parametrize("text", ["fournil fictif", "Boulangerie des Tilleuls", "TILLEULS"])
def test_a_firm_is_found_by_its_name_or_its_sign(companies: DirectoryApi, text: str) -> None:
    [choice] = [one for one in companies.search(text, "").found if one.siret == BAKERY]

    assert choice.name == "LE FOURNIL FICTIF"
    assert choice.address == "12 RUE DE L'APPRENTISSAGE 24000 PERIGUEUX"
    assert choice.active


@pytest.mark.parametrize("place", ["44000", "44000 Nantes", "Nantes", "nantes"])
def test_a_place_narrows_a_search(companies: DirectoryApi, place: str) -> None:
    assert sirets(companies.search("boulangeries fictives", place)) == ["00009012600038"]


def test_a_search_gives_open_establishments_first_and_says_which_are_not(
    companies: DirectoryApi,
) -> None:
    found = companies.search("boulangeries fictives reunies", "").found

    assert [choice.active for choice in found] == [True, True, True, False]


def test_a_search_without_result_is_no_outage(companies: DirectoryApi) -> None:
    assert companies.search("rien de tel", "75001") == Choices()


def test_more_firms_than_a_person_can_read_are_said_to_exist(companies: DirectoryApi) -> None:
    choices = companies.search("fictif", "")
    fewer = companies.search("de l'apprentissage", "")

    assert len(fewer.found) == 10
    assert fewer.more
    assert len(choices.found) < 10
    assert not choices.more


def test_the_establishments_of_a_siren_are_the_open_ones(companies: DirectoryApi) -> None:
    choices = companies.establishments(CHAIN, "")

    assert sorted(sirets(choices)) == ["00009012600012", "00009012600020", "00009012600038"]
    assert not choices.more
    names = {choice.siret: choice.name for choice in choices.found}
    assert names["00009012600020"] == "LE PETIT FOURNIL FICTIF"


def test_the_establishments_of_a_siren_are_narrowed_to_a_place(companies: DirectoryApi) -> None:
    choices = companies.establishments(CHAIN, "Nantes")

    assert sirets(choices) == ["00009012600038"]
    assert choices.more


def test_a_large_firm_shows_its_head_office_and_says_that_there_are_others(
    companies: DirectoryApi,
) -> None:
    choices = companies.establishments("302474648", "")

    assert sirets(choices) == ["30247464800664"]
    assert choices.more


def test_a_siren_of_one_establishment_is_asked_about_once() -> None:
    asked: list[str] = []
    app = Flask(__name__)

    @app.get("/search")
    def search() -> dict[str, object]:
        asked.append(request.args["q"])
        return Directory().search(request.args["q"])

    with serving(app) as url:
        one = directory_at(url).establishments("000090019", "")
        assert asked == ["000090019"]
        directory_at(url).establishments(CHAIN, "")

    assert sirets(one) == [BAKERY]
    assert asked[1:] == [CHAIN, "BOULANGERIES FICTIVES REUNIES"]


def test_both_questions_about_a_siren_are_within_one_budget() -> None:
    app, over = Flask(__name__), Event()

    @app.get("/search")
    def slowly() -> dict[str, object]:
        over.wait(0.8 if request.args["q"] == CHAIN else 3)
        return Directory().search(request.args["q"])

    with serving(app) as url:
        assert outage(lambda: directory_at(url).establishments(CHAIN, "")) == "too slow"
        over.set()


@pytest.mark.parametrize("siren", ["000099911", "000090100", "351556394"])
def test_a_siren_unknown_or_without_open_establishment_has_none_to_choose(
    companies: DirectoryApi, siren: str
) -> None:
    assert companies.establishments(siren, "").found == ()


def test_only_establishments_of_the_siren_asked_for_are_given(companies: DirectoryApi) -> None:
    """Two firms are called GANYMEDE, one of them closed."""
    assert sirets(companies.establishments("423208180", "")) == ["42320818000012"]


def test_a_firm_its_owner_hides_has_no_name_to_choose_by(companies: DirectoryApi) -> None:
    [choice] = companies.establishments("000090118", "").found

    assert (choice.name, choice.address) == ("", "CLERMONT-FERRAND")
