"""A deposit that cannot be accepted is refused field by field, in words; garbage is no bug."""

import json
from datetime import timedelta
from typing import Any

import pytest

from depot.words import FALLBACK
from tests.deployment import Deployment
from tests.functions.deposits import TODAY, post
from tests.posted import Answer, a_deposit, french


CONTACT = {"name": "Jeanne Martin", "email": "jeanne@example.org", "phone": "01 99 00 12 34"}


GENERIC = FALLBACK.message  # says nothing of what is wrong


def refused(deployed: Deployment, body: object, status: int = 422, **request: Any) -> Answer:
    """The refusal of a deposit: for a person, in French, and without any trace."""
    answer = post(deployed, body, **request)
    assert answer.status == status, answer.body
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.body["status"] == status
    assert french(answer.body["title"])
    assert french(answer.body["detail"])
    for error in answer.body["errors"]:
        assert french(error["message"]), error
        assert french(error["remedy"]), error
    assert deployed.items() == []
    assert deployed.mails() == []
    return answer


@pytest.mark.parametrize(
    ("over", "fields"),
    [
        ({"siret": "487 444 697"}, {"siret": "siret_is_siren"}),
        ({"siret": "00009001900018"}, {"siret": "siret_key"}),
        ({"siret": "0000900190001"}, {"siret": "siret_length"}),
        ({"siret": "0000900190001O"}, {"siret": "siret_digits"}),
        ({"siret": ""}, {"siret": "siret_digits"}),
        ({"siret": "1" * 5000}, {"siret": "string_too_long"}),
        ({"siret": 90019}, {"siret": "string_type"}),
        ({"siret": None}, {"siret": "string_type"}),
        ({"siret": "00009991100018"}, {"siret": "unknown_company"}),
        ({"siret": "00009010000017"}, {"siret": "closed_company"}),
        ({"siret": "00009011800019"}, {"siret": "hidden_company"}),
        ({"opco": "Opco du Coin"}, {"opco": "opco_unknown"}),
        ({"opco": ""}, {"opco": "opco_unknown"}),
        ({"opco": "x" * 201}, {"opco": "string_too_long"}),
        ({"opco": ["AKTO"]}, {"opco": "string_type"}),
        ({"submission_id": "1"}, {"submission_id": "uuid_parsing"}),
        ({"offers": [{"metier": "11573"}] * 11}, {"offers": "offers_too_many"}),
        ({"offers": {"metier": "11573"}}, {"offers": "list_type"}),
        ({"surprise": 1}, {"surprise": "extra_forbidden"}),
    ],
)
def test_a_bad_deposit_is_refused_field_by_field(
    deployed: Deployment, over: dict[str, Any], fields: dict[str, str]
) -> None:
    answer = refused(deployed, a_deposit(**over))

    assert answer.body["code"] == "invalid"
    assert answer.fields == fields


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"name": ""}, "name"),
        ({"name": "J"}, "name"),
        ({"name": "12 34"}, "name"),
        ({"name": "\u202e\u0000\u200b"}, "name"),
        ({"name": "Voir https://evil.example"}, "name_link"),
        ({"name": "jeanne@example.org"}, "name_link"),
        ({"name": "J" * 101}, "string_too_long"),
        ({"email": ""}, "email"),
        ({"email": "jeanne"}, "email"),
        ({"email": "jeanne@"}, "email"),
        ({"email": "jeanne@example"}, "email"),
        ({"email": "jeanne@example.org\r\nBcc: victime@example.org"}, "email"),
        ({"email": "a@b.fr, c@d.fr"}, "email"),
        ({"email": f"{'a' * 300}@example.org"}, "email"),
        ({"email": "jérôme@example.org"}, "email_accent"),
        ({"phone": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"phone": "0 800"}, "phone"),
        ({"phone": "01 99 00 12 34 56"}, "phone"),
        ({"phone": "0899 70 12 34"}, "phone_costly"),
        ({"phone": "1" * 41}, "string_too_long"),
    ],
)
def test_a_bad_contact_is_refused(deployed: Deployment, over: dict[str, str], code: str) -> None:
    answer = refused(deployed, a_deposit(contact={**CONTACT, **over}))

    [field] = over
    assert answer.fields == {f"contact.{field}": code}
    assert answer.body["errors"][0]["message"] != GENERIC


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"metier": "99999999"}, "metier_unknown"),
        ({"metier": "Boulanger"}, "metier_unknown"),
        ({"metier": ""}, "string_too_short"),
        ({"metier": 11573}, "string_type"),
        ({"metier": "17846"}, "metier_not_apprenticeable"),
        ({"other_metiers": ["11573"]}, "metier_repeated"),
        ({"other_metiers": ["1", "2", "3"]}, "metiers_too_many"),
        ({"other_metiers": "17576"}, "list_type"),
        ({"start_on": "2026-02-30"}, "date_from_datetime_parsing"),
        ({"start_on": "demain"}, "date_from_datetime_parsing"),
        ({"start_on": (TODAY - timedelta(days=2)).isoformat()}, "start_past"),
        ({"start_on": (TODAY + timedelta(days=800)).isoformat()}, "start_far"),
        ({"start_on": []}, "date_type"),
        ({"level": "2"}, "literal_error"),
        ({"level": 3}, "literal_error"),
        ({"openings": 0}, "greater_than_equal"),
        ({"openings": 11}, "less_than_equal"),
        ({"openings": 10**400}, "less_than_equal"),
        ({"openings": 1.5}, "int_from_float"),
        ({"openings": "deux"}, "int_parsing"),
        ({"openings": None}, "int_type"),
        ({"description": "x" * 1001}, "string_too_long"),
        ({"description": {"a": 1}}, "string_type"),
        ({"ask_cfa": "peut-être"}, "bool_parsing"),
    ],
)
def test_a_bad_need_is_refused_at_its_place(
    deployed: Deployment, over: dict[str, Any], code: str
) -> None:
    good, bad = {"metier": "11573"}, {"metier": "11573", **over}

    answer = refused(deployed, a_deposit(offers=[good, bad]))

    [field] = over
    assert answer.fields == {f"offers.1.{field}": code}


def test_every_error_is_told_at_once(deployed: Deployment) -> None:
    body = {"siret": "1", "contact": {"name": "", "email": "x", "phone": "2"}, "offers": [{}]}

    answer = refused(deployed, body)

    assert set(answer.fields) == {
        "submission_id",
        "siret",
        "contact.name",
        "contact.email",
        "contact.phone",
        "offers.0.metier",
    }


def test_what_was_typed_is_never_echoed(deployed: Deployment) -> None:
    contact = {"name": "Canari 1", "email": "canari.2", "phone": "canari 3"}

    answer = refused(deployed, a_deposit(siret="canari 4", contact={**contact, "name": "@canari"}))

    assert len(answer.body["errors"]) == 4
    assert "canari" not in json.dumps(answer.body).lower()


GARBAGE: dict[str, object] = {
    "nothing": None,
    "an empty text": "",
    "no JSON": "siret=00009001900019",
    "half a JSON": '{"siret": "0000',
    "an array": [a_deposit()],
    "a number": "1",
    "a null": "null",
    "a text": '"bonjour"',
    "a raw NUL": '{"siret": "\x00"}',
    "a lone surrogate": '{"siret": "\\ud800"}',
    "a lone surrogate as a key": '{"\\udfff": 1}',
    "a deep array": "[" * 60_000,
    "a deep object": '{"siret":' * 7_000,
    "a deep description": json.dumps(a_deposit()).replace("11573", "11573" + "[" * 500),
    "a huge integer": '{"siret": ' + "9" * 50_000 + "}",
    "a huge exponent": '{"siret": 1e999999}',
    "not a number": '{"siret": NaN}',
    "twice the same field": '{"siret": "1", "siret": "2"}',
    "bytes that are no text": b"\xff\xfe\x00\x80",
    "a byte order mark": b"\xef\xbb\xbf{}",
    "UTF-16": '{"siret": "é"}'.encode("utf-16"),
    "an image": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
}


@pytest.mark.parametrize("body", GARBAGE.values(), ids=list(GARBAGE))
def test_garbage_is_refused_and_is_no_bug(deployed: Deployment, body: object) -> None:
    assert refused(deployed, body).body["code"] == "invalid"


@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "application/x-www-form-urlencoded", "image/png", ""]
)
def test_a_form_of_another_type_is_read_or_refused_but_is_no_bug(
    deployed: Deployment, content_type: str | None
) -> None:
    for body in ("siret=1&contact.name=x", b"\xff\xfe", b"", None):
        refused(deployed, body, content_type=content_type)


@pytest.mark.parametrize("size", [100_000, 6_000_000])
def test_a_body_larger_than_any_form_is_refused_as_such(deployed: Deployment, size: int) -> None:
    form = a_deposit(offers=[{"metier": "11573", "description": "x" * size}])

    answer = refused(deployed, form, status=413)

    assert answer.body["code"] == "too_large"


def test_what_no_page_can_carry_is_taken_out_of_texts(deployed: Deployment) -> None:
    need = {"metier": "11573", "description": "Four\u0000nil\u202e<b>\r\nau bois"}

    answer = post(
        deployed, a_deposit(contact={**CONTACT, "name": " Je\u200banne\n"}, offers=[need])
    )

    assert answer.body["offers"][0]["description"] == "Fournil<b>\nau bois"
    [mail] = deployed.mails()
    assert "<b>" not in mail.body
    assert "&lt;b&gt;" in mail.body


def test_an_address_with_accents_in_its_domain_is_mailed_as_machines_write_it(
    deployed: Deployment,
) -> None:
    post(deployed, a_deposit(contact={**CONTACT, "email": "Jeanne@Boulangerie-Périgord.fr"}))

    [mail] = deployed.mails()
    domain = "boulangerie-périgord.fr".encode("idna").decode()
    assert mail.destinations["ToAddresses"] == [f"jeanne@{domain}"]


def test_a_route_that_does_not_exist_is_said_so(deployed: Deployment) -> None:
    for method, path in [("GET", "/api/recruiters"), ("POST", "/api/rien"), ("DELETE", "/")]:
        answer = deployed.http("create_recruiter", method, path)

        assert answer.status == 404
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.body["code"] == "not_found"


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"name": "Dupont"}, {"siret": "hidden_company"}),
        ({"name": "a@b.fr"}, {"correction.name": "sign_link"}),
        (
            {"address": {"postcode": "24000", "city": "Lyon"}},
            {"correction.address.city": "city_elsewhere"},
        ),
    ],
)
def test_a_correction_that_does_not_do_is_said_beside_its_field(
    deployed: Deployment, said: dict[str, Any], fields: dict[str, str]
) -> None:
    answer = refused(deployed, a_deposit(siret="00009011800019", correction=said))

    assert answer.fields == fields
