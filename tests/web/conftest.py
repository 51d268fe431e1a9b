"""One built site and one Chromium for the session."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from local import web
from tests.browsers import launch, phone
from tests.web.played import Api, Drive, Journey, Played, serve


Play = Callable[[Callable[[Page], None], Played], None]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return web.build(tmp_path_factory.mktemp("site") / "web")


@pytest.fixture(scope="session")
def play(site: Path) -> Iterator[Play]:
    """Run something on a phone. In a thread of its own: tests/e2e holds this one's event loop."""
    with ThreadPoolExecutor(1) as thread:
        playwright = thread.submit(lambda: sync_playwright().start()).result()
        browser = thread.submit(launch, playwright).result()
        yield lambda visit, api: thread.submit(_run, browser, site, visit, api).result()
        thread.submit(browser.close).result()
        thread.submit(playwright.stop).result()


@pytest.fixture(scope="session")
def drive(play: Play) -> Drive:
    """Run a journey, for a firm that is verified or not."""

    def run(journey: Journey, verification: str = "verified") -> None:
        api = Api(verification)
        play(lambda page: journey(page, api), api)

    return run


def _run(browser: Browser, site: Path, visit: Callable[[Page], None], api: Played) -> None:
    context = phone(browser)
    context.route("**/*", lambda route: serve(route, site, api))
    page, broken = context.new_page(), list[str]()
    page.on("pageerror", lambda error: broken.append(str(error)))
    try:
        visit(page)
    finally:
        context.close()
    assert broken == []
