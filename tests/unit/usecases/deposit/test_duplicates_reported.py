"""Who finds a firm's need deposited already has its depositor told."""

import pytest

from depot.domain.errors import FieldError, MailDelayed, Refused
from depot.domain.life.offer import Offer
from depot.usecases.deposit.receipt import Receipt
from tests.builders import NOW
from tests.unit.usecases.deposit.duplicated import COOK, OTHER_SIRET, PASTRY, asking
from tests.world import World, days, minutes


def test_a_report_mails_the_link_to_the_address_that_deposited(
    world: World, receipt: Receipt
) -> None:
    world.report()

    ((letter, manage_url),) = world.courier.sent
    assert (letter.kind, letter.to) == ("duplicate_found", "jeanne@example.org")
    assert manage_url == receipt.manage_url
    assert [offer["offer"] for offer in letter.facts["offers"]] == [receipt.offers[0].id]  # type: ignore[index,union-attr,call-overload]


def test_a_report_changes_no_offer(world: World, receipt: Receipt) -> None:
    del receipt
    before = world.store.all(Offer)

    world.report()

    assert world.store.all(Offer) == before


def test_reports_of_one_day_send_one_mail_and_the_next_day_another(
    world: World, receipt: Receipt
) -> None:
    del receipt
    world.report()
    world.report()
    world.report(metier=PASTRY.code)
    assert world.sent == ["duplicate_found"]

    world.report(now=NOW + days(1))
    assert world.sent == ["duplicate_found"] * 2


def test_every_depositor_of_a_twin_is_told_of_his_own(world: World, receipt: Receipt) -> None:
    del receipt
    contact = {"name": "Paul Noir", "email": "paul@example.org", "phone": "0199001299"}
    world.deposit(asking(contact=contact, duplicates="accept"))
    world.courier.sent.clear()

    world.report()

    told = {letter.to: letter for letter, _ in world.courier.sent}
    assert told.keys() == {"jeanne@example.org", "paul@example.org"}
    for letter in told.values():
        assert len(letter.facts["offers"]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("over", [{"siret": OTHER_SIRET}, {"metier": COOK.code}])
def test_a_report_of_what_is_not_live_tells_nobody(
    world: World, receipt: Receipt, over: dict[str, str]
) -> None:
    del receipt
    world.report(**over)  # type: ignore[arg-type]

    assert world.sent == []


def test_a_report_of_no_metier_is_refused(world: World) -> None:
    with pytest.raises(Refused) as caught:
        world.report(metier="?")

    assert caught.value.errors == (FieldError("metier", "metier_unknown"),)


def test_a_report_whose_mail_is_delayed_is_left_to_the_sweep(
    world: World, receipt: Receipt
) -> None:
    del receipt
    world.courier.fails = [MailDelayed()]

    world.report()
    world.sweep(NOW + minutes(3))

    assert world.sent.count("duplicate_found") == 1
