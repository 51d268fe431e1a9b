"""Functions print ids, never names, addresses or phones."""

import json
import traceback
from collections.abc import Callable
from contextlib import suppress

import pytest
from botocore.exceptions import ClientError

from depot.edge.observability import logger
from tests.deployment import Deployment, client
from tests.events import http, stream
from tests.functions.flows import CONTACT, FLOWS, HTTP, NEED, TRACES
from tests.needs import NEEDS
from tests.posted import Deposited, a_centre


@pytest.fixture
def mine(deployed: Deployment) -> Deposited:
    deployed.catalogue(a_centre(email="canari.cfa@example.org"))
    deposit = {"submission_id": "00000000-0000-4000-8000-000000000001"}
    return deployed.deposit(contact=CONTACT, offers=[NEED], **deposit)


@pytest.mark.parametrize("name", NEEDS)
def test_a_function_prints_nothing_personal(
    deployed: Deployment, mine: Deposited, output: Callable[[], str], name: str
) -> None:
    raised = ""
    try:
        FLOWS[name](deployed, mine)
    except (ValueError, ExceptionGroup):  # Lambda prints it
        raised = traceback.format_exc()

    printed = json.dumps(output() + raised, ensure_ascii=False).lower()

    assert "error" in printed, "nothing went wrong: the test shows little"
    for trace in (*TRACES, mine.token.lower(), mine.token.rpartition(".")[2].lower()):
        assert trace not in printed


@pytest.mark.parametrize("name", NEEDS)
def test_a_function_prints_json_alone(
    deployed: Deployment, mine: Deposited, output: Callable[[], str], name: str
) -> None:
    raised = False
    try:
        FLOWS[name](deployed, mine)
    except (ValueError, ExceptionGroup):  # Lambda prints it
        raised = True

    lines = [json.loads(line) for line in output().splitlines()]

    assert lines or raised, "nothing went wrong: the test shows little"
    for line in lines:
        assert {"level", "message", "timestamp", "location"} <= line.keys()
        assert line["service"] == "depot"


@pytest.mark.parametrize("name", NEEDS)
def test_a_function_has_its_logger_before_it_does_anything(deployed: Deployment, name: str) -> None:
    logger.cache_clear()
    for table in deployed.tables.values():
        client("dynamodb").delete_table(TableName=table)
    event = http("GET", "/") if name in HTTP else stream([])

    with suppress(ClientError):
        deployed.call(name, event)

    assert logger.cache_info().currsize == 1
