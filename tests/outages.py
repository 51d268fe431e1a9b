"""What happens around a deployment: mails that cannot leave, catalogues, transactions that meet."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Barrier, Lock, Semaphore
from typing import Any

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError
from flask import Flask
from moto.core.botocore_stubber import BotocoreStubber

from local.standin import formations, rco
from local.standin.app import serving
from local.standin.faults import Faults
from tests.deployment import Deployment


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
