"""Fill a fresh deployment, pages, catalogue and token of the stand-in, and warm it up."""

import json
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from depot.storage.catalogue import CATALOGUE_KEY
from local import web
from local.emulator import client
from local.places import ROOT, Places
from local.standin.api_entreprise import RECIPIENT, TOKEN


CATALOGUE: Final = ROOT / "local" / "data" / "cfa_catalogue.jsonl.gz"

# Not every machine's own table knows these.
_TYPES: Final = {".woff2": "font/woff2", ".svg": "image/svg+xml", ".js": "text/javascript"}
_TEXT: Final = ("text/", "application/json", "image/svg+xml")


def seed(places: Places, outputs: dict[str, Any]) -> None:
    """Upload pages and catalogue; write down what the stand-in of API Entreprise wants."""
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
    s3.put_object(Bucket=outputs["DataBucket"], Key=CATALOGUE_KEY, Body=CATALOGUE.read_bytes())
    client("secretsmanager", places).put_secret_value(
        SecretId=outputs["ApiEntrepriseSecret"],
        SecretString=json.dumps({"token": TOKEN, "recipient": RECIPIENT}),
    )


def warm(places: Places, functions: Mapping[str, str]) -> None:
    """Start the functions the streams feed, without waiting for them.

    The emulator runs one stream batch at a time: a first deposit would wait for three cold starts.
    publish_feed and notify_opco are woken as by their schedules: the feed has an index before any
    offer, the stand-in's file of SIRO is imported before any notice.
    """
    nothing, schedule = b'{"Records": []}', b'{"source": "schedule"}'
    events = {"publish_feed": schedule, "notify_opco": schedule, "match_cfa": nothing}
    functions_api = client("lambda", places)
    for name, event in events.items():
        functions_api.invoke(FunctionName=functions[name], InvocationType="Event", Payload=event)


def content_type(path: Path) -> str:
    """Tell a browser what a file is."""
    guess = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    kind = guess or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith(_TEXT) else kind
