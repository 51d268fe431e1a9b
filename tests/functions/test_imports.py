"""POST /api/imports/preview and POST /api/imports, from the file to the mails."""

from base64 import b64encode
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from depot.domain.deposit.deposit_file import COLUMNS, template
from tests.deployment import Deployment
from tests.posted import A_DEPOSITOR, BAKERY, Answer, french
from tests.unit.domain.deposit.test_deposit_file import pieces, written


HAIRDRESSER = "00009002700012"
SUBMISSION = "00000000-0000-4000-8000-000000000011"


def a_line(**over: str) -> list[str]:
    said = {
        "siret": BAKERY,
        "metier": "Boulanger / Boulangère",
        "contact_nom": "Jeanne Martin",
        "contact_email": "jeanne@example.org",
        "contact_telephone": "01 99 00 12 34",
    }
    return [{**said, **over}.get(column, "") for column in COLUMNS]


TWO = (
    a_line(),
    a_line(siret=HAIRDRESSER, metier="Coiffeuse", contact_email="paul@example.org", niveau="CAP"),
)


def send(deployed: Deployment, content: bytes, at: str = "", **over: Any) -> Answer:
    body = {
        "submission_id": SUBMISSION,
        "depositor": A_DEPOSITOR,
        "file": b64encode(content).decode(),
        **over,
    }
    return deployed.http("create_recruiter", "POST", f"/api/imports{at}", body=body)


def csv_of(*lines: list[str], **how: Any) -> bytes:
    return written([list(COLUMNS), *lines], **how)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_a_preview_names_the_firms_and_the_metiers(
    deployed: Deployment, encoding: str, delimiter: str
) -> None:
    content = csv_of(*TWO, encoding=encoding, delimiter=delimiter)

    answer = send(deployed, content, "/preview")

    assert answer.status == 200, answer.body
    assert answer.body["complete"]
    first, second = answer.body["lines"]
    assert (first["line"], first["firm"], first["state"]) == (2, "LE FOURNIL FICTIF", "ready")
    assert second["metier"]["label"] == "Coiffeur / Coiffeuse"
    assert second["level"] == "3"
    assert deployed.mails() == []


def test_two_lines_are_two_deposits_and_each_employer_is_told(deployed: Deployment) -> None:
    answer = send(deployed, csv_of(*TWO))

    assert answer.status == 200, answer.body
    assert [line["state"] for line in answer.body["lines"]] == ["deposited", "deposited"]
    assert "/gerer.html#" in answer.body["lines"][0]["manage_url"]
    assert len(deployed.mails("claire@example.com")) == 2
    assert len(deployed.mails("jeanne@example.org")) == 1
    assert len(deployed.mails("paul@example.org")) == 1


def test_the_same_file_twice_deposits_each_line_once(deployed: Deployment) -> None:
    first = send(deployed, csv_of(*TWO))
    items, mails = len(deployed.items()), len(deployed.mails())

    again = send(deployed, csv_of(*TWO))

    assert again.body == first.body
    assert (len(deployed.items()), len(deployed.mails())) == (items, mails)


def test_errors_are_placed_and_nothing_is_stored(deployed: Deployment) -> None:
    wrong = a_line(siret="1,23E+13", contact_email="paul@example.com", metier="Boulangr")

    answer = send(deployed, csv_of(a_line(), wrong))

    assert answer.status == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.fields == {
        "lines.3.siret": "siret_scientific",
        "lines.3.metier": "metier_unread",
    }
    for error in answer.body["errors"]:
        assert french(error["message"])
        assert french(error["remedy"])
    assert [line["line"] for line in answer.body["current"]["lines"]] == [2]
    assert [item for item in deployed.items() if item["entity"]["S"] != "FIRM"] == []


def test_a_common_name_of_several_metiers_lists_them(deployed: Deployment) -> None:
    answer = send(deployed, csv_of(a_line(metier="boulangerie")), "/preview")

    [error] = answer.body["errors"]
    assert error["code"] in {"metier_unread", "metier_ambiguous"}
    assert "boulangerie" in error["remedy"].lower()


def test_the_template_itself_is_refused_for_its_example(deployed: Deployment) -> None:
    answer = send(deployed, template())

    assert answer.fields == {"lines.2.contact_email": "example_line"}


def test_two_hundred_full_lines_are_no_too_large_body(deployed: Deployment) -> None:
    lines = [a_line(description="é" * 600, contact_nom="N" * (1 + rank)) for rank in range(200)]

    answer = send(deployed, csv_of(*lines), "/preview")

    assert answer.status == 422, "names of more than a hundred letters, and of one"
    assert set(answer.fields.values()) == {"name", "string_too_long"}


def test_a_file_larger_than_any_is_refused(deployed: Deployment) -> None:
    assert send(deployed, b"x" * 300_001).fields == {"file": "file_too_large"}
    assert send(deployed, b"x" * 600_000).status == 413


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"depositor": None}, "depositor"),
        ({"depositor": {**A_DEPOSITOR, "role": "employeur"}}, "depositor.role"),
        ({"depositor": {**A_DEPOSITOR, "organisation": ""}}, "depositor.organisation"),
        ({"depositor": {**A_DEPOSITOR, "siret": "00009991100018"}}, "depositor.siret"),
        ({"file": "é"}, "file"),
        ({"file": None}, "file"),
        ({"submission_id": "1"}, "submission_id"),
        ({"accepted": ["x"]}, "accepted.0"),
    ],
)
def test_who_deposits_is_checked_first(
    deployed: Deployment, over: dict[str, Any], field: str
) -> None:
    answer = send(deployed, csv_of(a_line()), **over)

    assert answer.status == 422
    assert list(answer.fields) == [field]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(pieces | st.binary(max_size=20), max_size=30).map(b"".join))
def test_any_bytes_are_a_preview_or_a_clear_refusal(deployed: Deployment, content: bytes) -> None:
    answer = send(deployed, content, "/preview")

    assert answer.status in {200, 422}, answer.body
    for error in answer.body.get("errors", []):
        assert french(error["message"])
        assert french(error["remedy"])
