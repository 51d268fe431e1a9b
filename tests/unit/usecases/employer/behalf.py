"""A deposit on a firm's behalf, and the firm's own link."""

from typing import Any

from depot.usecases.deposit.receipt import Receipt
from tests.builders import BAKER, a_deposit, a_depositor
from tests.world import World, token_in


def deposited(world: World, *metiers: str, **over: Any) -> tuple[Receipt, str]:
    """A deposit on behalf, and the token of the employer's mail."""
    needs = [{"metier": metier} for metier in metiers or (BAKER.code,)]
    receipt = world.deposit(a_deposit(depositor=a_depositor(), offers=needs, **over))
    return receipt, token_in(world.courier.sent[-1][1])


def removed(world: World, *metiers: str) -> tuple[Receipt, str]:
    """The same, of which the employer removed one need of a baker."""
    receipt, token = deposited(world, *metiers)
    offers = world.show_employer(token).offers
    world.employer_says("remove", next(o for o in offers if o.metier.code == BAKER.code), token)
    return receipt, token
