"""Pseudonyms of offers: stable while a key is, and nobody's without it."""

import hashlib

from depot.keys.links import LinkKeys
from depot.keys.pseudonyms import Pseudonyms


OLD, NEW = "o" * 64, "n" * 64


def test_an_offer_has_one_name_a_key_that_of_the_current_one_first() -> None:
    before = Pseudonyms(LinkKeys("k1", {"k1": OLD})).names("an-offer")
    after = Pseudonyms(LinkKeys("k2", {"k1": OLD, "k2": NEW})).names("an-offer")

    assert len(before) == 1
    assert len(after) == 2
    assert after[1:] == before
    assert after != Pseudonyms(LinkKeys("k2", {"k1": OLD, "k2": NEW})).names("another")


def test_a_name_follows_from_the_identifier_by_no_digest() -> None:
    names = Pseudonyms(LinkKeys("k1", {"k1": OLD})).names("an-offer")

    for digest in (hashlib.sha1, hashlib.sha256, hashlib.md5):
        assert digest(b"an-offer").hexdigest()[:16] not in names[0]
