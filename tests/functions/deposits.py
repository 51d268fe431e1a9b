"""Deposits as posted, and how they are refused."""

from datetime import UTC, datetime
from typing import Any

from tests.deployment import Deployment
from tests.posted import Answer


TODAY = datetime.now(UTC).date()


def post(deployed: Deployment, body: object, **request: Any) -> Answer:
    return deployed.http("create_recruiter", "POST", "/api/recruiters", body=body, **request)
