"""SES's events, as EventBridge hands them over.

Format: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html
(the event is ``detail``). Each mail has one addressee, and says by its tags which letter it was.
"""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import Field, ValidationError

from depot.domain.model import Value
from depot.usecases.letters.mail_events import MailEvent


# Somebody took our mail out of his spam: the contrary of a complaint.
_NOT_SPAM: Final = "not-spam"


class _Recipient(Value):
    address: str = Field(alias="emailAddress")


class _Bounce(Value):
    kind: str = Field(alias="bounceType")
    recipients: tuple[_Recipient, ...] = Field(alias="bouncedRecipients")


class _Complaint(Value):
    recipients: tuple[_Recipient, ...] = Field(alias="complainedRecipients")
    feedback: str | None = Field(None, alias="complaintFeedbackType")


class _Mail(Value):
    tags: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)


class _Detail(Value):
    mail: _Mail
    bounce: _Bounce | None = None
    complaint: _Complaint | None = None


def read_event(event: dict[str, Any]) -> MailEvent | None:
    """What happened to a mail of ours, if it concerns us: a lasting return, or a complaint."""
    try:
        detail = _Detail.model_validate(event.get("detail"))
    except ValidationError:
        return None
    what, recipients = _what(detail)
    letter, recruiter = (detail.mail.tags.get(tag, ())[:1] for tag in ("letter", "recruiter"))
    if what is None or not letter or not recruiter:
        return None
    addresses = tuple(recipient.address for recipient in recipients)
    return MailEvent(what=what, addresses=addresses, recruiter_id=recruiter[0], letter_id=letter[0])


def _what(detail: _Detail) -> tuple[Any, tuple[_Recipient, ...]]:
    bounce, complaint = detail.bounce, detail.complaint
    if bounce and bounce.kind == "Permanent":
        return "bounced", bounce.recipients
    if complaint and complaint.feedback != _NOT_SPAM:
        return "complained", complaint.recipients
    return None, ()
