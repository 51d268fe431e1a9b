"""The whole service, wired: who wakes each function, and what it may know and do."""

from typing import Any

from aws_cdk import Duration, Environment, Stack
from constructs import Construct

from infra import events, outputs, parameters
from infra.alarms import Watch
from infra.api import Api
from infra.config import Stage
from infra.events import Events
from infra.function import Need, Platform, ServiceFunction
from infra.layers import Layers
from infra.mail import Mail
from infra.site import Site
from infra.storage import READ, WRITE, Storage


class Depot(Stack):
    """One deployment of the service."""

    def __init__(
        self, scope: Construct, construct_id: str, *, stage: Stage, env: Environment
    ) -> None:
        protect = not stage.emulated
        super().__init__(scope, construct_id, env=env, termination_protection=protect)
        self._stage = stage
        watch = Watch(self, "Watch", stage=stage)
        self._storage = storage = Storage(self, "Storage", stage=stage)
        self._api = api = Api(self, "Api", stage=stage)
        site = Site(self, "Site", stage=stage, api=api, storage=storage)
        self._mail = mail = Mail(self, "Mail", stage=stage)
        self._platform = Platform(stage, Layers(self, "Layers", stage=stage), watch)
        self._functions: list[ServiceFunction] = []

        tables = (storage.use_recruiters(WRITE), storage.use_offers(WRITE))
        letters = (*tables, storage.sign_links(), site.tell(), mail.send())
        self._serve_people(*letters)
        self._react(Events(self, "Events", watch=watch), *letters)
        made = self._functions
        outputs.tell(self, storage=storage, api=api, site=site, watch=watch, functions=made)

    def _serve_people(self, *letters: Need) -> None:
        companies = Need({"COMPANIES_URL": parameters.companies_url(self, self._stage)})
        create = self._function("create_recruiter", *letters, companies, memory_mb=1024)
        self._api.route(create, "POST /api/recruiters", "GET /api/companies/{siret}")
        add = self._function("add_offer", *letters, memory_mb=1024)
        self._api.route(add, "POST /api/recruiters/{recruiter_id}/offers")
        manage = self._function("manage_offers", *letters, memory_mb=1024)
        offer = "/api/manage/offers/{offer_id}"
        self._api.route(manage, "GET /api/manage", f"PUT {offer}")
        self._api.route(manage, f"POST {offer}/extension", f"POST {offer}/closure")

    def _react(self, wake: Events, *letters: Need) -> None:
        storage, opcos, minute = self._storage, self._mail.opcos(), Duration.minutes(1)
        notify = self._function("notify_opco", *letters, opcos, timeout=minute)
        wake.on_change(notify, storage.recruiters, events.NEW_NOTICE, batch_size=25)
        match = self._function("match_cfa", *letters, storage.read_data(), timeout=minute)
        wake.on_change(match, storage.offers, events.NEW_ROUND, batch_size=10)
        feed = (storage.use_offers(READ), storage.write_feed())
        publish = self._function("publish_feed", *feed, memory_mb=1024, timeout=minute)
        wake.on_change(publish, storage.offers, *events.OFFER_TOUCHED, batch_size=1000)
        wake.every(publish, self._stage.snapshot_every_minutes)
        # The sweep takes up what the streams left behind, so it may do what their functions do.
        sweep = (*letters, opcos, storage.read_data())
        expire = self._function("expire_offers", *sweep, timeout=Duration.minutes(5))
        wake.every(expire, self._stage.sweep_every_minutes)

    def _function(self, name: str, *needs: Need, **size: Any) -> ServiceFunction:  # noqa: ANN401
        self._functions.append(ServiceFunction(self, name, self._platform, *needs, **size))
        return self._functions[-1]
