"""One deployed emulator and one Chromium for the session."""

import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from local.places import Places
from local.run import stack
from tests.browsers import launch, phone
from tests.e2e.site import Site


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with stack(Places(_free_port(), _free_port())) as facts:
        site = Site(facts, tmp_path_factory.mktemp("partner") / "offers.db")
        site.api("GET", "/companies/00009001900019")  # the first call of a function is its slowest
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield launch(playwright)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone whose console must stay silent."""
    context = phone(browser)
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    # Chromium itself notes each 4xx answer in the console: the form's refusals are meant.
    assert [
        line for line in complaints if "the server responded with a status of 4" not in line
    ] == []
