"""Fill a fresh deployment, pages, catalogue and token of the stand-in, and warm it up."""

import json
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from depot.keys.partners import key_digest
from local import web
from local.emulator import client
from local.places import Places
from local.standin.api_entreprise import RECIPIENT, TOKEN


# Not every machine's own table knows these.
_TYPES: Final = {".woff2": "font/woff2", ".svg": "image/svg+xml", ".js": "text/javascript"}
# Who sends receipts here, by a key that opens nothing elsewhere.
PARTNER: Final = "la-bonne-alternance"
PARTNER_KEY: Final = "a-key-for-this-machine"
_TEXT: Final = ("text/", "application/json", "image/svg+xml")


class ImportFailed(Exception):
    """The import said no; the message is what it printed."""


def seed(places: Places, outputs: dict[str, Any]) -> None:
    """Upload the pages; write down what API Entreprise's stand-in wants, and a partner's key."""
    s3 = client("s3", places)
    pages = web.build(places.home / "web")
    for path in sorted(path for path in pages.rglob("*") if path.is_file()):
        s3.put_object(
            Bucket=outputs["WebBucket"],
            Key=path.relative_to(pages).as_posix(),
            Body=path.read_bytes(),
            ContentType=content_type(path),
            CacheControl="no-cache",
        )
    held = {
        "ApiEntrepriseSecret": {"token": TOKEN, "recipient": RECIPIENT},
        "PartnerSecret": {PARTNER: key_digest(PARTNER_KEY)},
    }
    for output, texts in held.items():
        client("secretsmanager", places).put_secret_value(
            SecretId=outputs[output], SecretString=json.dumps(texts)
        )


def import_catalogue(places: Places, functions: Mapping[str, str]) -> int:
    """Import the stand-in's catalogue as the schedule does; give how many trainings it holds.

    Waits for it: a first deposit may ask at once. Raises ImportFailed.
    """
    answer = client("lambda", places).invoke(
        FunctionName=functions["match_cfa"], Payload=b'{"source": "schedule"}'
    )
    said = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raise ImportFailed(f"The catalogue of trainings was not imported: {said}")
    return int(said["trainings"])


def warm(places: Places, functions: Mapping[str, str]) -> None:
    """Start the functions the streams feed, without waiting for them.

    The emulator runs one stream batch at a time: a first deposit would wait for three cold starts.
    publish_feed and notify_opco are woken as by their schedules: the feed has an index before any
    offer, the stand-in's file of SIRO is imported before any notice. match_cfa, which imported its
    catalogue, is warm. expire_offers counts, as its schedule does once it is made: the page of
    statistics has its file.
    """
    events = {
        **dict.fromkeys(("publish_feed", "notify_opco"), b'{"source": "schedule"}'),
        "expire_offers": b'{"source": "schedule", "task": "count"}',
    }
    functions_api = client("lambda", places)
    for name, event in events.items():
        functions_api.invoke(FunctionName=functions[name], InvocationType="Event", Payload=event)


def content_type(path: Path) -> str:
    """Tell a browser what a file is."""
    guess = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    kind = guess or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith(_TEXT) else kind
