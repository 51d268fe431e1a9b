"""The deployed site as its users meet it: pages, mailbox, feed, clock."""

import gzip
import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import boto3
import requests

from depot.storage.tables import DynamoStore
from depot_reader.follow import follow
from depot_reader.mirror import Mirror
from depot_reader.site import Site as Feed
from depot_reader.site import new_session


T = TypeVar("T")


def eventually(look: Callable[[], T | None], *, seconds: float = 15) -> T:
    """What ``look`` finds, as soon as it finds something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError(f"nothing found in {seconds} s")


@dataclass(frozen=True)
class Site:
    facts: dict[str, Any]
    mirror: Path

    @property
    def url(self) -> str:
        return str(self.facts["site"])

    def get(self, path: str, **headers: str) -> requests.Response:
        """Plain HTTP GET; the body is not read, nor decompressed, until asked for."""
        return requests.get(
            self.facts["emulator"] + path,
            headers={"Host": self.facts["host"], **headers},
            timeout=10,
            stream=True,
        )

    def api(self, method: str, path: str, body: Any = None, **headers: str) -> requests.Response:
        return requests.request(
            method,
            f"{self.facts['emulator']}/api{path}",
            json=body,
            headers={"Host": self.facts["host"], **headers},
            timeout=60,
        )

    def deposit(self, siret: str, email: str) -> dict[str, Any]:
        """One need for a baker, as the form sends it."""
        body = {
            "submission_id": str(uuid4()),
            "siret": siret,
            "contact": {"name": "Jeanne Martin", "email": email, "phone": "01 99 00 12 34"},
            "offers": [{"metier": "11573"}],
            "duplicates": "accept",  # other tests may have deposited the same
        }
        answer = self.api("POST", "/recruiters", body)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def mails(self, to: str = "", about: str = "") -> list[dict[str, Any]]:
        """Mails to an address that holds ``to``, newest first."""
        mails = requests.get(f"{self.facts['mailbox']}.json", timeout=10).json()
        return [m for m in mails if to in m["to"][0] and about in m["subject"] + m["text"]]

    def mail(self, to: str, about: str = "") -> dict[str, Any]:
        return eventually(lambda: next(iter(self.mails(to, about)), None))

    def link(self, to: str, button: str) -> str:
        """Where a button of the newest mail that has it leads."""
        text = self.mail(to, button)["text"]
        found = re.search(rf"{re.escape(button)}[^\n]*:\n(http://\S+)", text)
        assert found, text
        return found[1]

    def managed(self, link: str) -> list[dict[str, Any]]:
        """Give the offers that the page behind a link shows."""
        token = link.partition("#")[2]
        answer = self.api("GET", "/manage", Authorization=f"Bearer {token}").json()
        return list(answer["offers"])

    @contextmanager
    def partner(self) -> Iterator[Mirror]:
        """A partner's copy of the feed, in step: the reference reader has just run."""
        with new_session() as session, Mirror.open_for(self.mirror, self.url) as mirror:
            session.headers["Host"] = self.facts["host"]
            follow(Feed(self.facts["emulator"], session), mirror, datetime.now(UTC).isoformat())
            yield mirror

    def live(self) -> dict[str, dict[str, Any]]:
        """What a partner holds: offer id -> record."""
        with self.partner() as mirror:
            return {offer_id: json.loads(record) for offer_id, record in mirror.offers()}

    def withdrawn(self, offer_id: str) -> str | None:
        """Why an offer left, as a partner read it."""
        with self.partner() as mirror:
            return next((gone.reason for gone in mirror.withdrawn() if gone.id == offer_id), None)

    def index(self) -> dict[str, Any]:
        """Where everything is, for what the reference reader does not read."""
        return dict(self.get("/feed/v1/index.json").json())

    def file(self, entry: dict[str, Any]) -> bytes:
        """A file the index names, checked against it."""
        stored = self.get(entry["path"]).raw.read(decode_content=False)
        assert len(stored) == entry["bytes"]
        assert hashlib.sha256(stored).hexdigest() == entry["sha256"]
        return gzip.decompress(stored)

    def document(self) -> list[dict[str, Any]]:
        """The snapshot as one JSON document, by a client that decompresses by itself."""
        files = self.index()["snapshot"]["files"]
        return list(self.get(files["json"]["path"]).json()["offers"])

    def sitemap(self) -> str:
        """All that a crawler finds from ``sitemap.xml``."""
        parts = re.findall(
            r"<loc>http://[^/<]+(/sitemap-[^<]+)</loc>", self.get("/sitemap.xml").text
        )
        return "".join(self.get(part).text for part in parts)

    @property
    def store(self) -> DynamoStore:
        """The tables, to make time pass for what is stored."""
        client = boto3.client(
            "dynamodb",
            endpoint_url=self.facts["emulator"],
            region_name=self.facts["region"],
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
        return DynamoStore(client, self.facts["tables"])

    def sweep(self, now: datetime) -> dict[str, Any]:
        """Run expire_offers as its schedule would at another moment."""
        return self.invoke("expire_offers", {"now": now.isoformat()})

    def invoke(self, function: str, event: Any) -> dict[str, Any]:
        """Hand an event to a deployed function."""
        client = boto3.client(
            "lambda",
            endpoint_url=self.facts["emulator"],
            region_name=self.facts["region"],
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
        answer = client.invoke(
            FunctionName=self.facts["functions"][function], Payload=json.dumps(event)
        )
        assert "FunctionError" not in answer, answer["Payload"].read()
        return dict(json.loads(answer["Payload"].read()))
