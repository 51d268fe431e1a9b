"""Leaving a file with France Travail: the client against its stand-in."""

import pytest
import requests

from depot.clients.france_travail import FranceTravail, Login
from depot.clients.http import new_session
from depot.domain.errors import SourceUnavailable
from tests.apis import answering, failing


LOGIN = Login(login="depot", password="secret-ft", flow="FLUX", partner="DEPOT")


def client(url: str) -> FranceTravail:
    session = new_session("https://depot.example")
    return FranceTravail(f"{url}/partenaire/depotcurl", login=lambda: LOGIN, session=session)


def test_the_file_arrives_as_it_is(address: str) -> None:
    client(address).deliver("offres-2026-11-25.zip", b"PK\x03\x04 pretend")

    kept = requests.get(f"{address}/partenaire/depotcurl", timeout=5)
    assert kept.content == b"PK\x03\x04 pretend"
    assert client(address).partner == "DEPOT"


@pytest.mark.parametrize("fault", ["busy", "error", "html", "truncated"])
def test_anything_but_its_yes_is_an_outage_that_tells_no_secret(address: str, fault: str) -> None:
    with (
        failing(address, "france_travail", fault),
        pytest.raises(SourceUnavailable) as caught,
    ):
        client(address).deliver("offres.zip", b"PK")

    assert "secret-ft" not in str(caught.value)


def test_a_polite_no_is_no_yes() -> None:
    with (
        answering("Le fichier est refusé".encode(), "text/plain") as url,
        pytest.raises(SourceUnavailable, match="not taken"),
    ):
        client(url).deliver("offres.zip", b"PK")


def test_nobody_listening_is_an_outage() -> None:
    with pytest.raises(SourceUnavailable, match="no answer"):
        client("http://127.0.0.1:9").deliver("offres.zip", b"PK")
