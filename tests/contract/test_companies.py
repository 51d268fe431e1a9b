"""The company directory's client against the stand-in: recorded answers, wrong ones."""

import json
from datetime import date

import pytest
from flask import Flask, request

from depot.clients.companies import DirectoryApi
from depot.clients.recherche_entreprises import MASK
from depot.domain.firm.company import Address, Company, Point
from local.standin.app import serving
from local.standin.companies import ANSWERS, FAULT_SIRETS, Directory
from tests.apis import answering, outage
from tests.contract.directory import BAKERY, directory_at


SOLARSUD = "48744469700428"


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
    company = directory_at(address, today).find(BAKERY)

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
        company, (choice,) = (
            directory_at(url).find(BAKERY),
            directory_at(url).search("fictif", "").found,
        )

    assert company is not None
    assert (company.name, company.legal_name, company.location) == ("", "", None)
    assert company.address == Address(label="PERIGUEUX", city="PERIGUEUX", insee="24322")
    assert (choice.name, choice.address) == ("", "PERIGUEUX")


def test_an_agreement_number_is_padded_to_four_digits() -> None:
    answer = Directory().search(BAKERY)
    text = json.dumps(answer).replace('["0843"]', '[843, "16"]')

    with answering(text.encode()) as url:
        company = directory_at(url).find(BAKERY)

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
        directory_at(url).find(BAKERY)

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
        refusal(directory_at(url))


def test_an_answer_about_somebody_else_is_an_outage() -> None:
    with answering(json.dumps(Directory().search(SOLARSUD)).encode()) as url:
        assert refusal(directory_at(url)) == "answer about another establishment"


def test_a_value_of_the_wrong_type_is_named_but_not_quoted() -> None:
    answer = json.dumps(Directory().search(BAKERY)).replace(
        '"BOULANGERIE FICTIVE DES TILLEULS"', '{"nom": "Jeanne Martin"}'
    )

    with answering(answer.encode()) as url:
        reason = refusal(directory_at(url))

    assert reason == "unexpected answer: string_type results.0.nom_raison_sociale"
