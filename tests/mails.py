"""What a mail reader makes of a mail."""

import re
from html.parser import HTMLParser

from depot.mail.courier import compose, compose_together
from depot.mail.render import Mail
from tests.letters import Mailed


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
    return re.sub(r"[\s>-]+", "", text)


def sent_mail(sent: Mailed) -> Mail:
    if sent.together:
        return compose_together(sent.together, sent.link or "")
    return compose(sent.letter, sent.link, sent.out)
