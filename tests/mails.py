"""What a mail reader makes of a mail; mails that say what their reader should not trust."""

import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from depot.domain.letters.letter import Letter
from depot.mail.courier import compose, compose_together
from depot.mail.render import Mail
from depot.ports.courier import LinkedLetter
from tests.letters import Mailed


SERVICE = "contact@depot.example"

# Facts nobody types.
KEPT = {
    *(
        "offer",
        "rome",
        "level",
        "start_on",
        "ends_on",
        "verification",
        "answer",
        "outcome",
        "told_on",
        "asked_on",
        "reactivable_until",
    ),
    *("distance_km", "source", "last_on", "erased_on", "urls", "role", "why", "changed"),
}


class Page(HTMLParser):
    """What a mail reader makes of a page: its tags, its links, its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: set[tuple[str, str]] = set()
        self.links: list[str] = []
        self.text = ""
        self._body = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._body = self._body or tag == "body"
        self.tags.append(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        if self._body:
            self.text += data


def plain(text: str) -> str:
    """Text without what only lays it out: white space, quotation marks, rules."""
    return re.sub(r"[\s>\u2011-]+", "", text)


def sent_mail(sent: Mailed, service: str | None = SERVICE) -> Mail:
    if sent.together:
        return compose_together(sent.together, sent.link or "", service)
    return compose(sent.letter, sent.link, sent.out, service)


def saying(sent: Mailed, change: Callable[[Mapping[str, Any]], dict[str, Any]]) -> Mailed:
    """The same mail, where its letters tell other facts."""

    def other(letter: Letter) -> Letter:
        return letter.model_copy(update={"facts": change(letter.facts)})

    together = [LinkedLetter(other(told.letter), told.link) for told in sent.together]
    letter = together[0].letter if together else other(sent.letter)
    return sent._replace(letter=letter, together=together)


def hostile(facts: Mapping[str, Any], values: Iterator[str]) -> dict[str, Any]:
    """The same facts, with every text somebody may have typed replaced."""
    replaced = dict(facts)
    for name, value in facts.items():
        if name in {"offers", "firms", "said"}:
            replaced[name] = [hostile(inner, values) for inner in value]
        elif isinstance(value, dict):
            replaced[name] = hostile(value, values)
        elif isinstance(value, list) and name not in KEPT:
            replaced[name] = [next(values) for _ in value]
        elif isinstance(value, str) and name not in KEPT:
            # A mail that names an organisation twice says so only where the names differ.
            replaced[name] = f"alias {next(values)}" if name == "legal_name" else next(values)
    return replaced
