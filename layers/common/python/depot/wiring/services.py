"""What use cases are given: the one place that makes each adapter, when it is first used.

A function that never mails never builds the mail client.
"""

import math
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from botocore.config import Config

from depot.domain.life.states import Limits
from depot.domain.opco.routing import OpcoMailing
from depot.keys.links import LinkKeys, SignedLinks
from depot.keys.partners import HashedKeys
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
from depot.storage.siro import SiroStore
from depot.storage.tables import DynamoStore
from depot.usecases.cfa.post import CfaPost
from depot.usecases.deposit.intake import Intake
from depot.usecases.firm.places import Places
from depot.usecases.letters.mailroom import Mailroom
from depot.usecases.opco.identify_opco import Agreements
from depot.usecases.opco.post import OpcoPost
from depot.wiring import aws, settings


if TYPE_CHECKING:
    from depot.wiring.remote import Remote


# Keys rotate: a process reads them again after so many seconds.
_KEYS_AGE: Final = 300


class Services:
    """Every adapter, and what several use cases need of them together."""

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
        return DynamoStore(aws.client("dynamodb"), aws.tables(), self.now)

    @cached_property
    def personal(self) -> DynamoPersonalData:
        """Whole dossiers, of both tables."""
        return DynamoPersonalData(aws.client("dynamodb"), aws.tables())

    @cached_property
    def offers(self) -> DynamoStore:
        """The offers table alone."""
        name = settings.read(settings.OffersTable).offers
        return DynamoStore(aws.client("dynamodb"), {schema.OFFERS_TABLE: name}, self.now)

    @cached_property
    def remote(self) -> "Remote":
        """Other people's APIs. Imported here: only functions that ask them pay for requests."""
        from depot.wiring.remote import Remote  # noqa: PLC0415

        return Remote(secret=lambda name: aws.secret(name, aws.QUICK), clock=self.now)

    @cached_property
    def companies(self) -> Companies:
        """The company directories."""
        return self.remote.companies(self.company_cache)

    @cached_property
    def company_cache(self) -> DynamoCompanyCache:
        """What directories said lately."""
        return DynamoCompanyCache(aws.client("dynamodb"), settings.read(settings.Tables).recruiters)

    @cached_property
    def geocoder(self) -> Geocoder:
        """The geocoder."""
        return self.remote.geocoder()

    @cached_property
    def places(self) -> Places:
        """Addresses typed by people."""
        return Places(self.communes, lambda: self.geocoder)

    @cached_property
    def communes(self) -> ShippedCommunes:
        """The communes, by postcode."""
        return ShippedCommunes()

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
            self._partners = HashedKeys(partner_names(), aws.secret(name, aws.QUICK).texts)
            self._partners_until = time.monotonic() + _KEYS_AGE
        return self._partners

    @cached_property
    def mailroom(self) -> Mailroom:
        """Mail, with its record. Imported here: only functions that mail pay for the templates."""
        from depot.mail.courier import SesCourier  # noqa: PLC0415

        mail = settings.read(settings.Mail)
        ses = aws.client("sesv2", aws.ONE_TRY)
        courier = SesCourier(ses, mail.sender, mail.contact or None)
        return Mailroom(self.store, courier, lambda: self.links)

    @property
    def intake(self) -> Intake:
        """What accepting a deposit takes."""
        return Intake(
            store=self.store,
            companies=self.companies,
            metiers=self.metiers,
            opcos=self.opcos,
            mail_providers=self.mail_providers,
            places=self.places,
            mailroom=self.mailroom,
            links=self.links,
        )

    @cached_property
    def feed(self) -> S3Objects:
        """The files of the feed."""
        return S3Objects(aws.client("s3"), settings.read(settings.Feed).bucket)

    @cached_property
    def catalogue(self) -> ObjectCatalogue:
        """The trainings."""
        return ObjectCatalogue(self.data())

    @cached_property
    def catalogue_at_hand(self) -> ObjectCatalogue:
        """The trainings, while a person waits."""
        return ObjectCatalogue(self.data(aws.QUICK))

    def data(self, config: Config = aws.USUAL) -> S3Objects:
        """The reference artefacts."""
        return S3Objects(aws.client("s3", config), settings.read(settings.Data).bucket)

    @cached_property
    def mailing(self) -> OpcoMailing:
        """Where OPCOs hear of needs."""
        return OpcoMailing(deployed_routing(), regions())

    @property
    def opco_post(self) -> OpcoPost:
        """What it takes to write to OPCOs."""
        days = settings.read(settings.Opcos).reminder_days
        return OpcoPost(self.store, self.mailing, self.mailroom, days)

    @cached_property
    def limits(self) -> Limits:
        """How far a depositor may take an offer."""
        return Limits.model_validate(settings.read(settings.Life).model_dump())

    @property
    def cfa_post(self) -> CfaPost:
        """What it takes to write to training centres."""
        days = settings.read(settings.Cfas).follow_up_days
        return CfaPost(self.store, self.mailroom, days)

    @property
    def qr(self) -> Callable[[str], str]:
        """What draws QR codes. Imported here: only who prints posters pays for it."""
        from depot.pages.qr import qr_svg  # noqa: PLC0415

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
        file, *own = self._opcos_of(aws.USUAL)
        return (file, *self.remote.siro_api(), *own)

    @cached_property
    def opcos_at_hand(self) -> Sequence[OpcoSource]:
        """Who is asked while a person waits: our own sources."""
        return self._opcos_of(aws.QUICK)

    def siro(self, config: Config = aws.USUAL) -> SiroStore:
        """Our copy of SIRO."""
        return SiroStore(self.data(config))

    def _opcos_of(self, config: Config) -> Sequence[OpcoSource]:
        return self.siro(config), Agreements(ShippedOpcoTable()), ActivityHints()


def _link_keys(name: str) -> LinkKeys:
    """``{"current": "k1", "k1": "…"}``: the signing key's id, then every key that verifies."""
    texts = aws.secret(name).texts
    keys = {key: text for key, text in texts.items() if key != "current"}
    return LinkKeys(texts["current"], keys)


@cache
def services() -> Services:
    """The services of this process."""
    return Services()
