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
        watch = Watch(self, "Watch", stage=stage)
        storage = Storage(self, "Storage", stage=stage)
        api = Api(self, "Api", stage=stage)
        site = Site(self, "Site", stage=stage, api=api, storage=storage)
        mail = Mail(self, "Mail", stage=stage)
        platform = Platform(stage, Layers(self, "Layers", stage=stage), watch)
        functions: list[ServiceFunction] = []

        def function(name: str, *needs: Need, **size: Any) -> ServiceFunction:  # noqa: ANN401
            functions.append(ServiceFunction(self, name, platform, *needs, **size))
            return functions[-1]

        companies = Need({"COMPANIES_URL": parameters.companies_url(self, stage)})
        tables = (storage.use_recruiters(WRITE), storage.use_offers(WRITE))
        letters = (*tables, storage.sign_links(), site.tell(), mail.send())

        create = function("create_recruiter", *letters, companies, memory_mb=1024)
        api.route(create, "POST /api/recruiters", "GET /api/companies/{siret}")
        add = function("add_offer", *letters, memory_mb=1024)
        api.route(add, "POST /api/recruiters/{recruiter_id}/offers")
        manage = function("manage_offers", *letters, memory_mb=1024)
        offer = "/api/manage/offers/{offer_id}"
        api.route(manage, "GET /api/manage", f"PUT {offer}")
        api.route(manage, f"POST {offer}/extension", f"POST {offer}/closure")

        wake = Events(self, "Events", watch=watch)
        minute = Duration.minutes(1)
        notify = function("notify_opco", *letters, mail.opcos(), timeout=minute)
        wake.on_change(notify, storage.recruiters, events.NEW_NOTICE, batch_size=25)
        match = function("match_cfa", *letters, storage.read_data(), timeout=minute)
        wake.on_change(match, storage.offers, events.NEW_ROUND, batch_size=10)
        feed = (storage.use_offers(READ), storage.write_feed())
        publish = function("publish_feed", *feed, memory_mb=1024, timeout=minute)
        wake.on_change(publish, storage.offers, *events.OFFER_TOUCHED, batch_size=1000)
        wake.every(publish, stage.snapshot_every_minutes)
        # The sweep takes up what the streams left behind, so it may do what their functions do.
        sweep = (*letters, mail.opcos(), storage.read_data())
        expire = function("expire_offers", *sweep, timeout=Duration.minutes(5))
        wake.every(expire, stage.sweep_every_minutes)

        outputs.tell(self, storage=storage, api=api, site=site, watch=watch, functions=functions)
