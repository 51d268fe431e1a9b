"""The mailbox of `make local`: each mail as its reader would have it, on the emulator."""

from base64 import b64decode
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
import requests
from botocore.exceptions import ClientError

from depot.mail.courier import SesCourier
from depot.usecases.letters.facts import firm_facts, offer_facts
from local.standin.app import serving, standin
from tests.builders import a_letter, a_recruiter, an_offer


SENDER = "ne-pas-repondre@depot.example"
LINK = "https://depot.example/gerer.html#t"

pytestmark = pytest.mark.emulator


@pytest.fixture
def box(ministack: Callable[[str], Any]) -> Iterator[str]:
    """Where the mailbox answers, and SES for those who are to be read there."""
    ses = ministack("sesv2")
    ses.create_email_identity(EmailIdentity=SENDER.partition("@")[2])
    with serving(standin(ses.meta.endpoint_url)) as url:
        yield url
    ses.delete_email_identity(EmailIdentity=SENDER.partition("@")[2])


def courier(box: str, sender: str = SENDER) -> SesCourier:
    return SesCourier(boto3.client("sesv2", endpoint_url=box), sender)


def posted(box: str, **over: Any) -> dict[str, Any]:
    """A letter that left, as the mailbox tells of it."""
    facts = {**firm_facts(a_recruiter()), **offer_facts(an_offer())}
    letter = a_letter(**{"kind": "offer_added", "about": "o1", "facts": facts, **over})
    sent = courier(box).send(letter, LINK)
    mails = requests.get(f"{box}/boite.json", timeout=5).json()
    (mail,) = (mail for mail in mails if mail["id"] == sent)
    return dict(mail)


def test_a_mail_is_shown_with_whom_a_reply_reaches(box: str) -> None:
    mail = posted(box, reply_to="jeanne@example.org")

    page = requests.get(f"{box}/boite/{mail['id']}", timeout=5).text

    assert mail["reply_to"] == ["jeanne@example.org"]
    assert "<dt>Répondre à</dt><dd>jeanne@example.org</dd>" in page
    assert "Dépôt d’offres en alternance &lt;" in page, "the sender’s name, decoded"


def test_an_attachment_can_be_kept(box: str) -> None:
    mail = posted(box)
    (calendar,) = mail["attachments"]

    page = requests.get(f"{box}/boite/{mail['id']}", timeout=5).text
    kept = requests.get(f"{box}/boite/{mail['id']}/pieces/0", timeout=5)

    assert f'href="/boite/{mail["id"]}/pieces/0"' in page
    assert kept.content == b64decode(calendar["content"])
    assert b"BEGIN:VEVENT" in kept.content
    assert kept.headers["Content-Type"] == calendar["kind"]
    assert "filename=fin-de-mes-offres.ics" in kept.headers["Content-Disposition"]
    assert kept.headers["X-Content-Type-Options"] == "nosniff"


def test_a_mail_without_attachment_has_none_to_give(box: str) -> None:
    mail = posted(box, kind="firm_verified", facts={**firm_facts(a_recruiter()), "offers": []})

    page = requests.get(f"{box}/boite/{mail['id']}", timeout=5).text

    assert "Pièce jointe" not in page
    assert requests.get(f"{box}/boite/{mail['id']}/pieces/0", timeout=5).status_code == 404


def test_both_readings_are_shown_the_page_in_a_frame_that_runs_nothing(box: str) -> None:
    mail = posted(box)

    page = requests.get(f"{box}/boite/{mail['id']}", timeout=5).text

    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    assert "allow-scripts" not in page
    assert "<pre>Bonjour," in page


def test_what_the_emulator_refuses_is_refused_and_not_shown(box: str) -> None:
    with pytest.raises(ClientError, match="MessageRejected"):
        courier(box, "contact@ailleurs.example").client.send_email(
            FromEmailAddress="contact@ailleurs.example",
            Destination={"ToAddresses": ["jeanne@example.org"]},
            Content={"Simple": {"Subject": {"Data": "x"}, "Body": {"Text": {"Data": "Perdu."}}}},
        )

    assert "Perdu." not in requests.get(f"{box}/boite.json", timeout=5).text


def test_a_mail_sent_past_the_mailbox_is_shown_too(
    box: str, ministack: Callable[[str], Any]
) -> None:
    sent = SesCourier(ministack("sesv2"), SENDER).send(
        a_letter(kind="firm_verified", facts={**firm_facts(a_recruiter()), "offers": []}), LINK
    )

    mails = {mail["id"]: mail for mail in requests.get(f"{box}/boite.json", timeout=5).json()}

    assert mails[sent]["reply_to"] == []
    assert mails[sent]["attachments"] == []
