"""The two ways to SIRO against the stand-in: the API's codes, the file as it comes or does not."""

import json
import time
from typing import Any

import pytest

from depot.clients.http import new_session
from depot.clients.siro import SiroApi
from depot.clients.siro_file import DataGouv
from depot.domain.errors import SiroFileRefused, SourceUnavailable
from depot.domain.opco.finding import SourceAnswer
from depot.domain.opco.siro import Reading
from depot.ports.imports import RemoteFile
from depot.reference.opcos import register_names
from local.standin.faults import FAULTS
from local.standin.siro import FILE
from tests.apis import answering, failing, http, outage


BAKERY = "00009001900019"
EP = "Opco entreprises de proximité"
NAMES = register_names()


def api(url: str, key: str = "k") -> SiroApi:
    return SiroApi(url, key=lambda: key, names=NAMES, http=http())


def files(url: str, *, silence: float = 2.0, whole: float = 5.0) -> DataGouv:
    session = new_session("depot")
    return DataGouv(url, http=http(), session=session, silence=silence, whole=whole)


@pytest.mark.parametrize(
    ("siret", "answer"),
    [
        (BAKERY, {"opcos": (EP,), "confidence": "certain", "idcc": "0843"}),
        ("00009004300019", {"opcos": ("Opco Mobilités",), "confidence": "strong", "idcc": "1090"}),
        ("00009002700012", {"opcos": (EP,), "confidence": "strong", "idcc": "2596"}),
        ("00009006800016", {"idcc": "0843"}),
        ("00009009200016", {}),
    ],
)
def test_each_code_is_understood(address: str, siret: str, answer: dict[str, Any]) -> None:
    assert api(address).ask(siret, None) == (SourceAnswer(asked=siret, **answer),)


def test_a_wrong_key_is_an_outage_that_tells_neither_key_nor_siret(address: str) -> None:
    assert outage(lambda: api(address, key="").ask(BAKERY, None), BAKERY) == "status 401"


def test_a_key_that_cannot_be_had_is_an_outage(address: str) -> None:
    def no_key() -> str:
        raise SourceUnavailable

    with pytest.raises(SourceUnavailable):
        SiroApi(address, key=no_key, names=NAMES, http=http()).ask(BAKERY, None)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"code": "04"}, "unexpected answer: literal_error code"),
        ({"code": 1}, "unexpected answer: literal_error code"),
        ({"siret": "00009002700012"}, "answer about another establishment"),
        ({"opcoRattachement": {"nom": "OPCO NOUVEAU"}}, "unknown name of OPCO"),
        ({"opcoRattachement": "OPCO EP"}, "unexpected answer: model_type opcoRattachement"),
        ({"idcc": 843}, "unexpected answer: string_type idcc"),
    ],
)
def test_an_answer_that_means_nothing_is_an_outage(said: dict[str, Any], reason: str) -> None:
    good = {"code": "01", "siret": BAKERY, "opcoRattachement": {"code": "1", "nom": "OPCO EP"}}
    with answering(json.dumps(good | said).encode()) as url:
        assert outage(lambda: api(url).ask(BAKERY, None), BAKERY) == reason


@pytest.mark.parametrize("owner", [None, {}, {"nom": None}, {"nom": "N/C"}, {"nom": ""}])
def test_an_opco_that_is_not_communicated_is_none(owner: Any) -> None:
    body = {"code": "01", "siret": BAKERY, "opcoRattachement": owner}
    with answering(json.dumps(body).encode()) as url:
        assert api(url).ask(BAKERY, None) == (SourceAnswer(asked=BAKERY),)


def test_the_newest_file_is_found_among_others(address: str) -> None:
    url = f"{address}/resources/siro-202606.csv"

    assert files(address).newest() == RemoteFile("202606", url, FILE.stat().st_size)


@pytest.mark.parametrize(
    "titles",
    [[], ["Dictionnaire"], ["siro-202613.csv"], ["siro-2026.csv"], ["old-siro-202606.csv.gz"]],
)
def test_a_dataset_without_the_file_is_an_outage(titles: list[str]) -> None:
    listed = [{"title": title, "url": "https://x.example/"} for title in titles]
    with answering(json.dumps({"resources": listed}).encode()) as url:
        assert outage(files(url).newest) == "no file of SIRO in the dataset"


def test_the_file_comes_as_it_is(address: str) -> None:
    source = files(address)

    assert b"".join(source.blocks(source.newest())) == FILE.read_bytes()


# What each fault of the server makes of the file: not had, or not believed.
REASONS = {
    "slow": "no answer: ReadTimeout",
    "busy": "status 429",
    "error": "status 500",
    "html": "a page instead of the file",
    "wrong_fields": "other header",
    "truncated": "no answer: ProtocolError",
    "drip": "too slow",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_does_not_come_as_it_should_is_not_taken(address: str, fault: str) -> None:
    source = files(address, silence=1.0, whole=1.0)
    file, start = source.newest(), time.monotonic()

    with (
        failing(address, "siro_file", fault),
        pytest.raises((SourceUnavailable, SiroFileRefused)) as caught,
    ):
        list(Reading(NAMES, None).read(source.blocks(file)))

    assert str(caught.value) == REASONS[fault]
    assert time.monotonic() - start < 2.5


def test_a_file_shorter_than_was_told_is_not_taken(address: str) -> None:
    source = files(address)
    longer = source.newest()._replace(size=FILE.stat().st_size + 1)

    with pytest.raises(SourceUnavailable, match=r"^\d+ bytes of \d+$"):
        list(source.blocks(longer))


def test_a_file_whose_length_was_not_told_is_taken(address: str) -> None:
    source = files(address)

    assert list(source.blocks(source.newest()._replace(size=None)))


def test_a_file_is_had_over_https_only_when_the_list_is() -> None:
    file = RemoteFile("202606", "http://127.0.0.1:1/siro.csv", None)

    with pytest.raises(SourceUnavailable, match="not on HTTPS"):
        list(files("https://data.example").blocks(file))


def test_a_file_that_moved_is_not_followed(address: str) -> None:
    source = files(address)

    with pytest.raises(SourceUnavailable, match="status 404"):
        list(source.blocks(source.newest()._replace(url=f"{address}/elsewhere")))
