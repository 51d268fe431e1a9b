"""The environment, as frozen models.

One per concern, parsed on first use, so a function needs only its own.
"""

import os
from functools import cache
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Tables(_Settings):
    """Names of the two tables."""

    recruiters: str = Field(alias="RECRUITERS_TABLE")
    offers: str = Field(alias="OFFERS_TABLE")


class OffersTable(_Settings):
    """Name of the offers table, for publish_feed, which may read no other."""

    offers: str = Field(alias="OFFERS_TABLE")


class Links(_Settings):
    """Where the site is, and the secret that signs its links."""

    public_url: str = Field(alias="PUBLIC_URL")
    secret: str = Field(alias="LINK_SECRET")


class Site(_Settings):
    """Where the site is."""

    url: str = Field(alias="PUBLIC_URL")


class Partners(_Settings):
    """The secret that holds the digests of partners' keys."""

    secret: str = Field(alias="PARTNER_SECRET")


class Mail(_Settings):
    """Who writes, and who reads the replies that are nobody else's; empty: nobody does."""

    sender: str = Field(alias="MAIL_SENDER")
    contact: str = Field("", alias="MAIL_CONTACT")


class Directory(_Settings):
    """Where the company directory answers."""

    url: str = Field(alias="COMPANIES_URL")


class Geocoding(_Settings):
    """Where the geocoder answers."""

    url: str = Field(alias="GEOCODING_URL")


class ApiEntreprise(_Settings):
    """Where API Entreprise answers, and the secret it wants; an empty address: it is not asked."""

    url: str = Field("", alias="API_ENTREPRISE_URL")
    secret: str = Field("", alias="API_ENTREPRISE_SECRET")


class SiroFile(_Settings):
    """Where the files of SIRO are listed."""

    url: str = Field(alias="SIRO_FILE_URL")


class SiroApi(_Settings):
    """Where the API of SIRO answers, and the secret it wants; an empty address: it is not asked."""

    url: str = Field("", alias="SIRO_URL")
    secret: str = Field("", alias="SIRO_SECRET")


class Opcos(_Settings):
    """How many working days an OPCO has to answer before it is reminded, once."""

    reminder_days: int = Field(alias="OPCO_REMINDER_DAYS")


class Life(_Settings):
    """How long an offer may stay online in one go, and be reactivated once ended, in days."""

    longest: int = Field(alias="OFFER_LONGEST_DAYS")
    reactivation: int = Field(alias="OFFER_REACTIVATION_DAYS")


class Cfas(_Settings):
    """How many days a training centre may stay silent before it is written to again, once."""

    follow_up_days: int = Field(alias="CFA_FOLLOW_UP_DAYS")


class Feed(_Settings):
    """Bucket of the feed."""

    bucket: str = Field(alias="FEED_BUCKET")


class Data(_Settings):
    """Bucket of the reference artefacts."""

    bucket: str = Field(alias="DATA_BUCKET")


class Formations(_Settings):
    """Where public catalogues of formations answer, those that are asked; what the first wants."""

    alternance: str = Field("", alias="FORMATIONS_URL")
    rco: str = Field("", alias="RCO_URL")
    secret: str = Field("", alias="FORMATIONS_SECRET")


class LaBonneAlternance(_Settings):
    """Where jobs are written, and the secret it wants; an empty address: nobody is told."""

    url: str = Field("", alias="LA_BONNE_ALTERNANCE_URL")
    secret: str = Field("", alias="LA_BONNE_ALTERNANCE_SECRET")


class FranceTravail(_Settings):
    """Where files are left, and the secret it wants; an empty address: nobody is told."""

    url: str = Field("", alias="FRANCE_TRAVAIL_URL")
    secret: str = Field("", alias="FRANCE_TRAVAIL_SECRET")


S = TypeVar("S", bound=_Settings)


@cache
def read(model: type[S]) -> S:
    """Parse one concern from the environment, once."""
    return model.model_validate(dict(os.environ))
