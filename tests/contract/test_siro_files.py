"""One suite for the SiroFiles port: data.gouv.fr's stand-in, and the fake."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import NamedTuple

import pytest

from depot.clients.http import new_session
from depot.clients.siro_file import DataGouv
from depot.domain.errors import SourceUnavailable
from depot.ports.imports import SiroFiles
from local.standin.app import serving, standin
from local.standin.siro import FILE
from tests.apis import failing, http
from tests.fakes import FakeSiroFiles


class Published(NamedTuple):
    """Where the file is, and how its list and its bytes fail."""

    files: SiroFiles
    unlisted: Callable[[], AbstractContextManager[None]]
    cut: Callable[[], AbstractContextManager[None]]


def _fake() -> Published:
    files = FakeSiroFiles(content=FILE.read_bytes())

    @contextmanager
    def down() -> Iterator[None]:
        files.down = True
        yield

    @contextmanager
    def cut() -> Iterator[None]:
        files.cut = 100
        yield

    return Published(files, down, cut)


@pytest.fixture(params=["data.gouv", "fake"])
def published(request: pytest.FixtureRequest) -> Iterator[Published]:
    if request.param == "fake":
        yield _fake()
        return
    with serving(standin()) as url:
        session = new_session("depot")
        yield Published(
            DataGouv(url, http=http(), session=session, silence=2.0, whole=5.0),
            lambda: failing(url, "siro_file", "error"),
            lambda: failing(url, "siro_file", "truncated"),
        )


def test_the_newest_file_says_its_month_and_its_size(published: Published) -> None:
    newest = published.files.newest()

    assert newest.month == "202606"
    assert newest.size == FILE.stat().st_size


def test_the_file_comes_whole_in_blocks(published: Published) -> None:
    blocks = list(published.files.blocks(published.files.newest()))

    assert b"".join(blocks) == FILE.read_bytes()
    assert all(blocks)


def test_a_list_that_cannot_be_had_is_an_outage(published: Published) -> None:
    with published.unlisted(), pytest.raises(SourceUnavailable):
        published.files.newest()


def test_a_file_that_stops_short_is_an_outage_not_an_end(published: Published) -> None:
    newest = published.files.newest()

    with published.cut(), pytest.raises(SourceUnavailable):
        list(published.files.blocks(newest))
