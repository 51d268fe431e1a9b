"""The courier: composes a letter and hands it to SES.

SES has no idempotency key: whose letter it is, and its id, travel as message tags, which SES's own
events carry (``usecases/letters/mail_events.py``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.utils import formataddr
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urljoin

from botocore.exceptions import BotoCoreError, ClientError

from depot.domain.errors import MailDelayed, MailRefused
from depot.domain.letters.letter import TOLD_TOGETHER, Addressee, Letter
from depot.feed.public import page_path
from depot.mail.render import Answers, Mail, render
from depot.ports.courier import LinkedLetter
from depot.ports.links import UnsubscribeLinks
from depot.usecases.letters.facts import MANY


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


def compose(
    letter: Letter,
    link: str | None,
    unsubscribe: UnsubscribeLinks | None = None,
    service: str | None = None,
) -> Mail:
    """Render a letter. Links exist only here, in the mail that leaves.

    ``service`` is where questions about the service are read, if anywhere.
    """
    if link and letter.kind in TOLD_TOGETHER:
        return compose_together([LinkedLetter(letter, link)], link, service)
    answers = Answers(letter.reply_to, service)
    values: dict[str, object] = {**letter.facts, "_self": letter.facts}
    if unsubscribe:
        values["unsubscribe"] = unsubscribe.page
    if link is None:
        return render(letter.kind, values, answers)
    page = link.partition("#")[0]

    def online(offer_id: str) -> str:
        """The public page of an offer."""
        return urljoin(page, page_path(offer_id))

    own = {_LINKS[letter.reader]: link, "action": _action(link), "online": online}
    each = {"actions": [_action(url) for url in _urls(letter)]}
    return render(letter.kind, {**values, **own, **each}, answers)


def compose_together(
    told: Sequence[LinkedLetter], everything: str, service: str | None = None
) -> Mail:
    """Render letters of one kind about the offers of one or several dossiers.

    Each offer has the actions of its own dossier; those that end first are listed, and
    ``everything`` leads to the others.
    """
    offers: list[dict[str, Any]] = [
        {
            **offer,
            "firm": letter.facts["firm"],
            "action": partial(_action(link), offre=offer["offer"]),
        }
        for letter, link in told
        for offer in _offers(letter)
    ]
    offers.sort(key=lambda offer: offer["ends_on"])
    values = {
        "firms": len({letter.recruiter_id for letter, _ in told}),
        "offers": offers[:MANY],
        "others": len(offers[MANY:]),
        "moved": any(offer.get("moved") for offer in offers),
        "everything": everything,
        "action": _action(told[0].link),
    }
    return render(told[0].letter.kind, values, Answers(None, service))


def _offers(letter: Letter) -> Any:  # noqa: ANN401 - facts are JSON
    return letter.facts["offers"]


def _urls(letter: Letter) -> Any:  # noqa: ANN401 - facts are JSON
    """Of a letter that opens several deposits, the link of each."""
    return letter.facts.get("urls", [])


def _action(link: str) -> Callable[..., str]:
    """Addresses of a page with one action open; only a click there acts."""
    page, _, token = link.partition("#")

    def action(name: str, **about: str) -> str:
        return f"{page}?{urlencode({'action': name, **about})}#{token}"

    return action


@dataclass(frozen=True)
class SesCourier:
    """Sends through SES from one verified identity.

    ``service`` reads the replies that are nobody else's; None: nobody does, and mails say so.
    """

    client: "SESV2Client"
    sender: str
    service: str | None = None

    def send(
        self, letter: Letter, link: str | None, unsubscribe: UnsubscribeLinks | None = None
    ) -> str:
        """Compose and send; give SES's message id."""
        mail = compose(letter, link, unsubscribe, self.service)
        return self._send([letter], mail, unsubscribe)

    def send_together(self, told: Sequence[LinkedLetter], everything: str) -> str:
        """The same; the tags are those of the first letter."""
        letters = [each.letter for each in told]
        return self._send(letters, compose_together(told, everything, self.service))

    def _send(
        self, letters: Sequence[Letter], mail: Mail, unsubscribe: UnsubscribeLinks | None = None
    ) -> str:
        letter = letters[0]
        reply_to = letter.reply_to or self.service
        try:
            answer = self.client.send_email(
                # SES takes ASCII alone: the name goes as an encoded word (RFC 2047).
                FromEmailAddress=formataddr((_SENDER_NAME, self.sender)),
                Destination={"ToAddresses": [letter.to]},
                ReplyToAddresses=[reply_to] if reply_to else [],
                Content={
                    "Simple": {
                        **_content(mail),
                        "Headers": _headers(unsubscribe),
                        "Attachments": _attachments(letters, self.sender),
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
    """No out-of-office answers (RFC 3834); one click to be written to no more (RFC 8058)."""
    headers: list[MessageHeaderTypeDef] = [{"Name": "Auto-Submitted", "Value": "auto-generated"}]
    if unsubscribe is None:
        return headers
    return [
        *headers,
        {"Name": "List-Unsubscribe", "Value": f"<{unsubscribe.one_click}>"},
        {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"},
    ]


def _attachments(letters: Sequence[Letter], sender: str) -> "list[AttachmentTypeDef]":
    """The calendar, where a depositor learns of a last day, or is told of one that moved."""
    offers = [offer for letter in letters for offer in _dated(letter)]
    if not offers:
        return []
    # Imported here: only letters that have a calendar pay for it.
    from depot.mail.calendar import last_days  # noqa: PLC0415

    body = last_days(offers, letters[0].created_at, sender)
    kind = "text/calendar; method=PUBLISH; charset=utf-8"
    return [{"RawContent": body, "FileName": "fin-de-mes-offres.ics", "ContentType": kind}]


def _dated(letter: Letter) -> Sequence[Mapping[str, Any]]:
    """The offers of a letter that go into the calendar of its reader."""
    if letter.kind == "reminder":
        return [offer for offer in _offers(letter) if offer.get("moved")]
    offers: Any = letter.facts.get("offers", [letter.facts])
    return offers if letter.kind in _DATED else ()


def _content(mail: Mail) -> "MessageTypeDef":
    def utf8(text: str) -> "ContentTypeDef":
        return {"Data": text, "Charset": "UTF-8"}

    return {
        "Subject": utf8(mail.subject),
        "Body": {"Text": utf8(mail.text), "Html": utf8(mail.html)},
    }
