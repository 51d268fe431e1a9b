"""Letters about what was deposited on somebody's behalf."""

from collections.abc import Mapping
from typing import Any

from tests.builders import BAKER, NOW, PASTRY_COOK, a_deposit, a_depositor
from tests.letters.given import FULL_NEED, SILENT, Sent, Write, last, of_kind
from tests.world import World, days, minutes, token_in, token_of


def on_behalf(world: World, *offers: dict[str, Any]) -> str:
    """Deposit for a firm; give the token of the employer's mail."""
    needs = offers or (FULL_NEED,)
    world.deposit(a_deposit(depositor=a_depositor(), offers=list(needs)))
    return token_in(last(world)[1])


def on_behalf_received(world: World) -> Sent:
    on_behalf(world)
    return next(sent for sent in world.courier.sent if sent[0].kind == "deposit_received")


def on_behalf_notice(world: World) -> Sent:
    on_behalf(world)
    return last(world)


def on_behalf_notice_of_several(world: World) -> Sent:
    chamber = a_depositor(role="chambre", organisation="Chambre de métiers (fictive)")
    needs = [FULL_NEED, {"metier": BAKER.code}]
    world.deposit(a_deposit(depositor=chamber, offers=needs))
    return last(world)


def on_behalf_added(world: World) -> Sent:
    receipt = world.deposit(a_deposit(depositor=a_depositor()))
    world.add(receipt.recruiter_id, token_of(receipt), **FULL_NEED)
    return next(sent for sent in world.courier.sent if sent[0].kind == "offer_added")


def on_behalf_reminder(world: World) -> Sent:
    on_behalf(world, {"metier": BAKER.code}, {"metier": PASTRY_COOK.code})
    world.sweep(SILENT)
    return next(sent for sent in world.courier.sent if sent[0].kind == "on_behalf_reminder")


def on_behalf_changed(world: World) -> Sent:
    receipt = world.deposit(a_deposit(depositor=a_depositor(), offers=[FULL_NEED]))
    changed = {**FULL_NEED, "description": "Travail de jour.", "openings": 3}
    world.edit(receipt.offers[0], token_of(receipt), now=NOW + days(2), **changed)
    return last(world)


def on_behalf_changed_in_the_night(world: World) -> Sent:
    """Several, on the day of the deposit: told the next morning."""
    needs = [{"metier": BAKER.code}, {"metier": PASTRY_COOK.code}]
    receipt = world.deposit(a_deposit(depositor=a_depositor(), offers=needs))
    for offer in receipt.offers:
        given = {"metier": offer.metier.code, "level": "3"}
        world.edit(offer, token_of(receipt), now=NOW + minutes(30), **given)
    world.sweep(NOW + days(1))
    return next(sent for sent in world.courier.sent if sent[0].kind == "on_behalf_changed")


def on_behalf_reactivated(world: World) -> Sent:
    receipt = world.deposit(a_deposit(depositor=a_depositor(), offers=[FULL_NEED]))
    closed = world.close(receipt.offers[0], token_of(receipt))
    world.reactivate(closed, token_of(receipt), now=NOW + days(2))
    return last(world)


def on_behalf_changed_told_first(world: World) -> Sent:
    """At an address given while nothing was online."""
    receipt = world.deposit(a_deposit(depositor=a_depositor(), offers=[FULL_NEED]))
    token = token_of(receipt)
    closed = world.close(receipt.offers[0], token)
    version = world.recruiter(receipt).version
    world.change_employer(token, version=version, email="paul@example.org")
    world.reactivate(closed, token, now=NOW + days(2))
    return last(world)


def employer_removed(world: World) -> Sent:
    token = on_behalf(world)
    world.employer_says("remove", world.show_employer(token).offers[0], token)
    return last(world)


def employer_removed_once_over(world: World) -> Sent:
    receipt = world.deposit(a_deposit(depositor=a_depositor(), offers=[FULL_NEED]))
    token = token_in(last(world)[1])
    world.close(receipt.offers[0], token_of(receipt))
    world.employer_says("remove", world.show_employer(token).offers[0], token)
    return last(world)


def employer_objected(world: World) -> Sent:
    world.object(on_behalf(world))
    return last(world)


def erased_by_its_firm(world: World) -> Sent:
    world.erase_deposited(on_behalf(world))
    return of_kind(world, "erased")


def firm_erased(world: World) -> Sent:
    world.erase_deposited(on_behalf(world, FULL_NEED, {"metier": BAKER.code}))
    return last(world)


def employer_corrected(world: World) -> Sent:
    token = on_behalf(world)
    contact = {"name": "Paul Martin", "email": "jeanne@example.org", "phone": "01 99 00 99 99"}
    said = {"contact": contact, "description": "Four à bois, travail de jour."}
    world.employer_says("correct", world.show_employer(token).offers[0], token, **said)
    return last(world)


def opco_on_behalf(world: World) -> Sent:
    receipt = world.deposit(a_deposit(depositor=a_depositor()))
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return last(world)


LETTERS: Mapping[str, Write] = {
    "deposit_received-on-behalf": on_behalf_received,
    "offer_added-on-behalf": on_behalf_added,
    "opco_need-on-behalf": opco_on_behalf,
    "on_behalf_notice": on_behalf_notice,
    "on_behalf_notice-several": on_behalf_notice_of_several,
    "on_behalf_reminder": on_behalf_reminder,
    "on_behalf_changed": on_behalf_changed,
    "on_behalf_changed-several": on_behalf_changed_in_the_night,
    "on_behalf_changed-reactivated": on_behalf_reactivated,
    "on_behalf_changed-first": on_behalf_changed_told_first,
    "employer_answered-removed": employer_removed,
    "employer_answered-removed-once-over": employer_removed_once_over,
    "employer_objected": employer_objected,
    "erased-by-its-firm": erased_by_its_firm,
    "firm_erased": firm_erased,
    "employer_answered-corrected": employer_corrected,
}
