"""Text typed by people, cleaned."""

import unicodedata

import pytest
from hypothesis import given
from pydantic import TypeAdapter, ValidationError

from depot.domain.text import Paragraphs, clean_line, clean_paragraphs
from tests.strategies import hostile_texts, texts


UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef"),
        ("\u202edroite\u202c \u2066isolé\u2069", "droite isolé"),
        ("a\u200bb\u200dc\ufeffd\u00ade", "abcde"),
        ("a\ud800b", "ab"),
        ("a\ue000b\uffffc", "abc"),
        ("a\r\nb\tc\u2028d\x85e\u00a0f", "a b c d e f"),
        ("  bord  à  bord  ", "bord à bord"),
        ("cafe\u0301", "café"),
        ("e\u200b\u0301", "é"),
        ("œuvre « ŒUVRE » — l’été…", "œuvre « ŒUVRE » — l’été…"),
        ("Ελλάδα 東京 עברית 👩", "Ελλάδα 東京 עברית 👩"),
    ],
)
def test_a_line_keeps_what_can_be_read_and_nothing_else(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


@given(texts | hostile_texts)
def test_a_clean_line_holds_no_unsafe_character(typed: str) -> None:
    kept = clean_line(typed)

    assert not {unicodedata.category(char) for char in kept} & UNSAFE
    assert kept == " ".join(kept.split(" ")).strip()


@given(texts | hostile_texts)
def test_cleaning_a_line_twice_changes_nothing_more(typed: str) -> None:
    assert clean_line(clean_line(typed)) == clean_line(typed)


@given(texts | hostile_texts)
def test_cleaning_paragraphs_twice_changes_nothing_more(typed: str) -> None:
    assert clean_paragraphs(clean_paragraphs(typed)) == clean_paragraphs(typed)


@given(texts | hostile_texts)
def test_paragraphs_hold_clean_lines_and_never_two_empty_ones(typed: str) -> None:
    kept = clean_paragraphs(typed)

    assert [clean_line(line) for line in kept.split("\n")] == kept.split("\n")
    assert "\n\n\n" not in kept
    assert kept == kept.strip("\n")


def test_paragraphs_keep_their_lines() -> None:
    assert (
        clean_paragraphs("\n\nun \r\n deux\n\n\n\ntrois\x0bquatre\n") == "un\ndeux\n\ntrois\nquatre"
    )


def test_a_description_has_a_thousand_characters_once_cleaned() -> None:
    field = TypeAdapter(Paragraphs)

    assert field.validate_python("  a" * 400 + "\u200b" * 600) == " ".join("a" * 400)
    # One character typed, three once normalised.
    with pytest.raises(ValidationError, match="string_too_long"):
        field.validate_python("\ufb2c" * 1000)
