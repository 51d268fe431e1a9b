"""The composition root: the only place that builds adapters, each on first use.

``services()`` is made once a process; a function that never mails never builds the mail client.
"""

import json
import math
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore.config import Config

from depot import settings
from depot.domain.formation import Imported
from depot.domain.lifetime import paris_day
from depot.domain.routing import OpcoRoutes
from depot.links import LinkKeys, SignedLinks
from depot.ports import Companies, Directory, Formations, Geocoder
from depot.reference.communes import ShippedCommunes
from depot.reference.metiers import ShippedMetiers, former_codes
from depot.reference.opcos import ShippedOpcoTable
from depot.reference.places import regions
from depot.reference.routing import deployed_routing
from depot.storage import schema
from depot.storage.bucket import S3Objects
from depot.storage.catalogue import ObjectCatalogue
from depot.storage.firms import DynamoCompanyCache
from depot.storage.tables import DynamoStore
from depot.usecases.answer_notice import NoticeAnswer, answer
from depot.usecases.expire_offers import Sweeper
from depot.usecases.import_catalogue import import_catalogue
from depot.usecases.mailroom import Mailroom
from depot.usecases.match_cfa import match_cfa
from depot.usecases.notice_view import NoticeView
from depot.usecases.notify_opco import notify_opco
from depot.usecases.places import Places
from depot.usecases.publish_feed import Publisher
from depot.usecases.reconcile_feed import Reconciler
from depot.usecases.remind_opco import remind_opco
from depot.usecases.verify_recruiter import verify_recruiter


if TYPE_CHECKING:
    from depot.clients.http import Http

# botocore waits 60 s by default, longer than any of our callers.
_CLIENT: Final = Config(
    connect_timeout=1,
    read_timeout=5,
    retries={"mode": "standard", "total_max_attempts": 3},
)
# A mail whose answer is late may have left: the letter's lease tries again, never the SDK.
_ONE_TRY: Final = Config(connect_timeout=1, read_timeout=8, retries={"total_max_attempts": 1})
# Link keys rotate: a process reads them again after so many seconds.
_KEYS_AGE: Final = 300


class Services:
    """Every adapter, built when first asked for."""

    _links: SignedLinks
    _links_until = -math.inf

    def now(self) -> datetime:
        """The clock."""
        return datetime.now(UTC)

    @cached_property
    def store(self) -> DynamoStore:
        """Both tables."""
        tables = settings.read(settings.Tables)
        names = {schema.RECRUITERS_TABLE: tables.recruiters, schema.OFFERS_TABLE: tables.offers}
        return DynamoStore(_client("dynamodb"), names)

    @cached_property
    def offers(self) -> DynamoStore:
        """The offers table alone."""
        name = settings.read(settings.OffersTable).offers
        return DynamoStore(_client("dynamodb"), {schema.OFFERS_TABLE: name})

    @cached_property
    def companies(self) -> Companies:
        """The company directories, each asked once, the answer kept.

        Imported here: requests costs 90 ms to functions that never call it.
        """
        from depot.clients.companies import DirectoryApi  # noqa: PLC0415
        from depot.clients.directories import CachedCompanies, Directories  # noqa: PLC0415
        from depot.clients.http import BUDGET, Http, new_session  # noqa: PLC0415

        session = new_session(settings.read(settings.Mail).sender)
        spare = settings.read(settings.ApiEntreprise)
        budget = BUDGET / 2 if spare.url else BUDGET
        first = DirectoryApi(
            settings.read(settings.Directory).url,
            http=Http(session, budget=budget),
            today=lambda: paris_day(self.now()),
        )
        others = [_spare_directory(spare, Http(session, budget=budget))] if spare.url else []
        return CachedCompanies(Directories(first, *others), self.company_cache, clock=self.now)

    @cached_property
    def company_cache(self) -> DynamoCompanyCache:
        """What directories said lately."""
        return DynamoCompanyCache(_client("dynamodb"), settings.read(settings.Tables).recruiters)

    @cached_property
    def geocoder(self) -> Geocoder:
        """The geocoder. Imported here: only those who type an address pay for requests."""
        from depot.clients.geocoding import BUDGET, GeocodingApi  # noqa: PLC0415
        from depot.clients.http import Http, new_session  # noqa: PLC0415

        session = new_session(settings.read(settings.Links).public_url)
        http = Http(session, budget=BUDGET)
        return GeocodingApi(settings.read(settings.Geocoding).url, http=http)

    @cached_property
    def places(self) -> Places:
        """Addresses typed by people."""
        return Places(ShippedCommunes(), lambda: self.geocoder)

    @cached_property
    def metiers(self) -> ShippedMetiers:
        """The ROME appellations."""
        return ShippedMetiers()

    @property
    def links(self) -> SignedLinks:
        """Capability links, under keys that are never old."""
        if time.monotonic() > self._links_until:
            found = settings.read(settings.Links)
            self._links = SignedLinks(found.public_url, _link_keys(found.secret))
            self._links_until = time.monotonic() + _KEYS_AGE
        return self._links

    @cached_property
    def mailroom(self) -> Mailroom:
        """Mail, with its record. Imported here: only functions that mail pay for the templates."""
        from depot.mail.courier import SesCourier  # noqa: PLC0415

        sender = settings.read(settings.Mail).sender
        courier = SesCourier(_client("sesv2", _ONE_TRY), sender)
        return Mailroom(self.store, courier, self.links)

    @cached_property
    def publisher(self) -> Publisher:
        """The feed."""
        return Publisher(S3Objects(_client("s3"), settings.read(settings.Feed).bucket))

    def reconciler(self, now: datetime) -> Reconciler:
        """A comparison of the feed and the offers at ``now``."""
        return Reconciler(self.publisher, self.offers, now)

    @cached_property
    def catalogue(self) -> ObjectCatalogue:
        """The trainings."""
        return ObjectCatalogue(S3Objects(_client("s3"), settings.read(settings.Data).bucket))

    @property
    def formations(self) -> list[Formations]:
        """The public catalogues that are asked. Imported here: requests is costly."""
        from depot.clients.catalogues import catalogues  # noqa: PLC0415

        found, contact = settings.read(settings.Formations), settings.read(settings.Mail).sender
        key = _text(found.secret).strip() if found.secret else None
        return catalogues(alternance=found.alternance, key=key, rco=found.rco, contact=contact)

    @cached_property
    def routes(self) -> OpcoRoutes:
        """Where OPCOs hear of needs."""
        return OpcoRoutes(deployed_routing(), regions())

    @cached_property
    def reminder_days(self) -> int:
        """How long an OPCO may leave a need unanswered."""
        found: settings.Opcos = settings.read(settings.Opcos)
        return found.reminder_days

    def notify_opco(self, recruiter_id: str, offer_id: str, now: datetime) -> bool:
        """Run the use case with everything it needs."""
        finding = notify_opco(
            recruiter_id,
            offer_id,
            store=self.store,
            opcos=ShippedOpcoTable(),
            routes=self.routes,
            mailroom=self.mailroom,
            reminder_days=self.reminder_days,
            now=now,
        )
        return finding is not None

    def remind_opco(self, recruiter_id: str, offer_id: str, now: datetime) -> bool:
        """Run the use case with everything it needs."""
        return remind_opco(
            recruiter_id,
            offer_id,
            store=self.store,
            routes=self.routes,
            mailroom=self.mailroom,
            now=now,
        )

    def answer_notice(self, form: NoticeAnswer, token: str, now: datetime) -> NoticeView:
        """Run the use case with everything it needs."""
        return answer(
            form,
            token=token,
            store=self.store,
            links=self.links,
            routes=self.routes,
            mailroom=self.mailroom,
            reminder_days=self.reminder_days,
            now=now,
        )

    def match_cfa(self, recruiter_id: str, offer_id: str, now: datetime) -> int:
        """Run the use case with everything it needs."""
        return match_cfa(
            recruiter_id,
            offer_id,
            store=self.store,
            catalogue=self.catalogue,
            mailroom=self.mailroom,
            now=now,
        )

    def import_catalogue(self, now: datetime, *, accept_shrink: bool = False) -> Imported:
        """Run the use case with everything it needs."""
        return import_catalogue(
            self.formations,
            catalogue=self.catalogue,
            former=former_codes(),
            now=now,
            accept_shrink=accept_shrink,
        )

    def verify_recruiter(self, recruiter_id: str, now: datetime) -> bool:
        """Run the use case with everything it needs."""
        return verify_recruiter(
            recruiter_id,
            store=self.store,
            companies=self.companies,
            communes=ShippedCommunes(),
            mailroom=self.mailroom,
            now=now,
        )

    def sweeper(self, now: datetime) -> Sweeper:
        """A sweep at ``now``."""
        return Sweeper(
            store=self.store,
            mailroom=self.mailroom,
            retake_notice=lambda recruiter, offer: self.notify_opco(recruiter, offer, now),
            remind_opco=lambda recruiter, offer: self.remind_opco(recruiter, offer, now),
            retake_round=lambda recruiter, offer: self.match_cfa(recruiter, offer, now) > 0,
            verify=lambda recruiter: self.verify_recruiter(recruiter, now),
            now=now,
        )


def _client(service: str, config: Config = _CLIENT) -> Any:  # noqa: ANN401 - boto3's own factory is untyped by name
    return boto3.client(service, config=config)  # type: ignore[call-overload]


def _text(name: str) -> str:
    return str(_client("secretsmanager").get_secret_value(SecretId=name)["SecretString"])


def _secret(name: str) -> Mapping[str, str]:
    found: Mapping[str, str] = json.loads(_text(name))
    return found


def _spare_directory(found: settings.ApiEntreprise, http: "Http") -> Directory:
    """API Entreprise, whose secret is ``{"token": "…", "recipient": "<SIRET>"}``."""
    from depot.clients.api_entreprise import ApiEntreprise, Credentials  # noqa: PLC0415

    @cache
    def credentials() -> Credentials:
        known = _secret(found.secret)
        return Credentials(known["token"], known["recipient"])

    return ApiEntreprise(found.url, credentials=credentials, http=http)


def _link_keys(secret: str) -> LinkKeys:
    """``{"current": "k1".

    "k1": "…"}``: the id of the signing key, then every key that still verifies.
    """
    keys = _secret(secret)
    return LinkKeys(keys["current"], {name: key for name, key in keys.items() if name != "current"})


@cache
def services() -> Services:
    """The services of this process."""
    return Services()
