"""The company directory's client against the stand-in: recorded answers, and wrong ones."""

import json
from collections.abc import Iterator
from datetime import date
from threading import Event

import pytest
from flask import Flask, request

from depot.clients.companies import DirectoryApi
from depot.clients.recherche_entreprises import MASK
from depot.domain.firm.company import Address, Choices, Company, Point
from local.standin.app import serving, standin
from local.standin.companies import ANSWERS, FAULT_SIRETS, Directory
from tests.apis import answering, http, outage


BAKERY = "00009001900019"
CHAIN = "000090126"  # three establishments open, one closed
TODAY = date(2026, 11, 25)
SOLARSUD = "48744469700428"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A stand-in on this machine."""
    with serving(standin()) as url:
        yield url


@pytest.fixture
def companies(address: str) -> DirectoryApi:
    """A client that remembers nothing from the test before."""
    return client(address)


def client(address: str, today: date = TODAY) -> DirectoryApi:
    return DirectoryApi(address, http=http(), today=lambda: today)


def refusal(companies: DirectoryApi, siret: str = BAKERY) -> str:
    """Why the directory could not say."""
    return outage(lambda: companies.find(siret), siret)


def test_an_establishment_is_found_with_its_own_activity_and_not_the_legal_unit_s(
    companies: DirectoryApi,
) -> None:
    company = companies.find(SOLARSUD)

    assert company == Company(
        siret=SOLARSUD,
        name="SOLARSUD",
        legal_name="ESSOR ENERGIES",
        address=Address(
            label="22 RUE MAISON BLANCHE 24330 BOULAZAC ISLE MANOIRE",
            postcode="24330",
            city="BOULAZAC ISLE MANOIRE",
            insee="24053",
        ),
        location=Point(latitude=45.150768228, longitude=0.7890073868),
        naf="43.21A",
        naf_nomenclature="NAFRev2",
        idccs=(),
        active=True,
        diffusible=True,
        nature="firm",
        source="recherche_entreprises",
    )


@pytest.mark.parametrize(
    ("today", "nomenclature"),
    [(date(2026, 12, 31), "NAFRev2"), (date(2027, 1, 1), "NAF2025")],
)
def test_the_activity_is_of_another_list_from_the_day_insee_changes(
    address: str, today: date, nomenclature: str
) -> None:
    company = client(address, today).find(BAKERY)

    assert company is not None
    assert (company.naf, company.naf_nomenclature) == ("10.71C", nomenclature)


@pytest.mark.parametrize(
    ("siret", "nature"),
    [
        ("19810012500014", "teaching"),  # a lycée: public as well, but first of all it teaches
        ("00009013400016", "teaching"),  # a driving school
        ("13002526500013", "public"),  # a service of the State
        ("21750001600019", "public"),  # a town
        ("35600000000048", "firm"),  # La Poste, a company
        ("38365746700023", "firm"),  # an association
        (BAKERY, "firm"),
    ],
)
def test_a_training_body_and_a_public_employer_are_told_from_a_firm(
    companies: DirectoryApi, siret: str, nature: str
) -> None:
    company = companies.find(siret)

    assert company is not None
    assert company.nature == nature


def sirets(choices: Choices) -> list[str]:
    return [choice.siret for choice in choices.found]


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
        one = client(url).establishments("000090019", "")
        assert asked == ["000090019"]
        client(url).establishments(CHAIN, "")

    assert sirets(one) == [BAKERY]
    assert asked[1:] == [CHAIN, "BOULANGERIES FICTIVES REUNIES"]


def test_both_questions_about_a_siren_are_within_one_budget() -> None:
    app, over = Flask(__name__), Event()

    @app.get("/search")
    def slowly() -> dict[str, object]:
        over.wait(0.8 if request.args["q"] == CHAIN else 3)
        return Directory().search(request.args["q"])

    with serving(app) as url:
        assert outage(lambda: client(url).establishments(CHAIN, "")) == "too slow"
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


def test_the_sign_above_the_door_comes_before_the_legal_name(companies: DirectoryApi) -> None:
    company = companies.find(BAKERY)

    assert company is not None
    assert (company.name, company.legal_name) == (
        "LE FOURNIL FICTIF",
        "BOULANGERIE FICTIVE DES TILLEULS",
    )
    assert company.idccs == ("0843",)


def test_every_recorded_head_office_can_be_read_by_its_siret(companies: DirectoryApi) -> None:
    answers = [json.loads(file.read_text("utf-8")) for file in ANSWERS.glob("*.json")]
    sirets = {unit["siege"]["siret"] for answer in answers for unit in answer["results"]}

    found = {siret: companies.find(siret) for siret in sirets}

    assert len(found) > len(answers) // 2
    assert all(company and company.siret == siret for siret, company in found.items())


def test_escape_codes_are_kept_as_the_directory_gives_them(companies: DirectoryApi) -> None:
    company = companies.find("35600000000048")

    assert company is not None
    assert company.idccs == ("9999", "5516")


@pytest.mark.parametrize("siret", ["00009991100018", "12345678900003"])
def test_an_unknown_siret_is_unknown_and_not_an_outage(companies: DirectoryApi, siret: str) -> None:
    assert companies.find(siret) is None


@pytest.mark.parametrize("siret", ["00009010000017", "88087814500015", "35155639400010"])
def test_a_closed_establishment_is_not_active(companies: DirectoryApi, siret: str) -> None:
    company = companies.find(siret)

    assert company is not None
    assert not company.active


def test_what_the_owner_keeps_from_the_public_is_never_shown(companies: DirectoryApi) -> None:
    company = companies.find("00009011800019")

    assert company is not None
    assert not company.diffusible
    assert MASK not in company.model_dump_json()
    assert (company.name, company.address.postcode, company.location) == ("", None, None)
    assert company.address.label == company.address.city == "CLERMONT-FERRAND"


@pytest.mark.parametrize("hiding", ["statut_diffusion", "statut_diffusion_etablissement"])
def test_a_firm_that_hides_in_part_is_told_no_more_of_although_the_api_masks_nothing(
    hiding: str,
) -> None:
    text = json.dumps(Directory().search(BAKERY)).replace(f'"{hiding}": "O"', f'"{hiding}": "P"')

    with answering(text.encode()) as url:
        company, (choice,) = client(url).find(BAKERY), client(url).search("fictif", "").found

    assert company is not None
    assert (company.name, company.legal_name, company.location) == ("", "", None)
    assert company.address == Address(label="PERIGUEUX", city="PERIGUEUX", insee="24322")
    assert (choice.name, choice.address) == ("", "PERIGUEUX")


def test_an_agreement_number_is_padded_to_four_digits() -> None:
    answer = Directory().search(BAKERY)
    text = json.dumps(answer).replace('["0843"]', '[843, "16"]')

    with answering(text.encode()) as url:
        company = client(url).find(BAKERY)

    assert company is not None
    assert company.idccs == ("0843", "0016")


def test_the_directory_learns_who_asks_and_what_for() -> None:
    app = Flask(__name__)
    asked: list[tuple[str, dict[str, str]]] = []

    @app.get("/search")
    def search() -> dict[str, object]:
        asked.append((request.headers["User-Agent"], request.args.to_dict()))
        return Directory().search(BAKERY)

    with serving(app) as url:
        client(url).find(BAKERY)

    [(agent, parameters)] = asked
    assert "depot" in agent
    assert "https://depot.example" in agent
    assert parameters == {
        "q": BAKERY,
        "minimal": "true",
        "include": "siege,complements,matching_etablissements",
    }


@pytest.mark.parametrize("siret", FAULT_SIRETS)
def test_some_sirets_of_the_stand_in_always_meet_an_outage(
    companies: DirectoryApi, siret: str
) -> None:
    refusal(companies, siret)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'{"results":[]}',
        b'{"results":[],"total_results":3}',
        b'{"results":[{"siren":"000090019"}],"total_results":1}',
        b'{"results":[{"siege":{"latitude":["45"]}}],"total_results":1}',
        b'{"results":[],"total_results":0',
        json.dumps(Directory().search(BAKERY)).replace("45.19187", "nan").encode(),
        json.dumps(Directory().search(BAKERY)).replace('"A"', '"Z"').encode(),
    ],
)
def test_an_answer_of_another_shape_is_an_outage_and_not_an_unknown_firm(body: bytes) -> None:
    with answering(body) as url:
        refusal(client(url))


def test_an_answer_about_somebody_else_is_an_outage() -> None:
    with answering(json.dumps(Directory().search(SOLARSUD)).encode()) as url:
        assert refusal(client(url)) == "answer about another establishment"


def test_a_value_of_the_wrong_type_is_named_but_not_quoted() -> None:
    answer = json.dumps(Directory().search(BAKERY)).replace(
        '"BOULANGERIE FICTIVE DES TILLEULS"', '{"nom": "Jeanne Martin"}'
    )

    with answering(answer.encode()) as url:
        reason = refusal(client(url))

    assert reason == "unexpected answer: string_type results.0.nom_raison_sociale"
