"""Centres around a need, and a need to choose them for."""

from typing import Any

import pytest

from depot.domain.cfa.training import Training
from depot.domain.errors import Refused
from depot.usecases.cfa.choice_view import CfaChoiceView
from depot.usecases.deposit.receipt import Receipt
from tests.builders import BAKER, a_deposit, a_training
from tests.world import World


def siren(rank: int) -> str:
    return f"{rank:09d}"


def centres(number: int) -> list[Training]:
    """One every five kilometres or so, the first the nearest."""
    return [
        a_training(
            siren=siren(rank), name=f"CFA {rank}", email=f"cfa{rank}@example.org",
            latitude=45.184 + 0.05 * rank, longitude=0.721,
        )
        for rank in range(number)
    ]  # fmt: skip


def deposited(world: World, number: int = 15, **need: Any) -> Receipt:
    world.catalogue.known = centres(number)
    receipt = world.deposit(a_deposit(offers=[{"metier": BAKER.code, **need}]))
    world.courier.sent.clear()
    return receipt


def run(world: World, receipt: Receipt) -> int:
    return world.match(receipt.recruiter_id, receipt.offers[0].id)


def sirens(view: CfaChoiceView) -> list[str]:
    return [centre.siren for centre in view.centres]


def refused(world: World, receipt: Receipt, *chosen: str) -> str:
    before = dict(world.store.kept)
    with pytest.raises(Refused) as caught:
        world.choose(receipt, *chosen)
    assert world.store.kept == before
    ((field, code, _),) = caught.value.errors
    assert field == "sirens"
    return code
