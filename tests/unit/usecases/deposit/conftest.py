"""A deposit to come back to."""

import pytest

from depot.usecases.deposit.receipt import Receipt
from tests.builders import NOW, a_company
from tests.unit.usecases.deposit.duplicated import COOK, OTHER_SIRET, PASTRY
from tests.world import World, days


@pytest.fixture
def receipt(world: World) -> Receipt:
    """A deposit made two days ago; its mail is forgotten."""
    world.metiers.known |= {COOK.code: COOK, PASTRY.code: PASTRY}
    world.companies.known[OTHER_SIRET] = a_company(siret=OTHER_SIRET)
    receipt = world.deposit(now=NOW - days(2))
    world.courier.sent.clear()
    return receipt
