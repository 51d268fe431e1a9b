"""The page of the mails that were sent: what a depositor, an OPCO or a centre receives.

The emulator keeps a mail's words and forgets the rest (Reply-To, headers, attachments). So
functions meet SES here (``AWS_ENDPOINT_URL_SESV2``): each mail goes on to the emulator, whose
answer is given, and is kept whole beside it.
"""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.header import decode_header, make_header
from typing import Any, Final
from zoneinfo import ZoneInfo

import requests
from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue


_PARIS: Final = ZoneInfo("Europe/Paris")
_TIMEOUT: Final = 5
_SEND: Final = "/v2/email/outbound-emails"
# What an AWS client and its server say to each other, beside the body.
_SAID: Final = ("Authorization", "X-Amz-Date", "X-Amz-Security-Token", "Content-Type")
_ANSWERED: Final = ("Content-Type", "x-amzn-RequestId", "x-amzn-ErrorType")

Sent = Mapping[str, Any]
"""A request of SES's SendEmail, as JSON."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a mail; ``content`` in base 64."""

    name: str
    kind: str
    content: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail the emulator took."""

    id: str
    sender: str
    to: list[str]
    cc: list[str]
    reply_to: list[str]
    headers: dict[str, str]
    subject: str
    text: str
    html: str
    attachments: list[Attachment]
    sent_at: str  # ISO 8601, UTC

    @property
    def shown_at(self) -> str:
        """When, for a person in France."""
        return datetime.fromisoformat(self.sent_at).astimezone(_PARIS).strftime("%d/%m/%Y %H:%M:%S")

    @property
    def framed(self) -> str:
        """The HTML part, its links opening in a new window."""
        if "<head>" in self.html:  # kept after the doctype, which sets the rendering mode
            return self.html.replace("<head>", "<head><base target=_blank>", 1)
        return f"<base target=_blank>{self.html}"


@dataclass(frozen=True)
class Post:
    """SES, as functions meet it; ``kept`` is what was sent, by the id the emulator gave it."""

    emulator: str
    kept: dict[str, Sent]

    def send(self) -> Response:
        """Send on what is being asked, and keep it once the emulator takes it."""
        answer = requests.post(
            self.emulator + _SEND,
            data=request.get_data(),
            headers={name: request.headers[name] for name in _SAID if name in request.headers},
            timeout=_TIMEOUT,
        )
        if answer.ok:
            self.kept[answer.json()["MessageId"]] = request.get_json(force=True)
        headers = {name: answer.headers[name] for name in _ANSWERED if name in answer.headers}
        return Response(answer.content, answer.status_code, headers)

    def mails(self) -> list[Mail]:
        """Every mail of the emulator, newest first."""
        answer = requests.get(f"{self.emulator}/_ministack/ses/messages", timeout=_TIMEOUT)
        answer.raise_for_status()
        accounts = answer.json()["messages"].values()
        found = [self._mail(message) for messages in accounts for message in messages]
        return sorted(found, key=lambda mail: mail.sent_at, reverse=True)

    def mail(self, mail_id: str) -> Mail | None:
        """One of them."""
        return next((mail for mail in self.mails() if mail.id == mail_id), None)

    def _mail(self, message: dict[str, Any]) -> Mail:
        sent = self.kept.get(message["MessageId"], {})
        content = sent.get("Content", {}).get("Simple", {})
        return Mail(
            id=message["MessageId"],
            sender=str(make_header(decode_header(message["Source"]))),
            to=message["To"],
            cc=message["CC"],
            reply_to=sent.get("ReplyToAddresses", []),
            headers={header["Name"]: header["Value"] for header in content.get("Headers", [])},
            subject=message["Subject"],
            text=message["BodyText"] or "",
            html=message["BodyHtml"] or "",
            attachments=[
                Attachment(piece["FileName"], piece["ContentType"], piece["RawContent"])
                for piece in content.get("Attachments", [])
            ],
            sent_at=datetime.fromtimestamp(message["Timestamp"], UTC).isoformat(),
        )


def mailbox(emulator: str) -> Blueprint:
    """Make the pages: /boite, /boite/<id> and its attachments, /boite.json for tests; and SES."""
    pages, post = Blueprint("mailbox", __name__, template_folder="templates"), Post(emulator, {})

    pages.add_url_rule(_SEND, view_func=post.send, methods=["POST"])

    @pages.get("/boite.json")
    def as_json() -> ResponseReturnValue:
        return jsonify([asdict(mail) for mail in post.mails()])

    @pages.get("/boite")
    def index() -> ResponseReturnValue:
        return render_template("mailbox/list.html", title="Boîte aux lettres", mails=post.mails())

    @pages.get("/boite/<mail_id>")
    def show(mail_id: str) -> ResponseReturnValue:
        if mail := post.mail(mail_id):
            return render_template("mailbox/mail.html", title=mail.subject, mail=mail)
        return _missing("E-mail introuvable", "L’émulateur a peut-être redémarré depuis."), 404

    @pages.get("/boite/<mail_id>/pieces/<int:rank>")
    def attachment(mail_id: str, rank: int) -> ResponseReturnValue:
        mail = post.mail(mail_id)
        if mail is None or rank >= len(mail.attachments):
            return _missing("Pièce jointe introuvable", "Cet e-mail n’en a pas de telle."), 404
        piece = mail.attachments[rank]
        file = Response(b64decode(piece.content), content_type=piece.kind)
        file.headers.set("Content-Disposition", "attachment", filename=piece.name)
        return file

    @pages.errorhandler(requests.RequestException)
    def unreachable(_error: requests.RequestException) -> ResponseReturnValue:
        return _missing("L’émulateur ne répond pas", "« make local » tourne-t-il encore ?"), 502

    @pages.after_request
    def careful(response: Response) -> Response:
        response.headers |= {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        return response

    return pages


def _missing(title: str, advice: str) -> str:
    return render_template("mailbox/missing.html", title=title, advice=advice)
