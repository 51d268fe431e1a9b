"""The whole service, wired: who wakes each function, and what it may know and do."""

from typing import Any

from aws_cdk import CfnOutput, CfnParameter, Duration, Environment, Stack
from constructs import Construct

from infra import events
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
        super().__init__(
            scope, construct_id, env=env, termination_protection=not stage.emulated
        )
        self._stage = stage
        self._watch = Watch(self, "Watch", stage=stage)
        self._platform = Platform(stage, Layers(self, "Layers", stage=stage), self._watch)
        self._storage = Storage(self, "Storage", stage=stage)
        self._api = Api(self, "Api", stage=stage)
        self._site = Site(self, "Site", stage=stage, api=self._api, storage=self._storage)
        self._mail = Mail(self, "Mail", stage=stage)
        self._functions: dict[str, str] = {}
        self._wire()
        self._tell()

    def _wire(self) -> None:
        storage, mail, api = self._storage, self._mail, self._api
        tables = (storage.use_recruiters(WRITE), storage.use_offers(WRITE))
        letters = (*tables, storage.sign_links(), self._site.tell(), mail.send())
        everyone = (*letters, mail.opcos(), storage.read_data())
        slow: dict[str, Any] = {"timeout": Duration.minutes(1)}

        create = self._function("create_recruiter", *letters, self._companies(), memory_mb=1024)
        api.route(create, "POST /api/recruiters", "GET /api/companies/{siret}")
        add = self._function("add_offer", *letters, memory_mb=1024)
        api.route(add, "POST /api/recruiters/{recruiter_id}/offers")
        manage = self._function("manage_offers", *letters, memory_mb=1024)
        offer = "/api/manage/offers/{offer_id}"
        api.route(manage, "GET /api/manage", f"PUT {offer}")
        api.route(manage, f"POST {offer}/extension", f"POST {offer}/closure")

        wake = Events(self, "Events", watch=self._watch)
        notify = self._function("notify_opco", *letters, mail.opcos(), **slow)
        wake.on_change(notify, storage.recruiters, events.NEW_NOTICE, batch_size=25)
        match = self._function("match_cfa", *letters, storage.read_data(), **slow)
        wake.on_change(match, storage.offers, events.NEW_ROUND, batch_size=10)
        publish = self._function(
            "publish_feed", storage.use_offers(READ), storage.write_feed(), memory_mb=1024, **slow
        )
        wake.on_change(publish, storage.offers, *events.OFFER_TOUCHED, batch_size=1000)
        wake.every(publish, self._stage.snapshot_every_minutes)
        expire = self._function("expire_offers", *everyone, timeout=Duration.minutes(5))
        wake.every(expire, self._stage.sweep_every_minutes)

    def _function(self, name: str, *needs: Need, **size: Any) -> ServiceFunction:  # noqa: ANN401
        made = ServiceFunction(self, name, self._platform, *needs, **size)
        self._functions[name] = made.function.function_name
        return made

    def _companies(self) -> Need:
        url = self._stage.companies_url
        if self._stage.emulated:  # stand-in or the public one, chosen at deployment
            url = CfnParameter(self, "CompaniesUrl", default=url).value_as_string
        return Need({"COMPANIES_URL": url})

    def _tell(self) -> None:
        """Say what operators and local/ need to find; two of the values are JSON objects."""
        storage, site = self._storage, self._site
        tables = {"recruiters": storage.recruiters, "offers": storage.offers}
        facts = {
            "Url": site.url,
            "DistributionId": site.distribution.distribution_id,
            "ApiId": self._api.http.api_id,
            "WebBucket": site.pages.bucket_name,
            "FeedBucket": storage.feed.bucket_name,
            "DataBucket": storage.data.bucket_name,
            "LinkSecret": storage.link_secret.secret_arn,
            "FailureQueue": self._watch.failures.queue_url,
            "Tables": self.to_json_string({k: table.table_name for k, table in tables.items()}),
            "Functions": self.to_json_string(self._functions),
        }
        for name, value in facts.items():
            CfnOutput(self, name, value=value)
