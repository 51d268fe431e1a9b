"""Whatever a value holds, a letter shows it and nothing more."""

import re
import unicodedata
from collections.abc import Callable
from itertools import cycle, repeat
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depot.domain.text import clean_line, clean_paragraphs
from depot.mail.courier import compose
from depot.mail.render import Mail, render
from tests.letters import LETTERS, mailed
from tests.mails import Page, hostile, plain, saying, sent_mail
from tests.strategies import HOSTILE, lines


# What each kind shows of what was typed, outside its list of offers.
SHOWN: dict[str, tuple[str, ...]] = {
    "deposit_received": ("firm",),
    "offer_added": ("firm", "metier", "description"),
    "link_resent": ("firm", "siret"),
    "email_asked": ("firm", "new_email"),
    "erasure_warning": ("firm",),
    "reminder": ("firm",),
    "offer_expired": ("firm",),
    "offer_closed": ("firm", "metier"),
    "opco_need": ("firm", "metier", "description", "contact", "email", "phone", "siret"),
    "opco_reminder": ("firm", "metier", "description", "contact", "email", "phone", "siret"),
    "cfa_need": ("metier", "description", "contact", "email", "phone", "centre", "training"),
}


SAMPLES = {name: mailed(name) for name in LETTERS}


def turned_hostile(
    name: str, values: list[str], clean: Callable[[str], str]
) -> tuple[dict[str, Any], Mail]:
    """A letter whose every value is hostile."""
    source = (clean(value) or "x" for value in cycle(values))
    sent = saying(SAMPLES[name], lambda facts: hostile(facts, source))
    return sent.letter.facts, sent_mail(sent)


@given(st.sampled_from(list(LETTERS)), st.lists(lines, min_size=1, max_size=6))
@settings(max_examples=150)
def test_no_value_becomes_a_tag_a_link_or_a_header(name: str, values: list[str]) -> None:
    harmless = Page(sent_mail(SAMPLES[name]).html)

    _, mail = turned_hostile(name, values, lambda text: text)
    page = Page(mail.html)

    assert page.links == harmless.links
    # A value that breaks a line may break a paragraph, nothing more.
    assert set(page.tags) <= set(harmless.tags) | {"p", "br", "blockquote"}
    assert page.attributes <= harmless.attributes
    assert not {unicodedata.category(char) for char in mail.subject} & {"Cc", "Cf", "Zl", "Zp"}


@given(st.sampled_from(list(LETTERS)), st.lists(lines, min_size=1, max_size=6))
@settings(max_examples=150)
def test_every_clean_value_is_shown_as_it_was_typed_and_changes_no_tag(
    name: str, values: list[str]
) -> None:
    quiet = sent_mail(saying(SAMPLES[name], lambda facts: hostile(facts, repeat("x"))))

    facts, mail = turned_hostile(name, values, clean_line)
    page = Page(mail.html)

    assert page.tags == Page(quiet.html).tags
    for field in SHOWN.get(SAMPLES[name].letter.kind, ()):
        assert plain(facts[field] or "") in plain(page.text)
        assert plain(facts[field] or "") in plain(f"{mail.subject} {mail.text}")


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_description_is_quoted_and_leaves_the_rest_of_the_letter_as_it_was(
    value: str,
) -> None:
    written, *_ = SAMPLES["cfa_need"]
    quiet = written.model_copy(update={"facts": {**written.facts, "description": "x"}})
    loud = quiet.model_copy(
        update={"facts": {**quiet.facts, "description": clean_paragraphs(f"x{value}\n{value}\nx")}}
    )

    before, after = compose(quiet, None), compose(loud, None)
    quoted = re.compile(r"<blockquote>(.*?)</blockquote>", re.DOTALL)

    (quotation,) = quoted.findall(after.html)
    assert set(Page(quotation).tags) <= {"p", "br"}
    assert quoted.sub("", after.html) == quoted.sub("", before.html)
    assert [line for line in after.text.splitlines() if not line.startswith(">")] == [
        line for line in before.text.splitlines() if not line.startswith(">")
    ]


def test_a_line_feed_in_a_value_ends_the_subject_and_starts_no_header() -> None:
    written, *_ = SAMPLES["opco_need"]
    forged = written.model_copy(
        update={"facts": {**written.facts, "firm": "A\r\nBcc: b@c.example"}}
    )

    assert compose(forged, None).subject == "Une entreprise recherche un apprenti\u00a0: A"


def test_a_template_is_filled_not_executed() -> None:
    facts = {**SAMPLES["opco_need"][0].facts, "firm": "{{ 7 * 7 }}", "metier": "{% raw %}"}

    mail = render("opco_need", {**facts, "_self": facts})

    assert "{{ 7 * 7 }} ({% raw %})" in mail.subject
    assert "49" not in mail.subject
