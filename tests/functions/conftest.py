"""The functions on AWS in this process, the company directory on its stand-in."""

import logging
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

import pytest

from depot.edge.observability import logger
from local.standin.app import serving, standin
from tests.deployment import Deployment, deployment


@pytest.fixture(scope="session")
def directory() -> Iterator[str]:
    """The company directory."""
    with serving(standin()) as url:
        yield url


@pytest.fixture
def deployed(aws: None, directory: str) -> Iterator[Deployment]:
    """Everything, empty."""
    del aws
    with deployment(directory) as made:
        yield made


@pytest.fixture
def output() -> Iterator[Callable[[], str]]:
    """All that the functions print, logs included."""
    printed = StringIO()
    [handler] = logger().handlers
    assert isinstance(handler, logging.StreamHandler)
    former, handler.stream = handler.stream, printed
    with redirect_stdout(printed), redirect_stderr(printed):
        yield printed.getvalue
    handler.stream = former
