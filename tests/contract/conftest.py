"""The three places an adapter runs on: memory, moto in this process, a bare emulator beside it."""

import shutil
import socket
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest

from local.emulator import client, emulator
from local.places import HOST, Places


ClientOf = Callable[[str], Any]


@pytest.fixture(scope="session")
def ministack() -> Iterator[ClientOf]:
    """An emulator on a free port, empty; give clients of it by service name."""
    with socket.create_server((HOST, 0)) as free:
        places = Places(emulator_port=free.getsockname()[1])
    with emulator(places):
        yield lambda service: client(service, places)
    shutil.rmtree(places.home)


@pytest.fixture
def moto(aws: None) -> ClientOf:
    """AWS in this process; give clients of it by service name."""
    del aws
    return boto3.client


@pytest.fixture(params=["moto", pytest.param("ministack", marks=pytest.mark.emulator)])
def cloud(request: pytest.FixtureRequest) -> ClientOf:
    """Each engine in turn: their errors differ, and neither tells the truth about everything."""
    made: ClientOf = request.getfixturevalue(request.param)
    return made
