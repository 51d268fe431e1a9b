"""Every client of somebody else's API against its stand-in: each fault is an outage, in time.

A new client adds its line to CLIENTS, and is held to all of this.
"""

import json
from collections.abc import Callable
from datetime import date

import pytest

from depot.clients.api_entreprise import ApiEntreprise, Credentials
from depot.clients.companies import DirectoryApi
from depot.clients.formations import AlternanceApi
from depot.clients.geocoding import GeocodingApi
from depot.clients.http import new_session
from depot.clients.la_bonne_alternance import LaBonneAlternance
from depot.clients.rco import RcoCatalogue
from depot.clients.siro import SiroApi
from depot.clients.siro_file import DataGouv
from depot.domain.firm.company import Address
from depot.ports.imports import Formations
from depot.reference.opcos import register_names
from local.standin.api_entreprise import RECIPIENT, TOKEN
from local.standin.app import SERVICES
from local.standin.faults import FAULTS
from tests.apis import answering, dripping_headers, failing, http, outage, pages


BAKERY = "00009001900019"
SNCF = "55204944776279"
NAMES = register_names()
OVEN = Address(
    label="12 rue du Four 24000 Périgueux",
    street="12 rue du Four",
    postcode="24000",
    city="Périgueux",
    insee="24322",
)


def first(source: Formations) -> object:
    """One formation, from a small page: a test has little time."""
    return next(source.all())


def directory(url: str) -> DirectoryApi:
    return DirectoryApi(url, http=http(), today=lambda: date(2026, 11, 25))


def api_entreprise(url: str) -> ApiEntreprise:
    return ApiEntreprise(url, credentials=lambda: Credentials(TOKEN, RECIPIENT), http=http())


# Each client's questions that its stand-in answers, asked at an address; and that stand-in.
CLIENTS: dict[str, Callable[[str], object]] = {
    "companies": lambda url: directory(url).find(BAKERY),
    "companies, by name": lambda url: directory(url).search("fournil", "24000"),
    "companies, by SIREN": lambda url: directory(url).establishments("000090126", ""),
    "api_entreprise": lambda url: api_entreprise(url).find(SNCF),
    "geocoding": lambda url: GeocodingApi(f"{url}/geocodage", http=http()).find(OVEN, within=1.5),
    "formations": lambda url: first(
        AlternanceApi(f"{url}/api", key=lambda: "k", pages=pages(), page_size=5)
    ),
    "rco": lambda url: first(RcoCatalogue(f"{url}/api", pages=pages(), page_size=5)),
    "siro": lambda url: SiroApi(url, key=lambda: "k", names=NAMES, http=http()).ask(BAKERY, None),
    "siro_file": lambda url: DataGouv(url, http=http(), session=new_session("depot")).newest(),
    "la_bonne_alternance": lambda url: LaBonneAlternance(
        f"{url}/api", key=lambda: "k", http=http()
    ).create(JOB),
}
JOB = {"offer": {"title": "Boulanger", "description": "Un poste en apprentissage à Périgueux"}}
REASONS = {
    "slow": "no answer: ReadTimeout",
    "busy": "status 429",
    "error": "status 500",
    "html": "not JSON",
    "wrong_fields": "unexpected answer: missing",
    "truncated": "no answer: ProtocolError",
    "drip": "too slow",
}


def service_of(client: str) -> str:
    return client.partition(",")[0]


def test_every_service_of_the_stand_in_has_its_client() -> None:
    # Nobody waits for France Travail, which answers no JSON: tests/contract/test_france_travail.py.
    assert {service_of(client) for client in CLIENTS} == SERVICES.keys() - {"france_travail"}
    assert REASONS.keys() == FAULTS.keys()


@pytest.mark.parametrize("client", CLIENTS)
def test_a_service_that_answers_is_understood(address: str, client: str) -> None:
    assert CLIENTS[client](address) is not None


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("client", CLIENTS)
def test_a_fault_is_an_outage_told_within_the_budget(address: str, client: str, fault: str) -> None:
    with failing(address, service_of(client), fault):
        reason = outage(lambda: CLIENTS[client](address), BAKERY, SNCF, TOKEN, "Four")

    assert reason.startswith(REASONS[fault])
    assert CLIENTS[client](address) is not None


@pytest.mark.parametrize("client", CLIENTS)
def test_headers_that_drip_are_given_up_within_the_budget(client: str) -> None:
    with dripping_headers() as url:
        assert outage(lambda: CLIENTS[client](url)) == "too slow"


@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"{}", b'{"', b'"text"', b"{" * 2000, json.dumps("é").encode()]
)
@pytest.mark.parametrize("client", CLIENTS)
def test_an_answer_of_another_shape_is_an_outage(client: str, body: bytes) -> None:
    with answering(body) as url:
        outage(lambda: CLIENTS[client](url))
