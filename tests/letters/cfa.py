"""Letters to training centres, and of what they answer."""

from collections.abc import Mapping
from typing import Any

from tests.builders import a_deposit, a_depositor, a_training
from tests.letters.given import FULL_NEED, SILENT, Sent, Write, last
from tests.world import World, token_in


def cfa(world: World, **over: Any) -> Sent:
    world.catalogue.known = [a_training()]
    receipt = world.deposit(a_deposit(offers=[FULL_NEED], **over))
    world.match(receipt.recruiter_id, receipt.offers[0].id)
    return last(world)


def asked(world: World) -> str:
    """Deposit a need that a centre is asked about; give the token of its mail."""
    return token_in(cfa(world)[1])


def cfa_follow_up(world: World) -> Sent:
    asked(world)
    world.sweep(SILENT)
    return next(sent for sent in world.courier.sent if sent[0].kind == "cfa_follow_up")


def cfa_candidates(world: World) -> Sent:
    said = {"candidates": 2, "word": "Deux élèves motivés.\nRappelez-nous le matin."}
    reach = {"phone": "05 53 00 00 00", "email": "apprentis@example.org"}
    world.answer_cfa(asked(world), "candidates", **said, **reach)
    return last(world)


def cfa_on_behalf(world: World) -> Sent:
    return cfa(world, depositor=a_depositor())


def on_behalf_candidates(world: World) -> Sent:
    world.answer_cfa(token_in(cfa_on_behalf(world)[1]), "candidates", candidates=2)
    return next(sent for sent in world.courier.sent if sent[0].kind == "on_behalf_candidates")


def cfa_candidates_without_more(world: World) -> Sent:
    world.answer_cfa(asked(world), "candidates")
    return last(world)


LETTERS: Mapping[str, Write] = {
    "cfa_need": cfa,
    "cfa_follow_up": cfa_follow_up,
    "cfa_candidates": cfa_candidates,
    "cfa_need-on-behalf": cfa_on_behalf,
    "on_behalf_candidates": on_behalf_candidates,
    "cfa_candidates-without-more": cfa_candidates_without_more,
}
