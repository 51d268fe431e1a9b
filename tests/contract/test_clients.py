"""Every client of somebody else's API against its stand-in: each fault is an outage, in time.

A new client adds its line to CLIENTS, and is held to all of this.
"""

import json
from collections.abc import Callable, Iterator

import pytest

from depot.clients.companies import DirectoryApi
from depot.clients.http import new_session
from depot.clients.siro import SiroApi
from depot.clients.siro_file import DataGouv
from depot.reference.opcos import register_names
from local.standin.app import SERVICES, serving, standin
from local.standin.faults import FAULTS
from tests.apis import answering, dripping_headers, failing, http, outage


BAKERY = "00009001900019"
NAMES = register_names()

# Service of the stand-in -> a question it answers, asked at an address.
CLIENTS: dict[str, Callable[[str], object]] = {
    "companies": lambda url: DirectoryApi(url, http=http()).find(BAKERY),
    "siro": lambda url: SiroApi(url, key=lambda: "k", names=NAMES, http=http()).ask(BAKERY, None),
    "siro_file": lambda url: DataGouv(url, http=http(), session=new_session("depot")).newest(),
}
REASONS = {
    "slow": "no answer: ReadTimeout",
    "busy": "status 429",
    "error": "status 500",
    "html": "not JSON",
    "wrong_fields": "unexpected answer: missing",
    "truncated": "no answer: ProtocolError",
    "drip": "too slow",
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A stand-in on this machine."""
    with serving(standin()) as url:
        yield url


def test_every_service_of_the_stand_in_has_its_client() -> None:
    assert CLIENTS.keys() == SERVICES.keys()
    assert REASONS.keys() == FAULTS.keys()


@pytest.mark.parametrize("service", CLIENTS)
def test_a_service_that_answers_is_understood(address: str, service: str) -> None:
    assert CLIENTS[service](address) is not None


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("service", CLIENTS)
def test_a_fault_is_an_outage_told_within_the_budget(
    address: str, service: str, fault: str
) -> None:
    with failing(address, service, fault):
        reason = outage(lambda: CLIENTS[service](address), BAKERY)

    assert reason.startswith(REASONS[fault])
    assert CLIENTS[service](address) is not None


@pytest.mark.parametrize("service", CLIENTS)
def test_headers_that_drip_are_given_up_within_the_budget(service: str) -> None:
    with dripping_headers() as url:
        assert outage(lambda: CLIENTS[service](url)) == "too slow"


@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"{}", b'{"', b'"text"', b"{" * 2000, json.dumps("é").encode()]
)
@pytest.mark.parametrize("service", CLIENTS)
def test_an_answer_of_another_shape_is_an_outage(service: str, body: bytes) -> None:
    with answering(body) as url:
        outage(lambda: CLIENTS[service](url))
