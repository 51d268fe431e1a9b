"""The whole service, wired: who wakes each function, and what it may know and do."""

from collections.abc import Sequence
from typing import Any, Final

from aws_cdk import Duration, Environment, Stack
from constructs import Construct

from depot.storage import schema
from infra import events, outputs, parameters, routes
from infra.alarms import Watch
from infra.api import Api
from infra.config import ApiName, Stage
from infra.events import Events
from infra.function import Need, Platform, ServiceFunction
from infra.layers import Layers, pages_layer
from infra.mail import Mail
from infra.site import Site
from infra.storage import ERASE, KEEP, Storage


# Whoever manages forty firms is answered, and erased, in one go.
_PATIENCE: Final = Duration.seconds(29)


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
        self._api = api = Api(self, "Api", stage=stage, watch=watch)
        site = Site(self, "Site", stage=stage, api=api, storage=storage)
        self._mail = mail = Mail(self, "Mail", stage=stage)
        self._platform = Platform(stage, Layers(self, "Layers", stage=stage), watch)
        self._functions: list[ServiceFunction] = []

        self._pages = site.tell(), Need(layers=[pages_layer(self)])
        self._tables = storage.use_recruiters(write=True), storage.use_offers(write=True)
        self._letters = storage.sign_links(), site.tell(), mail.send()
        self._companies = (*self._asking("companies"), *self._asking("api_entreprise"))
        self._geocoding = self._asking("geocoding")
        self._siro = self._asking("siro")
        # A link asked for again is found by these, as are all the firms of one address.
        self._found = storage.ask_recruiters(
            schema.EMAIL_INDEX, schema.EMPLOYER_INDEX, schema.SIRET_INDEX
        )
        wake = Events(self, "Events", watch=watch)
        self._serve_people(wake)
        self._react(wake)
        made = self._functions
        outputs.tell(self, storage=storage, api=api, site=site, watch=watch, functions=made)

    def _serve_people(self, wake: Events) -> None:
        storage = self._storage
        live = storage.ask_offers(schema.LIVE_INDEX)
        deposit = (*self._tables, live, *self._letters, *self._geocoding)
        asked = (*self._companies, storage.read_opcos(), storage.check_recruiters())
        # A file is deposited line after line, while its caller waits.
        size: Any = {"memory_mb": 1024, "timeout": Duration.seconds(29)}
        create = self._function("create_recruiter", *deposit, *asked, **size)
        self._api.route(create, *routes.CREATE_RECRUITER)
        add = self._function("add_offer", *deposit, memory_mb=1024)
        self._api.route(add, *routes.ADD_OFFER)
        # What is said of an OPCO, by it or by the depositor, writes and sends a letter.
        told = (*self._letters, self._mail.opcos(), _life(self._stage))
        centres = storage.read_data(), storage.read_many()
        asked = (*self._geocoding, *centres, storage.know_partners())
        # Partners name an offer by its id alone.
        indexes = storage.ask_offers(schema.LIVE_INDEX, schema.OFFER_INDEX)
        personal = (indexes, self._found, storage.dossiers(ERASE))
        needs = (*self._tables, *personal, *told, *asked)
        manage = self._function("manage_offers", *needs, memory_mb=1024, timeout=_PATIENCE)
        self._api.route(manage, *routes.MANAGE_OFFERS)
        wake.on_change(manage, storage.recruiters, events.NEW_REQUEST, batch_size=5)

    def _react(self, wake: Events) -> None:
        self._tell_opcos(wake)
        self._ask_centres(wake)
        self._publish(wake)
        self._sweep(wake)

    def _tell_opcos(self, wake: Events) -> None:
        storage = self._storage
        tables = storage.use_recruiters(write=True), storage.use_offers()
        register = storage.write_opcos(), *self._asking("siro_file"), *self._siro
        needs = (*tables, *self._letters, self._mail.opcos(), *register)
        # What the import of SIRO takes; a notice takes a second and a tenth of that memory.
        size: Any = {"memory_mb": 1024, "timeout": Duration.minutes(10)}
        notify = self._function("notify_opco", *needs, **size)
        wake.on_change(notify, storage.recruiters, events.NEW_NOTICE, batch_size=25)
        done = notify.done("siro import done")
        wake.every(notify, self._stage.import_every_minutes, done=done)

    def _ask_centres(self, wake: Events) -> None:
        """And, by the clock, learn who they are: an import may take ten minutes."""
        formations = (*self._asking("formations"), *self._asking("rco"))
        centres = self._mail.cfas(), self._storage.read_many(), self._storage.write_data()
        needs = (*self._tables, *self._letters, *centres, *formations)
        size = {"memory_mb": 1024, "timeout": Duration.minutes(15)}
        match = self._function("match_cfa", *needs, **size)
        wake.on_change(match, self._storage.offers, events.NEW_ROUND, batch_size=10)
        done = match.done("catalogue imported")
        wake.every(match, self._stage.import_every_minutes, done=done)

    def _publish(self, wake: Events) -> None:
        storage, long = self._storage, Duration.minutes(5)
        feed = storage.use_offers(), storage.ask_offers(schema.CHANGED_INDEX), storage.write_feed()
        partners = (*self._asking("la_bonne_alternance"), *self._asking("france_travail"))
        needs = (*feed, *self._pages, *partners)
        # A snapshot written anew waits on disk, compressed: a kilobyte an offer in all encodings.
        size: Any = {"memory_mb": 1024, "disk_mb": 4096, "timeout": long}
        publish = self._function("publish_feed", *needs, **size)
        touched, insist = events.OFFER_TOUCHED, events.UNSWEPT
        wake.on_change(publish, storage.offers, *touched, batch_size=1000, attempts=insist)
        wake.every(publish, self._stage.snapshot_every_minutes)
        done = publish.done("feed compared with the offers")
        wake.also_every(publish, self._stage.reconcile_every_minutes, "reconcile", done=done)
        if self._stage.tells_partners:
            told = publish.done("partners told", what="tell")
            wake.also_every(publish, self._stage.snapshot_every_minutes, "tell", done=told)

    def _sweep(self, wake: Events) -> None:
        """Take up what the streams left behind, ask the directory again: it may do it all."""
        storage, due = self._storage, schema.DUE_INDEX
        asked_by = storage.ask_recruiters(due), storage.ask_offers(due), self._found
        dossiers = (*self._tables, *asked_by, storage.dossiers(ERASE, KEEP))
        asked = (*self._companies, storage.read_opcos(), *self._siro)
        centres = self._mail.cfas(), storage.read_many(), storage.read_data()
        told = self._mail.opcos(), _life(self._stage), *centres
        others = (*told, storage.write_counts(), *asked)
        needs = (*dossiers, *self._letters, *others)
        expire = self._function("expire_offers", *needs, timeout=Duration.minutes(5))
        done = expire.done("sweep done", period=Duration.hours(1), what="sweep")
        wake.every(expire, self._stage.sweep_every_minutes, done=done)
        counted = expire.done("offers counted")
        wake.also_every(expire, self._stage.count_every_minutes, "count", done=counted)
        wake.on_return(expire)

    def _asking(self, api: ApiName) -> Sequence[Need]:
        """Tell where an API of somebody else's answers, and the key it wants, if any."""
        url = parameters.api_url(self, self._stage, api)
        return Need({f"{api.upper()}_URL": url}), self._storage.api_key(api)

    def _function(self, name: str, *needs: Need, **size: Any) -> ServiceFunction:  # noqa: ANN401
        self._functions.append(ServiceFunction(self, name, self._platform, *needs, **size))
        return self._functions[-1]


def _life(stage: Stage) -> Need:
    """Tell how far a depositor may take an offer."""
    longest, reactivation = stage.offer_longest_days, stage.offer_reactivation_days
    days = {"OFFER_LONGEST_DAYS": longest, "OFFER_REACTIVATION_DAYS": reactivation}
    return Need({name: str(number) for name, number in days.items()})
