"""« Mon lien a fuité »: every link dies at once, a new one is mailed to the known address."""

import pytest

from depot.domain.errors import LinkInvalid, StaleVersion
from tests.builders import NOW
from tests.world import World, days, token_of


def test_the_old_link_opens_nothing_and_the_new_one_is_mailed() -> None:
    world = World()
    receipt = world.deposit()

    renewed = world.renew(token_of(receipt))

    letter, link = world.courier.sent[-1]
    assert (letter.kind, letter.to) == ("link_renewed", renewed.email)
    with pytest.raises(LinkInvalid):
        world.show(token_of(receipt))
    assert world.show((link or "").partition("#")[2]).offers


def test_an_address_asked_for_with_the_leaked_link_is_dropped() -> None:
    world = World()
    receipt = world.deposit()
    world.contact(token_of(receipt), email="voleur@example.org")
    stolen = (world.courier.sent[-2][1] or "").partition("#")[2]
    assert world.show_confirmation(stolen).state == "waiting"

    world.renew(token_of(receipt), version=2)

    with pytest.raises(LinkInvalid):
        world.confirm(stolen)


def test_a_link_cannot_be_renewed_twice_from_the_same_page() -> None:
    world = World()
    receipt = world.deposit()
    world.correct(token_of(receipt), name="Chez Jeanne")

    with pytest.raises(StaleVersion):
        world.renew(token_of(receipt))
    world.store.rivals = [lambda: world.correct(token_of(receipt), name="Chez Paul", version=2)]
    with pytest.raises(StaleVersion):
        world.renew(token_of(receipt), version=2)
    assert "link_renewed" not in world.sent


def test_a_mail_that_waits_leaves_with_the_new_link() -> None:
    world = World()
    receipt = world.deposit()
    world.sweep(NOW + days(22))
    world.renew(token_of(receipt), version=world.recruiter(receipt).version)

    assert (world.courier.sent[-1][1] or "").endswith(".2")
