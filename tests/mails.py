"""What a mail reader makes of a mail."""

import re
from html.parser import HTMLParser

from depot.domain.letters.letter import Letter
from depot.domain.letters.refusal import address_subject
from depot.mail.courier import compose
from depot.mail.render import Mail
from depot.ports.links import Subscriber, UnsubscribeLinks
from tests.fakes import FakeLinks
from tests.letters import Sent


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


def sent_mail(sent: Sent) -> Mail:
    return compose(*sent, unsubscribe(sent[0]))


def unsubscribe(letter: Letter) -> UnsubscribeLinks | None:
    """Where the reader of a letter asks for no more, if it may."""
    if letter.asking is None:
        return None
    return FakeLinks().unsubscribe(Subscriber(letter.asking.siren, address_subject(letter.to)))
