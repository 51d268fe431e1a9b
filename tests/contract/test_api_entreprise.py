"""API Entreprise's client against the payloads of its staging environment, and wrong ones."""

import json
from datetime import date
from threading import Event
from typing import Any

import pytest
from botocore.exceptions import ClientError
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from depot.clients.api_entreprise import ApiEntreprise, Credentials
from depot.clients.companies import DirectoryApi
from depot.clients.directories import Directories
from depot.clients.http import BUDGET
from depot.domain.errors import SourceUnavailable
from depot.domain.firm.company import Address, Company
from local.standin.api_entreprise import PAYLOADS, RECIPIENT, TOKEN
from local.standin.app import serving
from tests.apis import answering, dripping_headers, http, outage


SNCF = "55204944776279"
HIDDEN = "35004292500031"


def client(address: str, token: str = TOKEN, recipient: str = RECIPIENT) -> ApiEntreprise:
    return ApiEntreprise(address, credentials=lambda: Credentials(token, recipient), http=http())


def payload(name: str = "personne_morale") -> Any:
    return json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))["payload"]


def answered(payload: Any, siret: str = SNCF) -> Company:
    with answering(json.dumps(payload).encode()) as url:
        company = client(url).find(siret)
    assert company is not None
    return company


def test_an_establishment_is_read_into_the_same_model(address: str) -> None:
    assert client(address).find(SNCF) == Company(
        siret=SNCF,
        name="SNCF ST DENIS 2 PL AUX ETOILES",
        legal_name="SOCIETE NATIONALE SNCF",
        address=Address(
            label="2 PLACE AUX ETOILES 93210 SAINT-DENIS",
            postcode="93210",
            city="SAINT-DENIS",
            insee="93066",
        ),
        naf="49.10Z",
        naf_nomenclature="NAFRev2",
        nature="firm",
        source="api_entreprise",
    )


def test_an_association_without_a_sign_is_called_by_its_legal_name(address: str) -> None:
    company = client(address).find("77567227221138")

    assert company is not None
    assert (company.name, company.nature) == ("CROIX ROUGE FRANCAISE", "firm")


def test_an_activity_without_its_dot_is_given_it(address: str) -> None:
    company = client(address).find("30613890001294")

    assert company is not None
    assert (company.naf, company.nature) == ("84.11Z", "public")


def test_a_closed_establishment_is_not_active_and_its_old_activity_says_nothing(
    address: str,
) -> None:
    company = client(address).find("35005144700018")

    assert company is not None
    assert not company.active
    assert (company.naf, company.naf_nomenclature) == (None, None)


def test_a_merchant_without_a_company_is_called_by_his_name() -> None:
    found = payload()
    unit = found["data"]["unite_legale"]
    unit["personne_morale_attributs"]["raison_sociale"] = None
    unit["personne_physique_attributs"] |= {"prenom_usuel": "JEANNE", "nom_naissance": "MARTIN"}

    assert answered(found).legal_name == "JEANNE MARTIN"


def test_an_activity_of_the_next_nomenclature_says_so() -> None:
    found = payload()
    found["data"]["activite_principale"] = {"code": "85.53Y", "nomenclature": "NAF2025"}

    company = answered(found)

    assert (company.naf, company.naf_nomenclature) == ("85.53Y", "NAF2025")
    assert company.nature == "teaching"


def test_what_the_owner_keeps_from_the_public_is_dropped_although_the_api_tells_it(
    address: str,
) -> None:
    company = client(address).find(HIDDEN)

    assert company is not None
    assert not company.diffusible
    assert (company.name, company.legal_name) == ("", "")
    assert company.address == Address(label="MEDILLAC", city="MEDILLAC", insee="16399")
    assert "MASQUE" not in company.model_dump_json()
    assert "EXEMPLE" not in company.model_dump_json()


def test_a_refusal_for_legal_reasons_is_a_firm_of_which_nothing_is_told() -> None:
    with replying(451) as url:
        company = client(url).find(SNCF)

    assert company is not None
    assert not company.diffusible
    assert company.address.label == company.name == ""


def test_a_siret_insee_does_not_know_is_unknown(address: str) -> None:
    assert client(address).find("00009991100018") is None


@pytest.mark.parametrize("status", [401, 403, 422, 429, 500, 502, 504])
def test_what_is_no_answer_is_an_outage(status: int) -> None:
    with replying(status) as url:
        assert outage(lambda: client(url).find(SNCF), SNCF, TOKEN) == f"status {status}"


def test_a_404_that_is_not_insee_s_word_is_an_outage() -> None:
    with replying(404) as url:
        assert outage(lambda: client(url).find(SNCF)) == "status 404"


def test_an_answer_about_somebody_else_is_an_outage() -> None:
    with answering(json.dumps(payload()).encode()) as url:
        reason = outage(lambda: client(url).find(HIDDEN))

    assert reason == "answer about another establishment"


@pytest.mark.parametrize(
    ("token", "recipient", "reason"),
    [("autre", RECIPIENT, "status 401"), (TOKEN, "", "status 422")],
)
def test_the_stand_in_wants_the_token_and_to_know_why(
    address: str, token: str, recipient: str, reason: str
) -> None:
    assert outage(lambda: client(address, token, recipient).find(SNCF), "autre", TOKEN) == reason


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (KeyError("recipient"), "no credentials: KeyError"),
        (ValueError(f"no JSON: {TOKEN}"), "no credentials: ValueError"),
        (
            ClientError({"Error": {"Code": "ThrottlingException"}}, "GetSecretValue"),
            "no credentials: ClientError",
        ),
        (SourceUnavailable("secret without token"), "secret without token"),
    ],
)
def test_credentials_that_cannot_be_had_are_an_outage_and_tell_no_secret(
    address: str, failure: Exception, reason: str
) -> None:
    def failing() -> Credentials:
        raise failure

    spare = ApiEntreprise(address, credentials=failing, http=http())

    assert outage(lambda: spare.find(SNCF), SNCF, TOKEN) == reason


@pytest.mark.parametrize("token", ["jeton\n", "jeton\u2026"])
def test_a_token_that_cannot_be_sent_is_an_outage(address: str, token: str) -> None:
    assert "jeton" not in outage(lambda: client(address, token).find(SNCF))


def test_slow_credentials_count_in_the_exchange(address: str) -> None:
    kept = Event()

    def slow() -> Credentials:
        kept.wait(5)
        return Credentials(TOKEN, RECIPIENT)

    spare = ApiEntreprise(address, credentials=slow, http=http(budget=0.2))

    assert outage(lambda: spare.find(SNCF)) == "too slow"
    kept.set()


def test_two_directories_that_hang_and_slow_credentials_cost_no_more_than_one() -> None:
    """As deployed: each has half of the budget (``outage`` measures)."""
    kept, half = Event(), BUDGET / 2

    def slow() -> Credentials:
        kept.wait(0.5)
        return Credentials(TOKEN, RECIPIENT)

    with dripping_headers() as one, dripping_headers() as other:
        first = DirectoryApi(one, http=http(half), today=lambda: date(2026, 11, 25))
        spare = ApiEntreprise(other, credentials=slow, http=http(half))

        assert outage(lambda: Directories(first, spare).find(SNCF)) == "too slow"


def replying(status: int) -> Any:
    """A server that answers this status to every question, in the API's own shape."""
    app = Flask(__name__)

    @app.get("/<path:_any>")
    def refuse(_any: str) -> ResponseReturnValue:
        assert request.args.keys() == {"context", "object", "recipient"}
        return jsonify(errors=[{"code": "00000", "title": "", "detail": "", "meta": {}}]), status

    return serving(app)
