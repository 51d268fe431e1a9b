"""The courier: composes a letter and hands it to SES.

SES has no idempotency key: whose letter it is, and its id, travel as message tags, which SES's own
events carry (``usecases/letters/mail_events.py``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formataddr
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urljoin

from botocore.exceptions import BotoCoreError, ClientError

from depot.domain.errors import MailDelayed, MailRefused
from depot.domain.letters.letter import Addressee, Letter
from depot.feed.public import page_path
from depot.mail.render import Mail, render
from depot.ports.links import UnsubscribeLinks


if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sesv2.type_defs import (
        AttachmentTypeDef,
        ContentTypeDef,
        MessageHeaderTypeDef,
        MessageTypeDef,
    )

_SENDER_NAME: Final = "Dépôt d’offres en alternance"
# What templates call the link, by who reads them.
_LINKS: Final[Mapping[Addressee, str]] = {
    "depositor": "manage_url",
    "address": "firms_url",
    "new_address": "confirm_url",
    "opco": "notice_url",
    "cfa": "cfa_url",
    "employer": "employer_url",
}
# Letters that say until when offers are live.
_DATED: Final = frozenset({"deposit_received", "offer_added"})
# What will be refused again tomorrow: an address SES cannot read. MessageRejected is not: SES also
# says it of a sender it has not verified yet, and that is ours to mend while letters wait.
_REFUSALS: Final = frozenset({"BadRequestException"})


def compose(letter: Letter, link: str | None, unsubscribe: UnsubscribeLinks | None = None) -> Mail:
    """Render a letter. Links exist only here, in the mail that leaves."""
    values: dict[str, object] = {**letter.facts, "_self": letter.facts}
    if unsubscribe:
        values["unsubscribe"] = unsubscribe.page
    if link is None:
        return render(letter.kind, values)
    page, _, token = link.partition("#")

    def action(name: str, **about: str) -> str:
        """The page with one action open; only a click there acts."""
        return f"{page}?{urlencode({'action': name, **about})}#{token}"

    def online(offer_id: str) -> str:
        """The public page of an offer."""
        return urljoin(page, page_path(offer_id))

    own = {_LINKS[letter.reader]: link, "action": action, "online": online}
    return render(letter.kind, {**values, **own})


@dataclass(frozen=True)
class SesCourier:
    """Sends through SES from one verified identity."""

    client: "SESV2Client"
    sender: str

    def send(
        self, letter: Letter, link: str | None, unsubscribe: UnsubscribeLinks | None = None
    ) -> str:
        """Compose and send; give SES's message id."""
        mail = compose(letter, link, unsubscribe)
        try:
            answer = self.client.send_email(
                # SES takes ASCII alone: the name goes as an encoded word (RFC 2047).
                FromEmailAddress=formataddr((_SENDER_NAME, self.sender)),
                Destination={"ToAddresses": [letter.to]},
                ReplyToAddresses=[letter.reply_to] if letter.reply_to else [],
                Content={
                    "Simple": {
                        **_content(mail),
                        "Headers": _headers(unsubscribe),
                        "Attachments": _attachments(letter),
                    }
                },
                EmailTags=[
                    {"Name": "letter", "Value": letter.id},
                    {"Name": "recruiter", "Value": letter.recruiter_id},
                ],
            )
        except ClientError as error:
            refused = error.response["Error"]["Code"] in _REFUSALS
            raise (MailRefused if refused else MailDelayed) from error
        except BotoCoreError as error:
            raise MailDelayed from error
        return answer["MessageId"]


def _headers(unsubscribe: UnsubscribeLinks | None) -> "list[MessageHeaderTypeDef]":
    """One click to be written to no more (RFC 8058); no mailto: nobody reads our mailbox."""
    if unsubscribe is None:
        return []
    return [
        {"Name": "List-Unsubscribe", "Value": f"<{unsubscribe.one_click}>"},
        {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"},
    ]


def _attachments(letter: Letter) -> "list[AttachmentTypeDef]":
    """The calendar, where a depositor learns of a last day for the first time."""
    offers: Any = letter.facts.get("offers", [letter.facts])
    if letter.kind not in _DATED or not offers:
        return []
    # Imported here: only letters that have a calendar pay for it.
    from depot.mail.calendar import last_days  # noqa: PLC0415

    body = last_days(offers, letter.created_at)
    kind = "text/calendar; method=PUBLISH; charset=utf-8"
    return [{"RawContent": body, "FileName": "fin-de-mes-offres.ics", "ContentType": kind}]


def _content(mail: Mail) -> "MessageTypeDef":
    def utf8(text: str) -> "ContentTypeDef":
        return {"Data": text, "Charset": "UTF-8"}

    return {
        "Subject": utf8(mail.subject),
        "Body": {"Text": utf8(mail.text), "Html": utf8(mail.html)},
    }
