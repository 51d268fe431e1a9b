"""Files of a site that was built."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from local import web


class Tags(HTMLParser):
    """Every tag of a page, with its attributes."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.found if attribute in attributes]


def pages(site: Path) -> Iterator[tuple[str, Tags]]:
    for name in web.PAGES:
        yield name, Tags(site / name)


def files(site: Path) -> dict[str, bytes]:
    found = (path for path in site.rglob("*") if path.is_file())
    return {str(path.relative_to(site)): path.read_bytes() for path in found}


def sources(site: Path, *kinds: str) -> list[Path]:
    """Every file of these kinds (``js``, ``css``…); there is one of each at least."""
    found = [path for kind in kinds for path in site.rglob(f"*.{kind}")]
    assert {path.suffix for path in found} == {f".{kind}" for kind in kinds}
    return found


def scripts_of(site: Path, page: str) -> list[str]:
    wanted = {"modulepreload", "stylesheet"}
    return [
        attributes.get("src") or attributes["href"]
        for tag, attributes in Tags(site / page).found
        if tag == "script" or attributes.get("rel") in wanted
    ]
