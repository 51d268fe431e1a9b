"""POST /api/recruiters and GET /api/companies/{siret}, from the request to the mail."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from depot.storage import schema
from depot.words import FALLBACK
from local.standin.companies import Directory
from tests.apis import answering
from tests.deployment import (
    BAKERY,
    PUBLIC_URL,
    SENDER,
    Answer,
    Deployment,
    a_deposit,
    client,
    french,
    transactions_meet,
)


CONTACT = {"name": "Jeanne Martin", "email": "jeanne@example.org", "phone": "01 99 00 12 34"}
GENERIC = FALLBACK.message  # says nothing of what is wrong
TODAY = datetime.now(UTC).date()


def post(deployed: Deployment, body: object, **request: Any) -> Answer:
    return deployed.http("create_recruiter", "POST", "/api/recruiters", body=body, **request)


def company(deployed: Deployment, siret: str) -> Answer:
    return deployed.http("create_recruiter", "GET", f"/api/companies/{siret}")


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


def test_a_deposit_gives_the_link_and_mails_it(deployed: Deployment) -> None:
    answer = post(deployed, a_deposit())

    assert answer.status == 201
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    url = answer.body["manage_url"]
    assert url.startswith(f"{PUBLIC_URL}/gerer.html#k2.")
    [mail] = deployed.mails()
    assert mail.destinations["ToAddresses"] == ["jeanne@example.org"]
    assert SENDER in mail.source
    assert url in mail.body
    assert "Boulanger" in mail.subject


def test_a_deposit_shows_what_was_understood(deployed: Deployment) -> None:
    start = (TODAY + timedelta(days=60)).isoformat()
    need = {
        "metier": "11573",
        "other_metiers": ["17576"],
        "start_on": start,
        "level": "3",
        "openings": 2,
        "description": "Fournil à l’ancienne.",
        "ask_cfa": True,
    }

    body = post(deployed, a_deposit(offers=[need])).body

    [offer] = body["offers"]
    assert body["company_name"] == "LE FOURNIL FICTIF"
    assert body["verification"] == "verified"
    assert body["email"] == "jeanne@example.org"
    assert offer["metier"] == {"code": "11573", "label": "Boulanger / Boulangère", "rome": "D1102"}
    assert offer["other_metiers"] == [
        {"code": "17576", "label": "Pâtissier / Pâtissière", "rome": "D1104"}
    ]
    shown = {name: offer[name] for name in ("metier", "other_metiers")}
    assert {**need, **shown}.items() <= offer.items()
    assert (offer["state"], offer["version"], offer["days_left"]) == ("live", 1, 28)
    assert (offer["opco"]["state"], offer["opco"]["names"]) == ("pending", [])
    assert offer["cfas"] == []


def test_a_deposit_writes_the_intentions_of_all_that_must_follow(deployed: Deployment) -> None:
    post(deployed, a_deposit(offers=[{"metier": "11573", "ask_cfa": True}, {"metier": "11573"}]))

    tags = sorted(item[schema.ENTITY]["S"] for item in deployed.items())
    assert tags == ["LETTER", "NOTICE", "NOTICE", "OFFER", "OFFER", "RECRUITER", "ROUND"]


@pytest.mark.parametrize("number", [0, 1, 10])
def test_up_to_ten_needs_are_deposited_at_once(deployed: Deployment, number: int) -> None:
    answer = post(deployed, a_deposit(offers=[{"metier": "11573", "ask_cfa": True}] * number))

    assert answer.status == 201
    assert len(answer.body["offers"]) == number
    assert len({offer["id"] for offer in answer.body["offers"]}) == number
    assert len(deployed.items()) == 2 + 3 * number


def test_the_same_submission_twice_deposits_once(deployed: Deployment) -> None:
    form = a_deposit()

    first, second = post(deployed, form), post(deployed, form)

    assert second.status == 201
    assert second.body == first.body
    assert len(deployed.items()) == 4
    assert len(deployed.mails()) == 1


def test_two_submissions_of_the_same_firm_are_two_dossiers(deployed: Deployment) -> None:
    first, second = post(deployed, a_deposit()), post(deployed, a_deposit())

    assert first.body["recruiter_id"] != second.body["recruiter_id"]
    assert len(deployed.mails()) == 2


@pytest.mark.parametrize(
    "siret", ["00009901000019", "00009903600014", "00009904400018", "00009905100013"]
)
def test_a_directory_that_cannot_say_stops_nobody(deployed: Deployment, siret: str) -> None:
    answer = post(deployed, a_deposit(siret=siret))

    assert answer.status == 201
    assert answer.body["verification"] == "to_verify"
    assert answer.body["company_name"] is None
    assert len(deployed.mails()) == 1


def test_a_directory_that_is_gone_stops_nobody(deployed: Deployment) -> None:
    deployed.environment["COMPANIES_URL"] = "http://127.0.0.1:9"

    assert post(deployed, a_deposit()).body["verification"] == "to_verify"


def test_a_mail_that_cannot_leave_now_does_not_lose_the_deposit(deployed: Deployment) -> None:
    client("sesv2").delete_email_identity(EmailIdentity="depot.example")

    answer = post(deployed, a_deposit())

    assert answer.status == 201
    assert answer.body["manage_url"]


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


def test_a_firm_is_shown_before_the_deposit(deployed: Deployment) -> None:
    answer = company(deployed, BAKERY)

    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.body["name"] == "LE FOURNIL FICTIF"
    assert answer.body["siren"] == BAKERY[:9]
    assert answer.body["verification"] == "verified"
    assert answer.body["address"]["city"] == "PERIGUEUX"


def test_a_siret_is_read_as_people_write_it(deployed: Deployment) -> None:
    assert company(deployed, "000 090 019 00019").body["siret"] == BAKERY


@pytest.mark.parametrize(
    ("siret", "code"),
    [
        ("12345678901234", "siret_key"),
        ("487444697", "siret_is_siren"),
        ("abc", "siret_digits"),
        ("00009991100018", "unknown_company"),
        ("00009010000017", "closed_company"),
    ],
)
def test_a_siret_that_cannot_deposit_is_refused_before_the_deposit(
    deployed: Deployment, siret: str, code: str
) -> None:
    answer = company(deployed, siret)

    assert answer.status == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.fields == {"siret": code}


def test_a_firm_nobody_can_verify_now_is_shown_as_such(deployed: Deployment) -> None:
    answer = company(deployed, "00009903600014")

    assert answer.status == 200
    assert answer.body["verification"] == "to_verify"
    assert answer.body["name"] is None


def drop_tables(deployed: Deployment) -> None:
    for table in deployed.tables.values():
        client("dynamodb").delete_table(TableName=table)


def forget_the_tables(deployed: Deployment) -> None:
    del deployed.environment["RECRUITERS_TABLE"]


def lose_the_secret(_deployed: Deployment) -> None:
    client("secretsmanager").delete_secret(SecretId="depot-links", ForceDeleteWithoutRecovery=True)


@pytest.mark.parametrize("fault", [drop_tables, forget_the_tables, lose_the_secret])
def test_a_bug_is_told_without_its_details(
    deployed: Deployment,
    output: Callable[[], str],
    fault: Callable[[Deployment], None],
) -> None:
    fault(deployed)

    answer = post(deployed, a_deposit())

    assert answer.status == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.body == {
        "type": "about:blank",
        "title": "Le service a rencontré une erreur.",
        "status": 500,
        "detail": "Réessayez dans quelques minutes : ce que vous avez saisi est conservé.",
        "code": "internal",
        "errors": [],
    }
    [line] = output().splitlines()
    assert json.loads(line)["level"] == "ERROR"


def test_a_deposit_sent_twice_at_the_same_moment_is_one_deposit(deployed: Deployment) -> None:
    form = a_deposit()
    post(deployed, a_deposit())  # warm: both will run in the same process
    before = deployed.items()

    with transactions_meet(2), ThreadPoolExecutor(2) as browsers:
        answers = list(browsers.map(lambda _: post(deployed, form), range(2)))

    assert [answer.status for answer in answers] == [201, 201]
    assert answers[0].body["manage_url"] == answers[1].body["manage_url"]
    assert len(deployed.items()) == 2 * len(before)
    assert len(deployed.mails()) == 2


def test_a_firm_that_hides_is_published_under_the_words_of_its_depositor_alone(
    deployed: Deployment,
) -> None:
    address = {"street": "3 rue du Port", "postcode": "63000", "city": "clermont ferrand"}
    said = {"name": "Dupont Plomberie", "address": address}

    receipt = deployed.deposit(siret="00009011800019", correction=said).receipt

    assert receipt["company_name"] == "Dupont Plomberie"
    [offer] = [item for item in deployed.items() if item["sk"]["S"].startswith("OFFER#")]
    shown = json.loads(offer["record"]["S"])["workplace"]
    assert shown["name"] == "Dupont Plomberie"
    assert shown["address"] == "3 rue du Port 63000 Clermont-Ferrand"
    assert (shown["legal_name"], shown["location_precision"]) == (None, "address")


def test_a_firm_that_hides_in_part_is_published_without_a_word_of_the_directory(
    deployed: Deployment,
) -> None:
    """Its legal unit is public, its establishment is not, and the API masks nothing."""
    address = {"street": "3 rue du Port", "postcode": "24000", "city": "périgueux"}
    said = {"name": "Dupont Plomberie", "address": address}
    known = json.dumps(Directory().search(BAKERY))
    mixed = known.replace(
        '"statut_diffusion_etablissement": "O"', '"statut_diffusion_etablissement": "P"'
    )

    with answering(mixed.encode()) as url:
        deployed.environment["COMPANIES_URL"] = url
        deployed.deposit(correction=said)

    [offer] = [item for item in deployed.items() if item["sk"]["S"].startswith("OFFER#")]
    shown = json.loads(offer["record"]["S"])["workplace"]
    assert (shown["name"], shown["address"]) == (
        "Dupont Plomberie",
        "3 rue du Port 24000 Périgueux",
    )
    assert (shown["legal_name"], shown["naf"], shown["naf_nomenclature"]) == (None, None, None)
    assert "FICTI" not in json.dumps(deployed.items())


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
