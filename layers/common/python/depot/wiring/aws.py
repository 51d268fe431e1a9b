"""Clients of AWS, each as patient as its caller."""

from collections.abc import Mapping
from typing import Any, Final

import boto3
from botocore.config import Config

from depot.storage import schema
from depot.storage.secret import Secret
from depot.wiring import settings


# botocore waits 60 s by default, longer than any of our callers.
USUAL: Final = Config(
    connect_timeout=1,
    read_timeout=5,
    retries={"mode": "standard", "total_max_attempts": 3},
)
# A mail whose answer is late may have left: the letter's lease tries again, never the SDK.
ONE_TRY: Final = Config(connect_timeout=1, read_timeout=8, retries={"total_max_attempts": 1})
# What a person waits for: the form goes on without the answer.
QUICK: Final = Config(connect_timeout=0.5, read_timeout=0.7, retries={"total_max_attempts": 1})


def client(service: str, config: Config = USUAL) -> Any:  # noqa: ANN401 - boto3's own factory is untyped by name
    """A client of one service, by botocore's name of it."""
    return boto3.client(service, config=config)  # type: ignore[call-overload]


def tables() -> Mapping[str, str]:
    """Both tables as deployed, by their names in the schema."""
    found = settings.read(settings.Tables)
    return {schema.RECRUITERS_TABLE: found.recruiters, schema.OFFERS_TABLE: found.offers}


def secret(name: str, config: Config = USUAL) -> Secret:
    """A secret, read when it is first needed."""
    return Secret(client("secretsmanager", config), name)
