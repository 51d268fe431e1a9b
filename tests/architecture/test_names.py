"""One name for one thing."""

from collections import defaultdict

from depot.wiring import settings
from tests.architecture.package import public_classes


def test_no_two_public_classes_share_a_name() -> None:
    """Settings are named for the concern they tell of, and never imported by name."""
    homes = defaultdict(list)
    for thing in public_classes():
        if thing.__module__ != settings.__name__:
            homes[thing.__name__].append(thing.__module__)

    assert len(homes) > 200
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}
