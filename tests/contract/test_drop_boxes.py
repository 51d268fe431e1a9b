"""One suite for the DropBox port: France Travail's portal, and the fake."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import NamedTuple

import pytest
import requests

from depot.clients.france_travail import FranceTravail, Login
from depot.clients.http import new_session
from depot.domain.errors import SourceUnavailable
from depot.ports.partners import DropBox
from local.standin.app import serving, standin
from tests.apis import failing
from tests.fakes import MemoryDropBox


LOGIN = Login(login="depot", password="secret-ft", flow="FLUX", partner="DEPOT")


class Left(NamedTuple):
    """A box, the last file it holds, and how to make it refuse."""

    box: DropBox
    last: Callable[[], bytes]
    refusing: Callable[[], AbstractContextManager[None]]


def _memory() -> Left:
    box = MemoryDropBox()

    @contextmanager
    def down() -> Iterator[None]:
        box.down = True
        yield
        box.down = False

    return Left(box, lambda: box.left[-1][1] if box.left else b"", down)


@pytest.fixture(params=["memory", "http"])
def left(request: pytest.FixtureRequest) -> Iterator[Left]:
    if request.param == "memory":
        yield _memory()
        return
    with serving(standin()) as url:
        portal = f"{url}/partenaire/depotcurl"
        session = new_session("https://depot.example")
        yield Left(
            FranceTravail(portal, login=lambda: LOGIN, session=session),
            lambda: requests.get(portal, timeout=5).content,
            lambda: failing(url, "france_travail", "error"),
        )


def test_a_file_left_is_there_as_it_was(left: Left) -> None:
    left.box.deliver("offres-1.zip", b"PK\x03\x04 first")
    left.box.deliver("offres-2.zip", b"PK\x03\x04 second\x00\xff")

    assert left.last() == b"PK\x03\x04 second\x00\xff"


def test_the_box_says_how_it_knows_us(left: Left) -> None:
    assert left.box.partner == "DEPOT"


def test_a_box_that_refuses_is_an_outage_until_it_takes(left: Left) -> None:
    with left.refusing(), pytest.raises(SourceUnavailable):
        left.box.deliver("offres.zip", b"PK refused")

    left.box.deliver("offres.zip", b"PK taken")
    assert left.last() == b"PK taken"
