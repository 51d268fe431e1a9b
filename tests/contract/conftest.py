"""Where adapters run: in memory, on moto in this process, on a bare emulator beside it.

And the stand-ins of other people's APIs, on real sockets.
"""

import shutil
import socket
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import boto3
import pytest

from depot.clients.companies import DirectoryApi
from depot.ports.objects import Objects
from depot.ports.store import Store
from depot.storage import schema
from depot.storage.bucket import S3Objects
from depot.storage.tables import DynamoStore
from local.emulator import client, emulator
from local.places import HOST, Places
from local.standin.app import serving, standin
from tests.contract.directory import directory_at
from tests.contract.kept_objects import a_bucket
from tests.fakes import MemoryObjects, MemoryStore
from tests.tables import create_tables


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


@pytest.fixture(params=["memory", "moto", pytest.param("ministack", marks=pytest.mark.emulator)])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        return MemoryStore()
    dynamodb = request.getfixturevalue(request.param)("dynamodb")
    names = {table: f"{table}-{uuid4().hex}" for table in schema.INDEXES}
    create_tables(dynamodb, names)
    return DynamoStore(dynamodb, names)


@pytest.fixture(params=["memory", "moto", pytest.param("ministack", marks=pytest.mark.emulator)])
def objects(request: pytest.FixtureRequest) -> Objects:
    if request.param == "memory":
        return MemoryObjects()
    s3 = request.getfixturevalue(request.param)("s3")
    return S3Objects(s3, a_bucket(s3))


@pytest.fixture
def bucket(cloud: Callable[[str], Any]) -> S3Objects:
    s3 = cloud("s3")
    return S3Objects(s3, a_bucket(s3))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A stand-in on this machine."""
    with serving(standin()) as url:
        yield url


@pytest.fixture
def companies(address: str) -> DirectoryApi:
    """A client that remembers nothing from the test before."""
    return directory_at(address)
