"""One source text per letter -> subject, plain text, HTML.

A template is Markdown with Jinja placeholders; its first line is the subject. It is filled twice:
for the text part as it stands, for the HTML part with every value's Markdown escaped, then through
markdown-it with raw HTML off. So no value, whatever it holds, becomes markup, a link or a header.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from markdown_it import MarkdownIt
from markupsafe import Markup

from depot.domain.text import clean_line
from depot.words import french


_PUNCTUATION: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&:/@=\"'])")
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_SHAPE: Final = "display:inline-block;padding:9px 17px;text-decoration:none;border:1px solid"
_MAIN: Final = f'class="main" style="{_SHAPE} #000091;background:#000091;color:#ffffff"'
_SIDE: Final = f'class="side" style="{_SHAPE} #000091;background:#ffffff;color:#000091"'
# A paragraph that holds a link and nothing else is a button; a strong one is the main action.
# Styled where it stands, for readers that drop the head; its class is for those that know the dark.
_BUTTONS: Final = {"<p><strong><a ": f"<p><strong><a {_MAIN} ", "<p><a ": f"<p><a {_SIDE} "}


class Mail(NamedTuple):
    """What is sent: a one-line subject and two readings of the same text."""

    subject: str
    text: str
    html: str


class Answers(NamedTuple):
    """Who reads a reply to a mail, and who a question about the service; nobody: it says so."""

    reply_to: str | None = None
    service: str | None = None


_NOBODY: Final = Answers()


class _FrenchSpaces(Extension):
    """No line breaks before « : » and its like, nor inside quotation marks."""

    def preprocess(self, source: str, _name: str | None, _filename: str | None = None) -> str:
        """Mend a template's own text; values are left as they are."""
        return french.spaces(source)


class _FrenchLines(_FrenchSpaces):
    """The same, on a page: no word of ours is cut at its hyphen either."""

    def preprocess(self, source: str, _name: str | None, _filename: str | None = None) -> str:
        """Mend a template's own text; an address with the same letters is left as it is."""
        return french.hyphens(super().preprocess(source, _name, _filename))


def _inert(value: object) -> object:
    """A value as Markdown that shows it and nothing more.

    What our own macros made stays as it is.
    """
    if isinstance(value, Markup):
        return value
    # Stripped: four spaces at the start of a line would make it a block of code.
    text = "  \n".join(line.strip() for line in str(value).splitlines())
    return Markup(_PUNCTUATION.sub(r"\\\1", text))  # noqa: S704 - escaped just here


def _one_line(value: object) -> str:
    return " ".join(str(value).splitlines())


def _plain_link(label: str, url: str) -> str:
    return f"{label}\u00a0:\n{url}"


def _plain_heading(value: str) -> str:
    line = _one_line(value)
    return f"{line}\n{'-' * len(line)}"


def _plain_quote(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _markdown_choice(label: str, url: str) -> str:
    return Markup(f"[{label}](<{url}>)")  # noqa: S704 - both are ours: the template's label, a minted link


def _markdown_link(label: str, url: str) -> str:
    return Markup(f"**{_markdown_choice(label, url)}**")  # noqa: S704 - the same


def _markdown_quote(text: str) -> str:
    return Markup("  \n".join(f"> {_inert(line)}" for line in text.splitlines()))  # noqa: S704 - escaped just here


def _strong(value: str) -> str:
    return Markup(f"**{_inert(_one_line(value))}**")  # noqa: S704 - escaped just here


def _heading(value: str) -> str:
    return Markup(f"## {_inert(_one_line(value))}")  # noqa: S704 - escaped just here


# What a template may call, in each of the two readings.
_PLAIN: Final[Mapping[str, Callable[..., str]]] = {
    "link": _plain_link,
    "choice": _plain_link,
    "quote": _plain_quote,
    "strong": _one_line,
    "heading": _plain_heading,
}
_MARKDOWN: Final[Mapping[str, Callable[..., str]]] = {
    "link": _markdown_link,
    "choice": _markdown_choice,
    "quote": _markdown_quote,
    "strong": _strong,
    "heading": _heading,
}
_FILTERS: Final[Mapping[str, Callable[..., str]]] = {
    "date": french.long_date,
    "start": french.start,
    "level": french.level,
    "km": french.kilometres,
    "change": french.change,
    "phone": french.phone,
}


def _settings(lines: type[Extension]) -> dict[str, Any]:
    return {
        "loader": PackageLoader("depot.mail"),
        "undefined": StrictUndefined,
        "extensions": [lines],
        "trim_blocks": True,
        "lstrip_blocks": True,
    }


@cache
def _plain() -> Environment:
    environment = Environment(autoescape=False, **_settings(_FrenchSpaces))  # noqa: S701 - plain text
    environment.filters |= _FILTERS
    environment.globals |= _PLAIN
    return environment


@cache
def _markdown() -> Environment:
    environment = Environment(autoescape=True, finalize=_inert, **_settings(_FrenchLines))
    environment.filters |= _FILTERS
    environment.globals |= _MARKDOWN
    return environment


@cache
def _layout() -> Environment:
    return Environment(
        loader=PackageLoader("depot.mail"), autoescape=True, undefined=StrictUndefined
    )


@cache
def _html() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    parser.disable(["image", "autolink"])
    return parser


def render(name: str, values: Mapping[str, object], answers: Answers = _NOBODY) -> Mail:
    """Render one letter; its foot says who reads a reply.

    A missing or misspelt placeholder raises: a letter is never sent with a hole.
    """
    foot = answers._asdict()
    subject, _, text = _filled(_plain(), name, values).partition("\n")
    _, _, source = _filled(_markdown(), name, values).partition("\n")
    body = _html().render(source)
    for link, button in _BUTTONS.items():
        body = body.replace(link, button)
    subject = french.spaces(clean_line(subject))
    shown = {
        "title": subject,
        "heading": french.hyphens(subject),
        "body": Markup(body),  # noqa: S704 - from markdown-it, raw HTML off
        "foot": Markup(_html().render(_filled(_markdown(), "_foot", foot))),  # noqa: S704 - the same
    }
    whole = f"{text.strip()}\n\n-- \n{_filled(_plain(), '_foot', foot).strip()}\n"
    page = _layout().get_template("layout.html").render(shown)
    return Mail(subject, _BLANK_LINES.sub("\n\n", whole), page)


def _filled(environment: Environment, name: str, values: Mapping[str, object]) -> str:
    return environment.get_template(f"{name}.md").render(values)
