"""Other people's APIs, each built from its own settings; ``services`` builds them on first use.

Apart from it: requests costs 90 ms to functions that never ask anybody.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import requests

from depot.clients import geocoding, la_bonne_alternance
from depot.clients.api_entreprise import ApiEntreprise, Credentials
from depot.clients.companies import DirectoryApi
from depot.clients.directories import CachedCompanies, Directories
from depot.clients.formations import AlternanceApi
from depot.clients.france_travail import FranceTravail, Login
from depot.clients.http import BUDGET, Http, new_session
from depot.clients.pages import PagedCatalogue, keeping_session
from depot.clients.rco import RcoCatalogue
from depot.clients.siro import SiroApi
from depot.clients.siro_file import DataGouv
from depot.domain.life.lifetime import paris_day
from depot.ports.firms import Companies, CompanyCache, Directory, OpcoSource
from depot.ports.imports import Formations, SiroFiles
from depot.ports.partners import DropBox, Jobs
from depot.ports.places import Geocoder
from depot.reference.opcos import register_names
from depot.storage.secret import Secret
from depot.wiring import settings


# Seconds data.gouv has to list its files: nobody waits.
_LISTING: Final = 10.0


@dataclass(frozen=True)
class Remote:
    """Each API, as its settings say; a key is read when it is first needed."""

    secret: Callable[[str], Secret]
    clock: Callable[[], datetime]

    def companies(self, cache: CompanyCache) -> Companies:
        """The company directories, each asked once, the answer kept."""
        spare = settings.read(settings.ApiEntreprise)
        http = _http(BUDGET / 2 if spare.url else BUDGET)
        url = settings.read(settings.Directory).url
        first = DirectoryApi(url, http=http, today=lambda: paris_day(self.clock()))
        return CachedCompanies(Directories(first, *self._spares(spare)), cache, clock=self.clock)

    def _spares(self, found: settings.ApiEntreprise) -> Sequence[Directory]:
        """API Entreprise, where the stage names it: ``{"token": "…", "recipient": "<SIRET>"}``."""
        if not found.url:
            return ()
        secret = self.secret(found.secret)

        def credentials() -> Credentials:
            return Credentials(secret.get("token"), secret.get("recipient"))

        return (ApiEntreprise(found.url, credentials=credentials, http=_http(BUDGET / 2)),)

    def geocoder(self) -> Geocoder:
        """The geocoder."""
        url = settings.read(settings.Geocoding).url
        return geocoding.GeocodingApi(url, http=_http(geocoding.BUDGET))

    def formations(self) -> Sequence[Formations]:
        """The public catalogues of formations that the stage names, the best first."""
        found, pages = (
            settings.read(settings.Formations),
            PagedCatalogue(keeping_session(_contact())),
        )
        asked: list[Formations] = []
        if found.alternance:
            key = self._key(found.secret)
            asked.append(AlternanceApi(found.alternance, key=key, pages=pages))
        if found.rco:
            asked.append(RcoCatalogue(found.rco, pages=pages))
        return asked

    def siro_api(self) -> Sequence[OpcoSource]:
        """SIRO's API, where the stage names it."""
        found = settings.read(settings.SiroApi)
        if not found.url:
            return ()
        key, names = self._key(found.secret), register_names()
        return (SiroApi(found.url, key=key, names=names, http=_http(BUDGET)),)

    def siro_files(self) -> SiroFiles:
        """The files of SIRO."""
        session = _session()
        http = Http(session, budget=_LISTING)
        return DataGouv(settings.read(settings.SiroFile).url, http=http, session=session)

    def jobs(self) -> Jobs | None:
        """La bonne alternance, where the stage names it."""
        found = settings.read(settings.LaBonneAlternance)
        if not found.url:
            return None
        http = Http(_site_session(), budget=la_bonne_alternance.BUDGET)
        key = self._key(found.secret)
        return la_bonne_alternance.LaBonneAlternance(found.url, key=key, http=http)

    def files(self) -> DropBox | None:
        """France Travail, where the stage names it; its secret holds what Login does."""
        found = settings.read(settings.FranceTravail)
        if not found.url:
            return None
        secret = self.secret(found.secret)

        def login() -> Login:
            return Login(*map(secret.get, Login._fields))

        return FranceTravail(found.url, login=login, session=_site_session())

    def _key(self, name: str) -> Callable[[], str]:
        """The secret of an API that wants a key alone: ``{"key": "…"}``."""
        secret = self.secret(name)
        return lambda: secret.get("key")


def _http(budget: float) -> Http:
    return Http(_session(), budget=budget)


def _session() -> requests.Session:
    return new_session(_contact())


def _site_session() -> requests.Session:
    """For a function that mails nobody: the site says who asks."""
    return new_session(settings.read(settings.Site).url)


def _contact() -> str:
    sender: str = settings.read(settings.Mail).sender
    return sender
