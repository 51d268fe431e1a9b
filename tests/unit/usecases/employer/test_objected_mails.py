"""No mail proposes what an objection refuses, and who objected is not asked again."""

from depot.mail.courier import compose
from tests.builders import BAKER, NOW, PASTRY_COOK
from tests.unit.usecases.employer.behalf import deposited
from tests.world import World, days


def mails(world: World, kind: str) -> list[str]:
    return [
        compose(letter, link).text for letter, link in world.courier.sent if letter.kind == kind
    ]


def test_a_firm_that_objects_is_not_reminded() -> None:
    world = World()
    _, token = deposited(world)
    world.object(token)

    for day in range(1, 20):
        assert world.sweep(NOW + days(day)).employers_reminded == 0

    assert "on_behalf_reminder" not in world.sent


def test_its_depositor_is_not_offered_to_extend_nor_to_reactivate() -> None:
    world = World()
    _, token = deposited(world)
    world.object(token)
    for day in range(1, 40):
        world.sweep(NOW + days(day))

    (nearing,), (ended,) = mails(world, "reminder"), mails(world, "offer_expired")
    assert "Prolonger" not in nearing
    assert "l’offre est pourvue" in nearing
    assert "Réactiver" not in ended
    assert "Déposer un autre besoin" not in ended
    for text in (nearing, ended):
        assert "ne veut plus que vous déposiez pour elle" in text


def test_of_several_offers_of_a_firm_that_objects_none_is_offered_again() -> None:
    world = World()
    _, token = deposited(world, BAKER.code, PASTRY_COOK.code)
    world.object(token)
    for day in range(1, 40):
        world.sweep(NOW + days(day))

    (ended,) = mails(world, "offer_expired")
    for gone in ("Réactiver", "Vous cherchez encore", "Déposer un autre besoin"):
        assert gone not in ended


def test_of_two_needs_the_one_removed_alone_is_not_to_be_reactivated() -> None:
    world = World()
    _, token = deposited(world, BAKER.code, BAKER.code, PASTRY_COOK.code)
    offer = next(o for o in world.show_employer(token).offers if o.metier.code == BAKER.code)
    world.employer_says("remove", offer, token)
    for day in range(1, 40):
        world.sweep(NOW + days(day))

    (nearing,), (ended,) = mails(world, "reminder"), mails(world, "offer_expired")
    assert nearing.count("Prolonger") == 2
    assert ended.count("Réactiver") == 1
