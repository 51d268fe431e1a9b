"""The courier on SES: what leaves, and what each refusal means for a letter."""

import json
import re
import socket
from base64 import b64decode
from collections.abc import Callable
from datetime import timedelta
from email.utils import parseaddr
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.stub import Stubber

from depot.domain.errors import MailDelayed, MailRefused
from depot.domain.letters.letter import Letter
from depot.mail.courier import SesCourier
from depot.ports.courier import LinkedLetter
from depot.ports.links import UnsubscribeLinks
from depot.usecases.letters.facts import firm_facts, offer_facts
from tests.builders import NOW, USUAL, a_letter, a_recruiter, an_offer


SENDER = "ne-pas-repondre@depot.example"
MANAGE_URL = "https://depot.example/gerer.html#k1.r1.1.signature"


def to_the_opco(**over: Any) -> Letter:
    facts = {
        **firm_facts(a_recruiter()),
        **offer_facts(an_offer(description="Pétrir la nuit")),
        "outcome": "identified",
        "opcos": "Opco EP",
        "idccs": "0843",
    }
    return a_letter(**{"facts": facts, "reply_to": "jeanne@example.org", **over})


def to_the_depositor() -> Letter:
    facts = {**firm_facts(a_recruiter()), "offers": [offer_facts(an_offer())]}
    return a_letter(kind="deposit_received", about="r1", to="jeanne@example.org", facts=facts)


@pytest.fixture
def ses(cloud: Callable[[str], Any]) -> Any:
    """SES with one verified identity: the domain, as the CDK app makes it."""
    client = cloud("sesv2")
    client.create_email_identity(EmailIdentity=SENDER.partition("@")[2])
    yield client
    client.delete_email_identity(EmailIdentity=SENDER.partition("@")[2])


def requests_of(ses: Any) -> list[dict[str, Any]]:
    """What goes to SES from now on, as it is written on the wire."""
    seen: list[dict[str, Any]] = []

    def note(params: Any, **_: object) -> None:
        seen.append(json.loads(params["body"]))

    ses.meta.events.register("before-call.sesv2.SendEmail", note)
    return seen


def failing(code: str, status: int) -> SesCourier:
    """A courier whose SES answers with this error, once, without a network."""
    client = boto3.client("sesv2", config=Config(retries={"total_max_attempts": 1}))
    stub = Stubber(client)
    stub.add_client_error("send_email", code, http_status_code=status)
    stub.activate()
    return SesCourier(client, SENDER)


def test_a_letter_leaves_with_its_two_readings_and_whom_to_answer(ses: Any) -> None:
    seen = requests_of(ses)

    message_id = SesCourier(ses, SENDER).send(to_the_opco(), None)

    assert message_id
    [mail] = seen
    assert mail["Destination"] == {"ToAddresses": ["opco@example.org"]}
    assert mail["ReplyToAddresses"] == ["jeanne@example.org"]
    content = mail["Content"]["Simple"]
    assert "AU BON PAIN" in content["Subject"]["Data"]
    assert "\n" not in content["Subject"]["Data"]
    assert "Pétrir la nuit" in content["Body"]["Text"]["Data"]
    assert "Pétrir la nuit" in content["Body"]["Html"]["Data"]
    assert "<html" in content["Body"]["Html"]["Data"]
    assert "<html" not in content["Body"]["Text"]["Data"]
    charsets = {part["Charset"] for part in (content["Subject"], *content["Body"].values())}
    assert charsets == {"UTF-8"}


def test_a_letter_to_the_depositor_carries_the_link_and_no_other_address_to_answer(
    ses: Any,
) -> None:
    seen = requests_of(ses)

    SesCourier(ses, SENDER).send(to_the_depositor(), MANAGE_URL)

    [mail] = seen
    assert mail["ReplyToAddresses"] == []
    for reading in mail["Content"]["Simple"]["Body"].values():
        assert MANAGE_URL in reading["Data"]


def test_a_reply_that_is_nobody_else_s_reaches_the_service_where_somebody_reads_it(
    ses: Any,
) -> None:
    seen = requests_of(ses)
    read = SesCourier(ses, SENDER, "contact@depot.example")

    read.send(to_the_depositor(), MANAGE_URL)
    read.send(to_the_opco(), None)

    assert [mail["ReplyToAddresses"] for mail in seen] == [
        ["contact@depot.example"],
        ["jeanne@example.org"],
    ]


def test_a_letter_that_may_be_refused_carries_the_headers_of_one_click(ses: Any) -> None:
    """RFC 8058, section 3.1: exactly this value, beside an https address."""
    seen = requests_of(ses)
    out = UnsubscribeLinks(
        "https://depot.example/desinscription.html#t", "https://depot.example/api?t=t"
    )

    SesCourier(ses, SENDER).send(to_the_opco(), None, out)
    SesCourier(ses, SENDER).send(to_the_opco(), None)

    automatic = {"Name": "Auto-Submitted", "Value": "auto-generated"}
    assert [mail["Content"]["Simple"]["Headers"] for mail in seen] == [
        [
            automatic,
            {"Name": "List-Unsubscribe", "Value": "<https://depot.example/api?t=t>"},
            {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"},
        ],
        [automatic],
    ]


@pytest.mark.parametrize("letter_id", ["cfa_need", "cfa_follow_up", "cfa_candidates", "reminder"])
def test_the_tags_of_a_letter_hold_what_ses_takes(ses: Any, letter_id: str) -> None:
    """256 characters at most, letters, digits, _ and - alone."""
    seen = requests_of(ses)
    about = f"{'f' * 32}-000000018"
    letter = to_the_opco(about=about, recruiter_id="a" * 32)
    SesCourier(ses, SENDER).send(letter.model_copy(update={"id": f"{letter_id}-{about}"}), None)

    tags = seen[0]["EmailTags"]
    assert [tag["Name"] for tag in tags] == ["letter", "recruiter"]
    for tag in tags:
        assert re.fullmatch(r"[\w-]{1,256}", tag["Value"], re.ASCII)


def test_the_sender_s_name_is_written_as_ses_demands(ses: Any) -> None:
    """RFC 2047: SES takes ASCII in a header, and encoded words for the rest."""
    seen = requests_of(ses)

    SesCourier(ses, SENDER).send(to_the_opco(), None)

    sender = seen[0]["FromEmailAddress"]
    assert sender.isascii()
    assert parseaddr(sender)[1] == SENDER


def test_a_duplicate_can_be_proved_by_the_letter_s_id(ses: Any) -> None:
    seen = requests_of(ses)
    letter = to_the_opco()

    for _ in range(2):
        SesCourier(ses, SENDER).send(letter, None)

    tags = [mail["EmailTags"] for mail in seen]
    whose = {"Name": "recruiter", "Value": letter.recruiter_id}
    assert tags == [[{"Name": "letter", "Value": letter.id}, whose]] * 2


def test_a_sender_not_verified_yet_is_a_delay_for_it_is_ours_to_mend(ses: Any) -> None:
    stranger = SesCourier(ses, "contact@ailleurs.example")

    with pytest.raises(MailDelayed):
        stranger.send(to_the_opco(), None)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("TooManyRequestsException", 429),
        ("LimitExceededException", 400),
        ("AccountSuspendedException", 400),
        ("SendingPausedException", 400),
        ("MailFromDomainNotVerifiedException", 400),
        ("AccessDeniedException", 403),
        ("InternalFailure", 500),
        ("ServiceUnavailable", 503),
    ],
)
def test_what_may_pass_later_is_a_delay(code: str, status: int) -> None:
    with pytest.raises(MailDelayed):
        failing(code, status).send(to_the_opco(), None)


def test_an_address_ses_cannot_read_is_a_refusal() -> None:
    with pytest.raises(MailRefused):
        failing("BadRequestException", 400).send(to_the_opco(), None)


def test_nobody_listening_is_a_delay() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        closed = f"http://127.0.0.1:{free.getsockname()[1]}"
    once = Config(retries={"total_max_attempts": 1})
    courier = SesCourier(boto3.client("sesv2", endpoint_url=closed, config=once), SENDER)

    with pytest.raises(MailDelayed):
        courier.send(to_the_opco(), None)


def test_a_reminder_brings_the_dates_that_moved_and_no_other(ses: Any) -> None:
    """One mail of two dossiers, of which one offer was extended since its confirmation."""
    seen = requests_of(ses)
    extended = an_offer("o2").extend(NOW + timedelta(days=10), USUAL)
    told = [
        LinkedLetter(
            a_letter(
                kind="reminder",
                about=offer.id,
                recruiter_id=offer.id,
                facts={**firm_facts(a_recruiter()), "offers": [offer_facts(offer)]},
            ),
            MANAGE_URL,
        )
        for offer in (an_offer("o1"), extended)
    ]

    SesCourier(ses, SENDER).send_together(told, MANAGE_URL)
    SesCourier(ses, SENDER).send(*told[0])

    (both,), none = (mail["Content"]["Simple"]["Attachments"] for mail in seen)
    assert none == []
    calendar = b64decode(both["RawContent"]).decode()
    assert calendar.count("BEGIN:VEVENT") == 1
    assert "UID:o2@depot" in calendar
    assert "SEQUENCE:10" in calendar


def test_a_confirmation_brings_a_calendar_and_no_other_letter_does(ses: Any) -> None:
    seen = requests_of(ses)
    courier = SesCourier(ses, SENDER)

    courier.send(to_the_depositor(), MANAGE_URL)
    added = {**firm_facts(a_recruiter()), **offer_facts(an_offer())}
    courier.send(a_letter(kind="offer_added", facts=added), MANAGE_URL)
    courier.send(to_the_opco(), None)

    first, second, third = (mail["Content"]["Simple"]["Attachments"] for mail in seen)
    assert [(each["FileName"], each["ContentType"]) for each in first] == [
        ("fin-de-mes-offres.ics", "text/calendar; method=PUBLISH; charset=utf-8")
    ]
    assert b"BEGIN:VEVENT" in b64decode(first[0]["RawContent"])
    assert [each["FileName"] for each in second] == ["fin-de-mes-offres.ics"]
    assert third == []
