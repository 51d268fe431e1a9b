"""Mails as they are read: on a telephone and a desk, by day and by night.

To look at them: ``SHOTS=<folder> pytest tests/web/test_mails_in_chromium.py``, a picture each.
"""

import os
import re
from collections.abc import Mapping, Sequence
from itertools import repeat
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.letters import LETTERS, mailed
from tests.mails import hostile, saying, sent_mail
from tests.web.played import Drive


Scheme = Literal["light", "dark"]

GOLDEN: Final = Path(__file__).parents[1] / "golden" / "mail"
FAULTS: Final = (Path(__file__).parent / "mail_faults.js").read_text(encoding="utf-8")
SHOTS: Final = os.environ.get("SHOTS")
# What says nothing once it is read out of its sentence.
EMPTY: Final = re.compile(r"(cliquez |voir )?(ici|ce lien|lien|suite)|https?:.*", re.IGNORECASE)
# No mail programme may break these where it likes.
LONGEST: Final = "Anticonstitutionnellement" * 3 + "@" + "exemple" * 9 + ".fr"


def faults(
    page: Page,
    mails: Mapping[str, str],
    schemes: Sequence[Scheme] = ("light", "dark"),
    widths: Sequence[int] = (320, 390, 640),
) -> object:
    """What is wrong with each, a list of sentences where there is something."""
    found: dict[str, list[str]] = {}
    for name, html in mails.items():
        page.set_content(html)
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            for width in widths:
                page.set_viewport_size({"width": width, "height": 844})
                if wrong := page.evaluate(FAULTS):
                    found[f"{name}, {width} px, {scheme}"] = wrong
                if SHOTS:
                    picture = Path(SHOTS) / f"{name}-{width}-{scheme}.png"
                    page.screenshot(path=picture, full_page=True)
    return found


def golden() -> dict[str, str]:
    mails = {file.stem: file.read_text(encoding="utf-8") for file in sorted(GOLDEN.glob("*.html"))}
    assert mails
    return mails


def test_every_mail_is_read_whole_at_every_width_by_day_and_by_night(drive: Drive) -> None:
    found: list[object] = []

    drive(lambda page, _: found.append(faults(page, golden())))

    assert found == [{}]


def test_a_reader_that_drops_the_styles_of_the_head_shows_all_of_it_too(drive: Drive) -> None:
    bare = {
        name: re.sub(r"<head>.*?</head>", '<meta name="viewport">', html, flags=re.DOTALL)
        for name, html in golden().items()
    }
    found: list[object] = []

    drive(lambda page, _: found.append(faults(page, bare, ["light"], [320])))

    assert found == [{}]


def test_what_was_typed_without_a_space_does_not_push_a_mail_off_the_screen(drive: Drive) -> None:
    long = {}
    for name in LETTERS:
        typed = saying(mailed(name), lambda facts: hostile(facts, repeat(LONGEST)))
        long[name] = sent_mail(typed, service=None).html
    found: list[object] = []

    drive(lambda page, _: found.append(faults(page, long, ["light"], [320])))

    assert found == [{}]


def test_every_link_of_a_mail_is_absolute_and_says_what_it_does(drive: Drive) -> None:
    links: dict[str, list[tuple[str, str]]] = {}

    def read(page: Page, _: object) -> None:
        for name, html in golden().items():
            page.set_content(html)
            assert page.locator("html").get_attribute("lang") == "fr", name
            assert page.locator("img:not([alt])").count() == 0, name
            shown = "links => links.map(a => [a.innerText.trim(), a.getAttribute('href')])"
            links[name] = page.locator("a").evaluate_all(shown)

    drive(read)

    for name, found in links.items():
        for text, address in found:
            assert urlsplit(address).scheme == "https", f"{name}: {address}"
            assert len(text.split()) > 1, f"{name}: {text}"
            assert not EMPTY.fullmatch(text), f"{name}: {text}"
    assert any(links.values())
