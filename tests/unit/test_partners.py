"""Who may send receipts: slugs and names, digests of keys."""

import re

import pytest

from depot.keys.partners import HashedKeys, key_digest
from depot.reference import rows
from depot.reference.partners import partner_names


NAMES = {"one": "Un", "two": "Deux"}
KEYS = HashedKeys(
    NAMES,
    {
        "one": key_digest("first"),
        "two": f"{key_digest('former')} {key_digest('présente')}",
        "gone": key_digest("gone"),
        "nobody": "random text",
    },
)


@pytest.mark.parametrize(
    ("slug", "key", "name"),
    [
        ("one", "first", "Un"),
        ("two", "former", "Deux"),
        ("two", "présente", "Deux"),
        ("two", "first", None),
        ("one", "", None),
        ("one", "first ", None),
        ("one", key_digest("first"), None),
        ("gone", "gone", None),
        ("nobody", "random text", None),
        ("unheard", "first", None),
        ("one", "\ud800", None),
    ],
)
def test_a_partner_is_known_by_its_own_key_alone(slug: str, key: str, name: str | None) -> None:
    found = KEYS.holder(slug, key)

    assert (found and found.name) == name


def test_declared_partners_have_a_slug_that_fits_an_address_and_a_name() -> None:
    declared = rows("partners.csv")

    assert len({slug for slug, _ in declared}) == len(declared) == len(partner_names())
    assert [slug for slug, _ in declared] == sorted(slug for slug, _ in declared)
    for slug, name in declared:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
        assert name == name.strip() != ""
