"""The courier: composes a letter and hands it to SES.

SES has no idempotency key: the letter's id travels as a message tag, which SES's own events carry
once a configuration set publishes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formataddr
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from botocore.exceptions import BotoCoreError, ClientError

from depot.domain.errors import MailDelayed, MailRefused
from depot.domain.letter import Letter, Reader
from depot.mail.render import Mail, render


if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sesv2.type_defs import ContentTypeDef, MessageTypeDef

_SENDER_NAME: Final = "Dépôt d’offres en alternance"
# What templates call the link, by who reads them.
_LINKS: Final[Mapping[Reader, str]] = {
    "depositor": "manage_url",
    "opco": "notice_url",
    "employer": "employer_url",
}
# What will be refused again tomorrow: an address SES cannot read. MessageRejected is not: SES also
# says it of a sender it has not verified yet, and that is ours to mend while letters wait.
_REFUSALS: Final = frozenset({"BadRequestException"})


def compose(letter: Letter, link: str | None) -> Mail:
    """Render a letter. Links exist only here, in the mail that leaves."""
    values: dict[str, object] = {**letter.facts, "_self": letter.facts}
    if link is None:
        return render(letter.kind, values)
    page, _, token = link.partition("#")

    def action(name: str, **about: str) -> str:
        """The page with one action open; only a click there acts."""
        return f"{page}?{urlencode({'action': name, **about})}#{token}"

    return render(letter.kind, {**values, _LINKS[letter.reader]: link, "action": action})


@dataclass(frozen=True)
class SesCourier:
    """Sends through SES from one verified identity."""

    client: "SESV2Client"
    sender: str

    def send(self, letter: Letter, link: str | None) -> str:
        """Compose and send; give SES's message id."""
        mail = compose(letter, link)
        try:
            answer = self.client.send_email(
                # SES takes ASCII alone: the name goes as an encoded word (RFC 2047).
                FromEmailAddress=formataddr((_SENDER_NAME, self.sender)),
                Destination={"ToAddresses": [letter.to]},
                ReplyToAddresses=[letter.reply_to] if letter.reply_to else [],
                Content={"Simple": _content(mail)},
                EmailTags=[{"Name": "letter", "Value": letter.id}],
            )
        except ClientError as error:
            refused = error.response["Error"]["Code"] in _REFUSALS
            raise (MailRefused if refused else MailDelayed) from error
        except BotoCoreError as error:
            raise MailDelayed from error
        return answer["MessageId"]


def _content(mail: Mail) -> "MessageTypeDef":
    def utf8(text: str) -> "ContentTypeDef":
        return {"Data": text, "Charset": "UTF-8"}

    return {
        "Subject": utf8(mail.subject),
        "Body": {"Text": utf8(mail.text), "Html": utf8(mail.html)},
    }
