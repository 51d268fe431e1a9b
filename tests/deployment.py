"""The seven functions on AWS in this process, each told only what its own environment tells it."""

import importlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from gzip import decompress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

import boto3
import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses import ses_backends

from depot.domain.cfa.columns import gather
from depot.domain.cfa.formation import Imported
from depot.feed.index import INDEX_KEY, FeedIndex
from depot.keys.partners import key_digest
from depot.pages.templates import PACKAGE
from depot.storage import schema
from depot.storage.bucket import S3Objects
from depot.storage.catalogue import ObjectCatalogue
from depot.storage.tables import DynamoStore
from depot.wiring import publishing, services, settings
from local.standin.api_entreprise import RECIPIENT, TOKEN
from tests import events
from tests.guard import Guard
from tests.needs import NEEDS
from tests.posted import Answer, Deposited, _training, a_deposit
from tests.rights import KEYS
from tests.tables import create_tables


REGION: Final = "eu-west-3"


PUBLIC_URL: Final = "https://depot.example"


SENDER: Final = "ne-pas-repondre@depot.example"


EP: Final = "Opco entreprises de proximité"


EP_MAILBOX: Final = "ep@opco.example"


DEFAULT_MAILBOX: Final = "accueil@opco.example"


PARTNER: Final = "la-bonne-alternance"


PARTNER_KEY: Final = "a key of theirs"


# Where the layer of a deployment says it (infra/opcos).
_ROUTING: Final = Path(__file__).parent / "data" / "routing"


ROOT: Final = Path(__file__).parent.parent


# What the rights of functions call the things whose names their environment holds.
_PLACES: Final = {
    "RECRUITERS_TABLE": schema.RECRUITERS_TABLE,
    "OFFERS_TABLE": schema.OFFERS_TABLE,
    "FEED_BUCKET": "feed",
    "DATA_BUCKET": "data",
    "LINK_SECRET": "secret",
    "PARTNER_SECRET": "partners",
    **{f"{api.upper()}_SECRET": api for api in KEYS},
}


@cache
def _pages_layer() -> Path:
    """Where the layer of public pages says what they are made of, for the whole session."""
    folder = Path(mkdtemp(prefix="depot-pages-"))
    (folder / PACKAGE).symlink_to(ROOT / "web")
    return folder


@cache
def client(service: str) -> Any:
    """A client of our own, for the whole session: making one costs more than a test.

    Not of the session the functions use: their rights are not ours.
    """
    return _ours().client(service)


@cache
def _ours() -> Any:
    return boto3.Session()


@dataclass
class Deployment:
    """Tables, buckets, secret, identity; and the functions, called as Lambda calls them."""

    apis_url: str
    patch: pytest.MonkeyPatch
    environment: dict[str, str] = field(init=False)
    guard: Guard = field(init=False)
    _running: str | None = None

    def __post_init__(self) -> None:
        self.environment = {
            "RECRUITERS_TABLE": "depot-recruiters",
            "OFFERS_TABLE": "depot-offers",
            "FEED_BUCKET": "depot-feed",
            "DATA_BUCKET": "depot-data",
            "LINK_SECRET": "depot-links",
            "PUBLIC_URL": PUBLIC_URL,
            "MAIL_SENDER": SENDER,
            "MAIL_CONTACT": "contact@depot.example",
            "COMPANIES_URL": self.apis_url,
            "FORMATIONS_URL": f"{self.apis_url}/api",
            "FORMATIONS_SECRET": "depot-formations",
            "RCO_URL": f"{self.apis_url}/api",
            "API_ENTREPRISE_URL": self.apis_url,
            "API_ENTREPRISE_SECRET": "depot-api-entreprise",
            "GEOCODING_URL": f"{self.apis_url}/geocodage",
            "SIRO_FILE_URL": self.apis_url,
            "SIRO_URL": self.apis_url,
            "SIRO_SECRET": "depot-siro",
            "LA_BONNE_ALTERNANCE_URL": f"{self.apis_url}/api",
            "LA_BONNE_ALTERNANCE_SECRET": "depot-la-bonne-alternance",
            "FRANCE_TRAVAIL_URL": f"{self.apis_url}/partenaire/depotcurl",
            "FRANCE_TRAVAIL_SECRET": "depot-france-travail",
            "OPCO_REMINDER_DAYS": "3",
            "OFFER_LONGEST_DAYS": "364",
            "OFFER_REACTIVATION_DAYS": "90",
            "CFA_FOLLOW_UP_DAYS": "5",
            "PARTNER_SECRET": "depot-partners",
        }
        deployed = {self.environment[name]: place for name, place in _PLACES.items()}
        self.guard = Guard({**deployed, SENDER.partition("@")[2]: "identity"})
        self.patch.syspath_prepend(_ROUTING)
        self.patch.syspath_prepend(_pages_layer())
        create_tables(client("dynamodb"), self.tables)
        s3 = client("s3")
        for name in ("FEED_BUCKET", "DATA_BUCKET"):
            s3.create_bucket(
                Bucket=self.environment[name],
                CreateBucketConfiguration={"LocationConstraint": REGION},
            )
        held = {
            "depot-links": {"current": "k2", "k1": "1" * 64, "k2": "2" * 64},
            "depot-api-entreprise": {"token": TOKEN, "recipient": RECIPIENT},
            "depot-formations": {"key": "a-key"},
            "depot-siro": {"key": "k"},
            "depot-la-bonne-alternance": {"key": "k"},
            "depot-france-travail": dict.fromkeys(("login", "password", "flow", "partner"), "ft"),
            "depot-partners": {
                PARTNER: f"{key_digest('their former key')} {key_digest(PARTNER_KEY)}"
            },
        }
        for name, secret in held.items():
            client("secretsmanager").create_secret(Name=name, SecretString=json.dumps(secret))
        client("sesv2").create_email_identity(EmailIdentity=SENDER.partition("@")[2])

    @property
    def tables(self) -> dict[str, str]:
        """Schema names to deployed ones."""
        return {
            schema.RECRUITERS_TABLE: self.environment["RECRUITERS_TABLE"],
            schema.OFFERS_TABLE: self.environment["OFFERS_TABLE"],
        }

    @property
    def store(self) -> DynamoStore:
        """The tables, to look and to prepare."""
        return DynamoStore(client("dynamodb"), self.tables)

    def call(self, name: str, event: Mapping[str, Any], context: Any = None) -> Any:
        """Run a function. Called again it is warm; another one starts a new process, so to say."""
        if self._running != name:
            self.restart()
            self._running = self.guard.function = name
            for variable, value in self.environment.items():
                if variable in NEEDS[name]:
                    self.patch.setenv(variable, value)
                else:
                    self.patch.delenv(variable, raising=False)
        handler = importlib.import_module(f"functions.{name}.handler").lambda_handler
        try:
            return handler(json.loads(json.dumps(event)), context or events.Context())
        finally:
            assert not self.guard.denied, self.guard.denied

    def restart(self) -> None:
        """Forget what a process remembers."""
        self._running = None
        services.services.cache_clear()
        publishing.publishing.cache_clear()
        settings.read.cache_clear()

    def http(self, name: str, method: str, path: str, **request: Any) -> Answer:
        """Send a request to a function of the API."""
        answer = self.call(name, events.http(method, path, **request))
        assert isinstance(answer["body"], str)
        assert not answer["isBase64Encoded"]
        headers = {key.lower(): value for key, value in answer["headers"].items()}
        return Answer(answer["statusCode"], json.loads(answer["body"]), headers)

    def records(self, table: str) -> list[dict[str, Any]]:
        """All that happened to a table of the schema."""
        return events.records_of(self.tables[table], client("dynamodbstreams"))

    def items(self) -> list[dict[str, Any]]:
        """Every item of both tables, less what directories said: that is nobody's."""
        pages = client("dynamodb").get_paginator("scan")
        return [
            item
            for table in self.tables.values()
            for page in pages.paginate(TableName=table)
            for item in page["Items"]
            if item[schema.ENTITY] != {"S": schema.FIRM}
        ]

    def size(self) -> int:
        """How many items both tables hold."""
        describe = client("dynamodb").describe_table
        return sum(
            describe(TableName=table)["Table"]["ItemCount"] for table in self.tables.values()
        )

    def overwrite(self, item: Mapping[str, Any]) -> None:
        """Put an item as it is, whatever it is."""
        tag = item[schema.SORT_KEY]["S"].partition("#")[0]
        late = {schema.OFFER, schema.ROUND, schema.CONTACT, schema.RECEIPT}
        table = self.tables[schema.OFFERS_TABLE if tag in late else schema.RECRUITERS_TABLE]
        client("dynamodb").put_item(TableName=table, Item=dict(item))

    def mails(self, to: str | None = None) -> list[Any]:
        """Mails SES took, oldest first: ``subject``, ``body`` (HTML), ``destinations``."""
        sent = ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages
        return [mail for mail in sent if to is None or mail.destinations["ToAddresses"] == [to]]

    def catalogue(self, *trainings: Mapping[str, Any]) -> None:
        """Make these trainings the catalogue, as an import would."""
        columns = gather(
            [_training(row) for row in trainings if row["qualiopi"] and row["email"]], {}
        )
        imported = Imported(
            source="test", imported_at=datetime.now(UTC), trainings=len(columns.title)
        )
        bucket = S3Objects(client("s3"), self.environment["DATA_BUCKET"])
        ObjectCatalogue(bucket).publish(columns, imported)

    def file(self, key: str) -> bytes:
        """One file of the feed, unpacked."""
        found = client("s3").get_object(Bucket=self.environment["FEED_BUCKET"], Key=key)
        body: bytes = found["Body"].read()
        return decompress(body) if key.endswith(".gz") else body

    def files(self) -> list[str]:
        """Names of the files of the feed, public pages included."""
        found = client("s3").list_objects_v2(Bucket=self.environment["FEED_BUCKET"])
        return [file["Key"] for file in found.get("Contents", [])]

    def index(self) -> FeedIndex:
        """The index of the feed."""
        return FeedIndex.model_validate_json(self.file(INDEX_KEY))

    def deposit(self, **over: Any) -> "Deposited":
        """Deposit as the form does; one need by default."""
        answer = self.http("create_recruiter", "POST", "/api/recruiters", body=a_deposit(**over))
        assert answer.status == 201, answer.body
        return Deposited(answer.body)


@contextmanager
def deployment(apis_url: str) -> Iterator[Deployment]:
    """Deploy; the environment is put back afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        made = Deployment(apis_url, patch)
        sdk, call = boto3._get_default_session().events, "before-parameter-build"
        sdk.register(call, made.guard)
        yield made
        sdk.unregister(call, made.guard)
