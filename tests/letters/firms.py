"""Letters that say what a directory, back at last, makes of a firm."""

from collections.abc import Mapping

from depot.domain.firm.company import Company
from tests.builders import NOW, SIRET, a_company, a_deposit
from tests.letters.given import Sent, Write, last
from tests.world import World, days


def once_the_directory_answers(world: World, known: dict[str, Company]) -> Sent:
    world.companies.down = True
    world.deposit()
    world.companies.down, world.companies.known = False, known
    world.sweep(NOW + days(1))
    return next(sent for sent in world.courier.sent if sent[0].kind.startswith("firm_"))


def firm_verified(world: World) -> Sent:
    return once_the_directory_answers(world, {SIRET: a_company()})


def firm_verified_corrected(world: World) -> Sent:
    world.companies.down = True
    world.deposit(a_deposit(correction={"name": "Chez Jeanne"}))
    world.companies.down = False
    world.sweep(NOW + days(1))
    return next(sent for sent in world.courier.sent if sent[0].kind == "firm_verified")


def firm_unknown(world: World) -> Sent:
    return once_the_directory_answers(world, {})


def firm_closed(world: World) -> Sent:
    return once_the_directory_answers(world, {SIRET: a_company(active=False)})


def firm_hidden(world: World) -> Sent:
    return once_the_directory_answers(world, {SIRET: a_company(diffusible=False)})


def firm_forgotten(world: World) -> Sent:
    world.deposit()
    world.companies.known = {}
    world.sweep(NOW + days(7))
    world.sweep(NOW + days(8))
    return last(world)


LETTERS: Mapping[str, Write] = {
    "firm_verified": firm_verified,
    "firm_verified-corrected": firm_verified_corrected,
    "firm_refused": firm_unknown,
    "firm_refused-closed": firm_closed,
    "firm_refused-hidden": firm_hidden,
    "firm_refused-forgotten": firm_forgotten,
}
