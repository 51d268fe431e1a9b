"""A need told to training centres, and what is kept of it."""

from typing import Any

from depot.domain.cfa.cfa_contact import CfaContact
from depot.usecases.deposit.receipt import Receipt
from tests.builders import BAKER, a_deposit, a_training
from tests.world import World


ASKING = {"metier": BAKER.code, "ask_cfa": True}


def asked(world: World, number: int = 1, **over: Any) -> tuple[Receipt, list[str]]:
    """A need told to so many centres; the tokens of their mails, nearest first."""
    world.catalogue.known = [
        a_training(siren=f"{rank:09d}", email=f"cfa{rank}@example.org", longitude=0.73 + rank / 100)
        for rank in range(number)
    ]
    receipt = world.deposit(a_deposit(offers=[ASKING], **over))
    world.match(receipt.recruiter_id, receipt.offers[0].id)
    told = [
        (letter, link) for letter, link in world.courier.sent if letter.kind == "cfa_need" and link
    ]
    told.sort(key=lambda sent: sent[0].to)
    world.courier.sent.clear()
    return receipt, [link.partition("#")[2] for _, link in told if link]


def contact(world: World) -> CfaContact:
    (found,) = world.store.all(CfaContact)
    return found
