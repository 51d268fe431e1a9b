"""SIRO, from the schedule that imports it to the mails and pages that use it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from depot.storage import schema
from depot.storage.siro import MANIFEST_KEY, PREFIX
from tests.apis import failing
from tests.deployment import DEFAULT_MAILBOX, EP, EP_MAILBOX, Deployment, client
from tests.events import stream
from tests.posted import BAKERY, Answer, Deposited


SCHEDULE = {"source": "schedule"}
FLORIST = "00009008400013"  # without agreement; in the file, not in the directory
CONSULTANT = "00009009200016"  # agreement 9999; nobody knows
BOTH = "00009006800016"  # two agreements, two lines of the file
FORESTERS = "00009007600019"  # not in the file; an agreement that two OPCOs share
AKTO = "AKTO / Opco entreprises et salariés des services à forte intensité de main d'oeuvre"


@pytest.fixture
def imported(deployed: Deployment) -> Deployment:
    deployed.call("notify_opco", SCHEDULE)
    return deployed


def notify(deployed: Deployment) -> None:
    records = deployed.records(schema.RECRUITERS_TABLE)
    assert deployed.call("notify_opco", stream(records)) == {"batchItemFailures": []}


def company(deployed: Deployment, siret: str) -> Any:
    return deployed.http("create_recruiter", "GET", f"/api/companies/{siret}").body


def manage(deployed: Deployment, mine: Deposited) -> Any:
    return deployed.http("manage_offers", "GET", "/api/manage", token=mine.token).body


def declare(deployed: Deployment, mine: Deposited, **body: Any) -> Answer:
    given = {"token": mine.token, "body": body}
    return deployed.http("manage_offers", "PUT", "/api/manage/opco", **given)


def sources(deployed: Deployment, mine: Deposited) -> dict[str, bool]:
    """Who was asked of the first need, and whether they answered."""
    notice = deployed.store.notice(mine.recruiter_id, mine.offer["id"])
    assert notice is not None
    assert notice.finding is not None
    return {piece.source: piece.answered for piece in notice.finding.evidence}


def test_the_schedule_imports_the_file_once(deployed: Deployment) -> None:
    first, second = (deployed.call("notify_opco", SCHEDULE) for _ in range(2))

    assert (first["outcome"], first["month"], first["rows"]) == ("imported", "202606", 13)
    assert second["outcome"] == "up_to_date"
    found = client("s3").list_objects_v2(Bucket="depot-data", Prefix=PREFIX)["Contents"]
    assert len(found) == 2


def test_a_firm_without_agreement_is_known_once_the_file_was_imported(
    imported: Deployment,
) -> None:
    mine = imported.deposit(siret=FLORIST)

    notify(imported)

    [mail] = imported.mails(EP_MAILBOX)
    assert FLORIST in mail.body
    assert sources(imported, mine) == {"siro_file": True, "naf": True}


def test_without_the_file_the_api_answers_and_both_are_evidence(deployed: Deployment) -> None:
    mine = deployed.deposit(siret=FLORIST)

    notify(deployed)

    assert len(deployed.mails(EP_MAILBOX)) == 1
    assert sources(deployed, mine) == {"siro_file": False, "siro_api": True, "naf": True}


@pytest.mark.parametrize("fault", ["error", "html", "truncated", "wrong_fields"])
def test_without_file_nor_api_the_agreement_answers(
    deployed: Deployment, directory: str, fault: str
) -> None:
    mine = deployed.deposit()

    with failing(directory, "siro", fault):
        notify(deployed)

    assert len(deployed.mails(EP_MAILBOX)) == 1
    assert sources(deployed, mine) == {
        "siro_file": False,
        "siro_api": False,
        "idcc": True,
        "naf": True,
    }


def test_a_key_that_cannot_be_read_is_an_outage_of_its_source_alone(deployed: Deployment) -> None:
    client("secretsmanager").delete_secret(SecretId="depot-siro", ForceDeleteWithoutRecovery=True)
    mine = deployed.deposit()

    notify(deployed)

    assert sources(deployed, mine)["siro_api"] is False
    assert len(deployed.mails(EP_MAILBOX)) == 1


def test_a_stage_without_a_key_does_not_ask_the_api(deployed: Deployment) -> None:
    del deployed.environment["SIRO_URL"], deployed.environment["SIRO_SECRET"]
    mine = deployed.deposit()

    notify(deployed)

    assert "siro_api" not in sources(deployed, mine)


def test_a_firm_the_directory_could_not_tell_is_known_to_the_register(
    imported: Deployment, directory: str
) -> None:
    with failing(directory, "companies", "error"):
        mine = imported.deposit(siret=FLORIST)

    notify(imported)

    assert sources(imported, mine) == {"siro_file": True}
    [mail] = imported.mails(EP_MAILBOX)
    assert "pas encore été vérifié" in mail.body


@pytest.mark.parametrize(
    ("siret", "opco"),
    [
        (BAKERY, {"outcome": "identified", "candidates": [EP]}),
        (FLORIST, {"outcome": "identified", "candidates": [EP]}),
        (BOTH, {"outcome": "multiple", "candidates": [EP, AKTO]}),
        (FORESTERS, {"outcome": "multiple", "candidates": ["OCAPIAT", AKTO]}),
        (CONSULTANT, {"outcome": "unknown", "candidates": []}),
    ],
)
def test_the_form_is_told_the_opco_of_a_firm(
    imported: Deployment, siret: str, opco: dict[str, Any]
) -> None:
    assert company(imported, siret)["opco"] == opco


def test_the_form_is_told_what_the_agreement_says_when_the_file_cannot_be_read(
    deployed: Deployment,
) -> None:
    assert company(deployed, BAKERY)["opco"] == {"outcome": "identified", "candidates": [EP]}
    client("s3").delete_bucket(Bucket="depot-data")
    assert company(deployed, BAKERY)["opco"]["candidates"] == [EP]


def test_a_firm_to_verify_has_no_opco_to_show(deployed: Deployment) -> None:
    assert company(deployed, "00009903600014")["opco"] is None


def test_the_form_never_asks_the_api_of_siro(imported: Deployment, directory: str) -> None:
    with failing(directory, "siro", "slow"):
        began = datetime.now(UTC)
        company(imported, CONSULTANT)
        imported.deposit(siret=CONSULTANT)
    assert datetime.now(UTC) - began < timedelta(seconds=3)


def test_a_choice_made_in_the_form_settles_between_candidates(imported: Deployment) -> None:
    mine = imported.deposit(siret=BOTH, opco=EP)

    notify(imported)

    assert len(imported.mails(EP_MAILBOX)) == 1
    assert manage(imported, mine)["offers"][0]["opco"]["names"] == [EP]


def test_a_choice_nothing_supports_is_told_to_the_default_mailbox(imported: Deployment) -> None:
    imported.deposit(siret=CONSULTANT, opco="Constructys")

    notify(imported)

    [mail] = imported.mails(DEFAULT_MAILBOX)
    assert "Constructys" in mail.body


def test_a_choice_made_on_the_manage_page_is_told_at_once(imported: Deployment) -> None:
    mine = imported.deposit(siret=BOTH)
    notify(imported)
    page = manage(imported, mine)
    assert page["opco_choices"] == [EP, AKTO]

    answer = declare(imported, mine, version=page["recruiter"]["version"], opco=EP)

    assert answer.status == 200
    assert answer.body["recruiter"]["opco_claim"] == EP
    assert answer.body["offers"][0]["opco"] | {"told_at": None} == {
        "state": "sent",
        "names": [EP],
        "desk": False,
        "declarable": True,
        "told_at": None,
        "answer": None,
        "answered_at": None,
        "declined": [],
    }
    assert len(imported.mails(EP_MAILBOX)) == 1


def test_an_unknown_opco_is_chosen_among_all(imported: Deployment) -> None:
    mine = imported.deposit(siret=CONSULTANT)
    notify(imported)

    assert len(manage(imported, mine)["opco_choices"]) == 11


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"version": 1, "opco": "Opco du Coin"}, 422, "invalid"),
        ({"version": 0, "opco": EP}, 422, "invalid"),
        ({"opco": EP}, 422, "invalid"),
        ({"version": 1, "opco": EP, "surprise": 1}, 422, "invalid"),
        ({"version": 7, "opco": EP}, 409, "stale_version"),
    ],
)
def test_a_bad_choice_is_refused(
    deployed: Deployment, body: dict[str, Any], status: int, code: str
) -> None:
    mine = deployed.deposit(siret=BOTH)

    answer = declare(deployed, mine, **body)

    assert (answer.status, answer.body["code"]) == (status, code)


def test_a_choice_needs_the_link(deployed: Deployment) -> None:
    answer = deployed.http(
        "manage_offers", "PUT", "/api/manage/opco", body={"version": 1, "opco": EP}
    )

    assert answer.status == 401


@pytest.mark.parametrize("fault", ["error", "html", "truncated", "wrong_fields"])
def test_a_file_that_cannot_be_had_or_believed_leaves_the_one_before(
    imported: Deployment, directory: str, output: Callable[[], str], fault: str
) -> None:
    shift_manifest_to(imported, "202605")

    with failing(directory, "siro_file", fault):
        summary = imported.call("notify_opco", SCHEDULE)

    assert summary["outcome"] == "unavailable"
    assert company(imported, FLORIST)["opco"]["candidates"] == [EP]
    assert '"level":"WARNING"' in output()
    assert imported.call("notify_opco", SCHEDULE)["outcome"] == "imported"


def test_a_file_that_shrank_rings_and_is_taken_once_somebody_looked(
    imported: Deployment, output: Callable[[], str]
) -> None:
    shift_manifest_to(imported, "202605", rows=100)

    assert imported.call("notify_opco", SCHEDULE)["outcome"] == "refused"
    assert '"level":"ERROR"' in output()
    assert imported.call("notify_opco", {"accept_shrink": True})["outcome"] == "imported"


def shift_manifest_to(deployed: Deployment, month: str, rows: int = 13) -> None:
    """Make the edition in force an older one."""
    s3 = client("s3")
    body = s3.get_object(Bucket="depot-data", Key=MANIFEST_KEY)["Body"].read().decode()
    older = body.replace('"month":"202606"', f'"month":"{month}"')
    older = older.replace('"rows":13', f'"rows":{rows}')
    assert older != body
    s3.put_object(Bucket="depot-data", Key=MANIFEST_KEY, Body=older.encode())
    deployed.restart()
