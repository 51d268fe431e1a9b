"""Whoever adds a kind of item says how the personal data in it leave."""

from depot.storage import schema
from depot.storage.items import KINDS


# Constants of the schema that are no tags of items.
_NO_TAGS = {"NEW_AND_OLD_IMAGES"}


def test_every_tag_of_the_schema_is_of_a_dossier_or_apart_and_never_both() -> None:
    """A tag is a constant in capitals; what is of a dossier goes with it, by partition."""
    texts = {value for value in vars(schema).values() if isinstance(value, str)}
    tags = {text for text in texts if text.isupper() and text.replace("_", "").isalpha()}

    assert tags - _NO_TAGS == schema.OF_A_DOSSIER | schema.APART
    assert set() == schema.OF_A_DOSSIER & schema.APART


def test_every_kind_that_is_stored_has_a_tag_of_the_schema() -> None:
    assert {kind.tag for kind in KINDS.values()} == schema.OF_A_DOSSIER | schema.APART
