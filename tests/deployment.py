"""The seven functions on AWS in this process, each told only what its own environment tells it."""

import importlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from gzip import decompress
from pathlib import Path
from tempfile import mkdtemp
from threading import Barrier, Lock, Semaphore
from typing import Any, Final
from uuid import uuid4

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError
from flask import Flask
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.botocore_stubber import BotocoreStubber
from moto.ses import ses_backends

from depot.domain.cfa.columns import gather
from depot.domain.cfa.formation import Imported
from depot.domain.cfa.training import Training
from depot.feed.index import INDEX_KEY, FeedIndex
from depot.keys.partners import key_digest
from depot.pages.templates import PACKAGE
from depot.storage import schema
from depot.storage.bucket import S3Objects
from depot.storage.catalogue import ObjectCatalogue
from depot.storage.tables import DynamoStore
from depot.wiring import publishing, services, settings
from local.standin import formations, rco
from local.standin.api_entreprise import RECIPIENT, TOKEN
from local.standin.app import serving
from local.standin.faults import Faults
from tests import events
from tests.guard import Guard
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
BAKERY: Final = "00009001900019"  # recorded: in Périgueux, agreement 0843

_TABLES = ("RECRUITERS_TABLE", "OFFERS_TABLE")
_LETTERS = (*_TABLES, "LINK_SECRET", "PUBLIC_URL", "MAIL_SENDER")
_DIRECTORIES = ("COMPANIES_URL", "API_ENTREPRISE_URL", "API_ENTREPRISE_SECRET")
_SIRO = ("SIRO_URL", "SIRO_SECRET")
_OPCOS = ("OPCO_REMINDER_DAYS",)
_PARTNERS = (
    *("LA_BONNE_ALTERNANCE_URL", "LA_BONNE_ALTERNANCE_SECRET"),
    *("FRANCE_TRAVAIL_URL", "FRANCE_TRAVAIL_SECRET"),
)
_LIFE = ("OFFER_LONGEST_DAYS", "OFFER_REACTIVATION_DAYS")
_CFAS = ("CFA_FOLLOW_UP_DAYS",)
# Where the layer of a deployment says it (infra/opcos).
_ROUTING: Final = Path(__file__).parent / "data" / "routing"
ROOT: Final = Path(__file__).parent.parent
NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "create_recruiter": (*_LETTERS, *_DIRECTORIES, "GEOCODING_URL", "DATA_BUCKET"),
    "add_offer": (*_LETTERS, "GEOCODING_URL"),
    "manage_offers": (
        *(*_LETTERS, *_OPCOS, *_LIFE),
        *("GEOCODING_URL", "DATA_BUCKET", "PARTNER_SECRET"),
    ),
    "notify_opco": (*_LETTERS, *_OPCOS, *_SIRO, "DATA_BUCKET", "SIRO_FILE_URL"),
    "match_cfa": (
        *(*_LETTERS, *_CFAS, "DATA_BUCKET"),
        *("FORMATIONS_URL", "RCO_URL", "FORMATIONS_SECRET"),
    ),
    "publish_feed": ("OFFERS_TABLE", "FEED_BUCKET", "PUBLIC_URL", *_PARTNERS),
    "expire_offers": (
        *(*_LETTERS, *_OPCOS, *_LIFE, *_CFAS, *_SIRO, *_DIRECTORIES),
        *("DATA_BUCKET", "FEED_BUCKET"),
    ),
}


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


@dataclass(frozen=True)
class Answer:
    """What a caller of the API reads."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def fields(self) -> dict[str, str]:
        """Fields refused, with the code of each."""
        return {error["field"]: error["code"] for error in self.body["errors"]}


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
            source="test", imported_at=datetime.now(UTC), trainings=len(columns.site)
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


@dataclass(frozen=True)
class Deposited:
    """The receipt of a deposit."""

    receipt: Mapping[str, Any]

    @property
    def recruiter_id(self) -> str:
        """Whose offers."""
        return str(self.receipt["recruiter_id"])

    @property
    def offer(self) -> Any:
        """The first offer."""
        return self.receipt["offers"][0]

    @property
    def token(self) -> str:
        """What the link carries."""
        return str(self.receipt["manage_url"]).partition("#")[2]


def _training(row: Mapping[str, Any]) -> Training:
    given = {**row, "romes": tuple(row["romes"])}
    given |= {"latitude": given.pop("lat"), "longitude": given.pop("lon")}
    del given["siren"], given["qualiopi"]
    return Training(**given)


def a_centre(number: int = 1, **over: Any) -> dict[str, Any]:
    """A training for bakers of a centre of its own, about ``number`` kilometres from the bakery."""
    return {
        "siren": f"{number:09d}",
        "siret": f"{number:09d}00010",
        "name": f"CFA fictif {number}",
        "city": "Périgueux",
        "email": f"cfa-{number}@example.org",
        "title": "CAP Boulanger",
        "level": "3",
        "romes": ["D1102"],
        "lat": 45.19187 + number / 111,
        "lon": 0.71183,
        "qualiopi": True,
        **over,
    }


@contextmanager
def mail_outage(deployed: Deployment) -> Iterator[None]:
    """SES cannot be reached, and botocore does not try again."""

    def unreachable(**_: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://email.eu-west-3.amazonaws.com")

    event = "before-call.sesv2.SendEmail"
    session = boto3._get_default_session()
    session.events.register(event, unreachable)
    deployed.restart()
    try:
        yield
    finally:
        session.events.unregister(event, unreachable)
        deployed.restart()


@contextmanager
def catalogue_of(deployed: Deployment, *rows: Mapping[str, Any]) -> Iterator[None]:
    """The public catalogues list these trainings and no other."""
    app, faults = Flask(__name__), Faults()
    for service in (formations.service, rco.service):
        app.register_blueprint(service(faults, rows))
    former = {name: deployed.environment[name] for name in ("FORMATIONS_URL", "RCO_URL")}
    with serving(app) as url:
        deployed.environment |= dict.fromkeys(former, f"{url}/api")
        deployed.restart()
        yield
    deployed.environment |= former
    deployed.restart()


@contextmanager
def transactions_meet(number: int) -> Iterator[None]:
    """So many transactions are sent before the first one is done: each has read without the others.

    Then AWS does one request at a time. Moto alone would not: undoing a transaction, it puts back
    whole tables as they were, without what others wrote meanwhile.
    """
    coming, met, one = Semaphore(number), Barrier(number), Lock()
    real = BotocoreStubber.process_request

    def process(stubber: BotocoreStubber, request: Any) -> Any:
        target = request.headers.get("X-Amz-Target", b"")
        if target.endswith(b".TransactWriteItems") and coming.acquire(blocking=False):
            met.wait(timeout=5)
        with one:
            return real(stubber, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BotocoreStubber, "process_request", process)
        yield


A_DEPOSITOR: Final = {
    "role": "cfa",
    "organisation": "CFA de la route (fictif)",
    "siret": "00009013400016",
    "contact": {"name": "Claire Roux", "email": "claire@example.com", "phone": "05 53 00 00 01"},
}


def a_deposit(**over: Any) -> dict[str, Any]:
    """What the form sends; a new submission each time."""
    return {
        "submission_id": str(uuid4()),
        "siret": BAKERY,
        "contact": {
            "name": "Jeanne Martin",
            "email": "jeanne@example.org",
            "phone": "01 99 00 12 34",
        },
        "offers": [{"metier": "11573"}],
        "duplicates": "accept",  # or most tests could not deposit twice
        **over,
    }


@contextmanager
def deployment(apis_url: str) -> Iterator[Deployment]:
    """Deploy; the environment is put back afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        made = Deployment(apis_url, patch)
        sdk, call = boto3._get_default_session().events, "before-parameter-build"
        sdk.register(call, made.guard)
        yield made
        sdk.unregister(call, made.guard)


def french(text: str) -> bool:
    """Whether a sentence could be read by the depositor: words of French, nothing of a machine."""
    return bool(re.search(r"[A-ZÀ-Ý][a-zà-ÿ’]", text)) and not re.search(r"[_{}<>]|Error", text)
