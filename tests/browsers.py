"""The phone that pages are opened on; ``SLOW=6 pytest tests/web`` makes it one of six years ago.

Its processor is then six times slower, and what its scripts ask for comes late: a test that
reads before it has waited fails there first.
"""

import os
import shutil
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect


SLOW: Final = float(os.environ.get("SLOW", "1"))
PATIENCE_MS: Final = 20_000  # a cold function, or a busy machine, takes its time
LATE: Final = """
const asked = window.fetch;
window.fetch = (...given) =>
  new Promise((come) => setTimeout(come, 300)).then(() => asked(...given));
"""


def launch(playwright: Playwright) -> Browser:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert chromium, "no Chromium: `make test` finds or installs one and says so in CHROMIUM"
    expect.set_options(timeout=PATIENCE_MS * SLOW)
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    return playwright.chromium.launch(executable_path=chromium, args=options)


def phone(browser: Browser, **given: Any) -> BrowserContext:
    size = {"width": 390, "height": 844}
    shown = {"reduced_motion": "reduce", "viewport": size, "locale": "fr-FR"}
    context = browser.new_context(**{**shown, **given})
    if SLOW > 1:
        context.set_default_timeout(30_000 * SLOW)
        context.add_init_script(LATE)
        context.on("page", _slow_down)
    return context


def _slow_down(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
