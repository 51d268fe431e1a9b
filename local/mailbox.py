"""The page of the mails the emulator holds: what a depositor, an OPCO or a centre receives."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

import requests
from flask import Blueprint, Response, jsonify, render_template_string
from flask.typing import ResponseReturnValue


_PARIS: Final = ZoneInfo("Europe/Paris")
_TIMEOUT: Final = 5

_LAYOUT: Final = """<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{ title }}</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto;
         padding: 0 1rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0;
           border-bottom: 1px solid #767676; overflow-wrap: anywhere; }
  time { white-space: nowrap; }
  dt { font-weight: bold; float: left; width: 4rem; clear: left; }
  dd { margin-left: 4.5rem; overflow-wrap: anywhere; }
  iframe { width: 100%; height: 40rem; border: 1px solid #767676; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #767676; padding: 1rem; }
</style>
<main>
"""
_LIST: Final = (
    _LAYOUT
    + """<h1>Boîte aux lettres locale</h1>
<p>Tous les e-mails envoyés, du plus récent au plus ancien. Rien n’est sorti de cette machine.
<a href="">Actualiser</a></p>
{% if mails %}
<table>
<thead><tr><th scope="col">Objet</th><th scope="col">Destinataire</th>
<th scope="col">Envoyé</th></tr></thead>
<tbody>
{% for mail in mails %}
<tr><td><a href="{{ url_for('mailbox.show', mail_id=mail.id) }}">
{{- mail.subject or '(sans objet)' }}</a></td>
<td>{{ mail.to | join(', ') }}</td>
<td><time datetime="{{ mail.sent_at }}">{{ mail.shown_at }}</time></td></tr>
{% endfor %}
</tbody>
</table>
{% else %}
<p>Aucun e-mail pour l’instant.</p>
{% endif %}
</main>
</html>"""
)
_ONE: Final = (
    _LAYOUT
    + """<p><a href="{{ url_for('mailbox.index') }}">Retour à la liste</a></p>
<h1>{{ mail.subject or '(sans objet)' }}</h1>
<dl><dt>De</dt><dd>{{ mail.sender }}</dd><dt>À</dt><dd>{{ mail.to | join(', ') }}</dd>
{% if mail.cc %}<dt>Copie</dt><dd>{{ mail.cc | join(', ') }}</dd>{% endif %}
<dt>Envoyé</dt><dd><time datetime="{{ mail.sent_at }}">{{ mail.shown_at }}</time></dd></dl>
{% if mail.html %}
<h2>Version mise en page</h2>
<iframe title="E-mail mis en page" sandbox="allow-popups allow-popups-to-escape-sandbox"
  srcdoc="{{ mail.framed }}"></iframe>
{% endif %}
<h2>Version texte</h2>
{% if mail.text %}<pre>{{ mail.text | urlize(target='_blank') }}</pre>
{% else %}<p>Pas de version texte.</p>{% endif %}
</main>
</html>"""
)
_MISSING: Final = _LAYOUT + "<h1>{{ title }}</h1>\n<p>{{ advice }}</p>\n</main>\n</html>"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail the emulator took."""

    id: str
    sender: str
    to: list[str]
    cc: list[str]
    subject: str
    text: str
    html: str
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


def mails(emulator: str) -> list[Mail]:
    """Every mail of the emulator, newest first."""
    answer = requests.get(f"{emulator}/_ministack/ses/messages", timeout=_TIMEOUT)
    answer.raise_for_status()
    accounts = answer.json()["messages"].values()
    found = [_mail(message) for messages in accounts for message in messages]
    return sorted(found, key=lambda mail: mail.sent_at, reverse=True)


def mailbox(emulator: str) -> Blueprint:
    """Make the pages: /boite, /boite/<id>, and /boite.json for tests."""
    pages = Blueprint("mailbox", __name__)

    @pages.get("/boite.json")
    def as_json() -> ResponseReturnValue:
        return jsonify([asdict(mail) for mail in mails(emulator)])

    @pages.get("/boite")
    def index() -> ResponseReturnValue:
        return render_template_string(_LIST, title="Boîte aux lettres", mails=mails(emulator))

    @pages.get("/boite/<mail_id>")
    def show(mail_id: str) -> ResponseReturnValue:
        for mail in mails(emulator):
            if mail.id == mail_id:
                return render_template_string(_ONE, title=mail.subject, mail=mail)
        return _missing("E-mail introuvable", "L’émulateur a peut-être redémarré depuis."), 404

    @pages.errorhandler(requests.RequestException)
    def unreachable(_error: requests.RequestException) -> ResponseReturnValue:
        return _missing("L’émulateur ne répond pas", "« make local » tourne-t-il encore ?"), 502

    @pages.after_request
    def never_cached(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response

    return pages


def _missing(title: str, advice: str) -> str:
    return render_template_string(_MISSING, title=title, advice=advice)


def _mail(message: dict[str, object]) -> Mail:
    return Mail(
        id=str(message["MessageId"]),
        sender=str(message["Source"]),
        to=_texts(message["To"]),
        cc=_texts(message["CC"]),
        subject=str(message["Subject"]),
        text=str(message["BodyText"] or ""),
        html=str(message["BodyHtml"] or ""),
        sent_at=datetime.fromtimestamp(float(str(message["Timestamp"])), UTC).isoformat(),
    )


def _texts(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, list) else []
