"""Letters to who deposits: the deposit, its offers, their end."""

from collections.abc import Mapping
from uuid import UUID

from tests.builders import BAKER, NOW, SIRET, USUAL, a_company, a_deposit
from tests.letters.given import ELSEWHERE, END, FULL_NEED, REMINDER, Sent, Write, last, of_kind
from tests.world import SECOND, World, days, token_of


def deposit(world: World) -> Sent:
    world.deposit()
    return last(world)


def deposit_of_several(world: World) -> Sent:
    world.deposit(a_deposit(offers=[FULL_NEED, {"metier": BAKER.code}]))
    return last(world)


def deposit_elsewhere(world: World) -> Sent:
    world.deposit(a_deposit(offers=[{**FULL_NEED, "workplace": ELSEWHERE}]))
    return last(world)


def deposit_to_verify(world: World) -> Sent:
    world.companies.down = True
    return deposit(world)


def deposit_without_offer(world: World) -> Sent:
    world.deposit(a_deposit(offers=[]))
    return last(world)


def deposit_of_a_public_employer(world: World) -> Sent:
    world.companies.known = {SIRET: a_company(nature="public")}
    return deposit(world)


def added(world: World) -> Sent:
    receipt = world.deposit()
    world.add(receipt.recruiter_id, token_of(receipt), **FULL_NEED)
    return last(world)


def duplicate(world: World) -> Sent:
    world.deposit()
    world.report()
    return last(world)


def duplicate_of_several(world: World) -> Sent:
    full = {**FULL_NEED, "openings": 10}  # as many as an offer may have
    world.deposit(a_deposit(offers=[FULL_NEED, full]))
    world.report()
    return last(world)


def reminder(world: World) -> Sent:
    world.deposit()
    world.sweep(REMINDER)
    return next(sent for sent in world.courier.sent if sent[0].kind == "reminder")


def reminder_of_several(world: World) -> Sent:
    world.deposit(a_deposit(offers=[FULL_NEED, {"metier": BAKER.code}]))
    world.sweep(REMINDER)
    return next(sent for sent in world.courier.sent if sent[0].kind == "reminder")


def expired(world: World) -> Sent:
    world.deposit()
    world.sweep(END)
    return next(sent for sent in world.courier.sent if sent[0].kind == "offer_expired")


def reminder_of_an_extended_one(world: World) -> Sent:
    receipt = world.deposit()
    world.extend(receipt.offers[0], token_of(receipt), NOW + days(10))
    world.sweep(REMINDER + days(10))
    return of_kind(world, "reminder")


def expired_of_several(world: World) -> Sent:
    world.deposit(a_deposit(offers=[FULL_NEED, {"metier": BAKER.code}]))
    world.sweep(END)
    return of_kind(world, "offer_expired")


def of_two_firms(world: World) -> None:
    """An adviser's, who deposited for both with one address."""
    other = "30247464800664"
    world.companies.known[other] = a_company(siret=other, name="NATURALIA FRANCE")
    world.deposit(a_deposit(offers=[FULL_NEED, {"metier": BAKER.code}]))
    world.deposit(a_deposit(submission_id=SECOND, siret=other))


def reminder_of_two_firms(world: World) -> Sent:
    of_two_firms(world)
    world.sweep(REMINDER)
    return of_kind(world, "reminder")


def expired_of_two_firms(world: World) -> Sent:
    of_two_firms(world)
    world.sweep(END)
    return of_kind(world, "offer_expired")


def reminder_of_many(world: World) -> Sent:
    many(world)
    world.sweep(REMINDER)
    return of_kind(world, "reminder")


def expired_of_many(world: World) -> Sent:
    many(world)
    world.sweep(END)
    return of_kind(world, "offer_expired")


def many(world: World) -> None:
    """Two more than one mail lists."""
    receipt = world.deposit(a_deposit(offers=[{"metier": BAKER.code}] * 10), NOW - days(1))
    for rank in range(12):
        world.add(receipt.recruiter_id, token_of(receipt), submission_id=UUID(int=rank, version=4))


def reminder_of_one_that_lasted(world: World) -> Sent:
    world.limits = USUAL.model_copy(update={"longest": 28})
    return reminder(world)


def closed(world: World, outcome: str) -> Sent:
    receipt = world.deposit()
    world.close(receipt.offers[0], token_of(receipt), outcome=outcome)
    return last(world)


LETTERS: Mapping[str, Write] = {
    "deposit_received": deposit,
    "deposit_received-several": deposit_of_several,
    "deposit_received-elsewhere": deposit_elsewhere,
    "deposit_received-to-verify": deposit_to_verify,
    "deposit_received-without-offer": deposit_without_offer,
    "deposit_received-public": deposit_of_a_public_employer,
    "offer_added": added,
    "duplicate_found": duplicate,
    "duplicate_found-several": duplicate_of_several,
    "reminder": reminder,
    "reminder-several": reminder_of_several,
    "reminder-extended": reminder_of_an_extended_one,
    "reminder-firms": reminder_of_two_firms,
    "reminder-many": reminder_of_many,
    "reminder-at-the-limit": reminder_of_one_that_lasted,
    "offer_expired": expired,
    "offer_expired-several": expired_of_several,
    "offer_expired-firms": expired_of_two_firms,
    "offer_expired-many": expired_of_many,
    "offer_closed-filled": lambda world: closed(world, "filled"),
    "offer_closed-cancelled": lambda world: closed(world, "cancelled"),
}
