"""What use cases are given: every adapter, built from the environment on first use.

A function that never mails never builds the mail client.
"""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore.config import Config

from depot import settings
from depot.domain.life.states import Limits
from depot.domain.opco.routing import OpcoMailing
from depot.links import LinkKeys, SignedLinks
from depot.partners import HashedKeys
from depot.ports.firms import Companies, OpcoSource
from depot.ports.places import Geocoder
from depot.reference.communes import ShippedCommunes
from depot.reference.mail_providers import public_domains
from depot.reference.metiers import ShippedMetiers
from depot.reference.opcos import ActivityHints, ShippedOpcoTable, opco_names
from depot.reference.partners import partner_names
from depot.reference.places import regions
from depot.reference.routing import deployed_routing
from depot.storage import schema
from depot.storage.bucket import S3Objects
from depot.storage.catalogue import ObjectCatalogue
from depot.storage.firms import DynamoCompanyCache
from depot.storage.personal import DynamoPersonalData
from depot.storage.secret import Secret
from depot.storage.siro import SiroStore
from depot.storage.tables import DynamoStore
from depot.usecases.firm.places import Places
from depot.usecases.letters.mailroom import Mailroom
from depot.usecases.opco.identify_opco import Agreements


if TYPE_CHECKING:
    from depot.remote import Remote


# botocore waits 60 s by default, longer than any of our callers.
_CLIENT: Final = Config(
    connect_timeout=1,
    read_timeout=5,
    retries={"mode": "standard", "total_max_attempts": 3},
)
# A mail whose answer is late may have left: the letter's lease tries again, never the SDK.
_ONE_TRY: Final = Config(connect_timeout=1, read_timeout=8, retries={"total_max_attempts": 1})
# What a person waits for: the form goes on without the answer.
_QUICK: Final = Config(connect_timeout=0.5, read_timeout=0.7, retries={"total_max_attempts": 1})
# Keys rotate: a process reads them again after so many seconds.
_KEYS_AGE: Final = 300


class Adapters:
    """Every adapter, built when first asked for."""

    _links: SignedLinks
    _links_until = -math.inf
    _partners: HashedKeys
    _partners_until = -math.inf

    def now(self) -> datetime:
        """The clock."""
        return datetime.now(UTC)

    @cached_property
    def store(self) -> DynamoStore:
        """Both tables."""
        return DynamoStore(_client("dynamodb"), _tables(), self.now)

    @cached_property
    def personal(self) -> DynamoPersonalData:
        """Whole dossiers, of both tables."""
        return DynamoPersonalData(_client("dynamodb"), _tables())

    @cached_property
    def offers(self) -> DynamoStore:
        """The offers table alone."""
        name = settings.read(settings.OffersTable).offers
        return DynamoStore(_client("dynamodb"), {schema.OFFERS_TABLE: name}, self.now)

    @cached_property
    def remote(self) -> "Remote":
        """Other people's APIs. Imported here: only functions that ask them pay for requests."""
        from depot.remote import Remote  # noqa: PLC0415

        return Remote(secret=lambda name: _secret(name, _QUICK), clock=self.now)

    @cached_property
    def companies(self) -> Companies:
        """The company directories."""
        return self.remote.companies(self.company_cache)

    @cached_property
    def company_cache(self) -> DynamoCompanyCache:
        """What directories said lately."""
        return DynamoCompanyCache(_client("dynamodb"), settings.read(settings.Tables).recruiters)

    @cached_property
    def geocoder(self) -> Geocoder:
        """The geocoder."""
        return self.remote.geocoder()

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

    @property
    def partners(self) -> HashedKeys:
        """Who may send receipts, under keys that are never old."""
        if time.monotonic() > self._partners_until:
            name = settings.read(settings.Partners).secret
            self._partners = HashedKeys(partner_names(), _secret(name, _QUICK).texts)
            self._partners_until = time.monotonic() + _KEYS_AGE
        return self._partners

    @cached_property
    def mailroom(self) -> Mailroom:
        """Mail, with its record. Imported here: only functions that mail pay for the templates."""
        from depot.mail.courier import SesCourier  # noqa: PLC0415

        sender = settings.read(settings.Mail).sender
        courier = SesCourier(_client("sesv2", _ONE_TRY), sender)
        return Mailroom(self.store, courier, lambda: self.links)

    @cached_property
    def feed(self) -> S3Objects:
        """The files of the feed."""
        return S3Objects(_client("s3"), settings.read(settings.Feed).bucket)

    @cached_property
    def catalogue(self) -> ObjectCatalogue:
        """The trainings."""
        return ObjectCatalogue(self.data())

    @cached_property
    def catalogue_at_hand(self) -> ObjectCatalogue:
        """The trainings, while a person waits."""
        return ObjectCatalogue(self.data(_QUICK))

    def data(self, config: Config = _CLIENT) -> S3Objects:
        """The reference artefacts."""
        return S3Objects(_client("s3", config), settings.read(settings.Data).bucket)

    @cached_property
    def mailing(self) -> OpcoMailing:
        """Where OPCOs hear of needs."""
        return OpcoMailing(deployed_routing(), regions())

    @cached_property
    def reminder_days(self) -> int:
        """How long an OPCO may leave a need unanswered."""
        found: settings.Opcos = settings.read(settings.Opcos)
        return found.reminder_days

    @cached_property
    def limits(self) -> Limits:
        """How far a depositor may take an offer."""
        return Limits.model_validate(settings.read(settings.Life).model_dump())

    @cached_property
    def follow_up_days(self) -> int:
        """How long a training centre may stay silent."""
        found: settings.Cfas = settings.read(settings.Cfas)
        return found.follow_up_days

    @property
    def qr(self) -> Callable[[str], str]:
        """What draws QR codes. Imported here: only who prints posters pays for it."""
        from depot.qr import qr_svg  # noqa: PLC0415

        return qr_svg

    @cached_property
    def opcos(self) -> frozenset[str]:
        """The names of the OPCOs there are."""
        return opco_names()

    @property
    def mail_providers(self) -> frozenset[str]:
        """The domains where anybody has a mailbox."""
        return public_domains()

    @cached_property
    def opco_sources(self) -> Sequence[OpcoSource]:
        """Who is asked for a firm's OPCO, most trusted first."""
        file, *own = self._opcos_of(_CLIENT)
        return (file, *self.remote.siro_api(), *own)

    @cached_property
    def opcos_at_hand(self) -> Sequence[OpcoSource]:
        """Who is asked while a person waits: our own sources."""
        return self._opcos_of(_QUICK)

    def _opcos_of(self, config: Config) -> Sequence[OpcoSource]:
        return SiroStore(self.data(config)), Agreements(ShippedOpcoTable()), ActivityHints()


def _client(service: str, config: Config = _CLIENT) -> Any:  # noqa: ANN401 - boto3's own factory is untyped by name
    return boto3.client(service, config=config)  # type: ignore[call-overload]


def _tables() -> Mapping[str, str]:
    tables = settings.read(settings.Tables)
    return {schema.RECRUITERS_TABLE: tables.recruiters, schema.OFFERS_TABLE: tables.offers}


def _secret(name: str, config: Config = _CLIENT) -> Secret:
    return Secret(_client("secretsmanager", config), name)


def _link_keys(name: str) -> LinkKeys:
    """``{"current": "k1", "k1": "…"}``: the signing key's id, then every key that verifies."""
    texts = _secret(name).texts
    keys = {key: text for key, text in texts.items() if key != "current"}
    return LinkKeys(texts["current"], keys)
