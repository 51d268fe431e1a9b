"""An offer its depositor changes is no longer what its employer read: it is asked anew."""

from typing import Any

import pytest

from depot.domain.employer.notice import EmployerNotice
from depot.domain.errors import MailRefused, NotLive, Refused
from depot.mail.courier import compose
from depot.usecases.deposit.receipt import Receipt
from tests.builders import BAKER, NOW, PASTRY_COOK, a_deposit, a_depositor
from tests.world import World, days, minutes, token_in, token_of


FIRM = "jeanne@example.org"
LATER = NOW + days(2)


@pytest.fixture
def world() -> World:
    return World()


def deposited(world: World, **need: Any) -> tuple[Receipt, str, str]:
    """A deposit on behalf: its receipt, the depositor's token, the employer's."""
    offers = [{"metier": BAKER.code, **need}]
    receipt = world.deposit(a_deposit(depositor=a_depositor(), offers=offers))
    return receipt, token_of(receipt), token_in(world.courier.sent[-1][1])


def confirmed(world: World, **need: Any) -> tuple[Receipt, str, str]:
    receipt, token, employer = deposited(world, **need)
    world.employer_says("confirm", world.show_employer(employer).offers[0], employer)
    return receipt, token, employer


def changes(world: World) -> int:
    return world.sent.count("on_behalf_changed")


def notice(world: World) -> EmployerNotice:
    (kept,) = world.store.all(EmployerNotice)
    return kept


def test_a_change_of_what_is_published_takes_the_confirmation_back_and_is_told(
    world: World,
) -> None:
    receipt, token, employer = confirmed(world)

    view = world.edit(receipt.offers[0], token, description="De nuit.", openings=2, now=LATER)

    assert view.employer is not None
    assert (view.employer.answer, view.employer.before) == (None, "confirmed")
    letter, link = world.courier.sent[-1]
    assert (letter.kind, letter.to) == ("on_behalf_changed", FIRM)
    (told,) = letter.facts["offers"]  # type: ignore[misc, union-attr]
    assert told["changed"] == ["openings", "description"]  # type: ignore[index, call-overload]
    assert token_in(link) == employer
    shown = world.show_employer(employer).offers[0]
    assert (shown.answer, shown.before) == (None, "confirmed")
    assert shown.changed == ("openings", "description")
    assert [(said.answer, said.at) for said in notice(world).before] == [("confirmed", NOW)]


@pytest.mark.parametrize(
    "need",
    [{}, {"ask_cfa": True}],
    ids=["nothing at all", "centres asked: published nowhere"],
)
def test_a_change_of_nothing_published_leaves_the_answer_and_mails_nobody(
    world: World, need: dict[str, Any]
) -> None:
    receipt, token, employer = confirmed(world)

    world.edit(receipt.offers[0], token, now=LATER, **need)

    assert changes(world) == 0
    assert world.show_employer(employer).offers[0].answer == "confirmed"
    assert notice(world).version == 2


def test_an_extension_leaves_the_answer(world: World) -> None:
    receipt, token, employer = confirmed(world)

    world.extend(receipt.offers[0], token)

    assert world.show_employer(employer).offers[0].answer == "confirmed"


def test_an_offer_put_online_again_is_asked_about_anew(world: World) -> None:
    receipt, token, employer = confirmed(world)
    closed = world.close(receipt.offers[0], token)

    world.reactivate(closed, token, now=LATER)

    assert changes(world) == 1
    shown = world.show_employer(employer).offers[0]
    assert (shown.answer, shown.changed) == (None, ("reactivated",))


def test_the_first_mail_an_address_gets_says_who_deposited_and_the_next_need_not(
    world: World,
) -> None:
    """Given while nothing was online, it was told nothing."""
    receipt, token, _ = deposited(world)
    closed = world.close(receipt.offers[0], token)
    version = world.recruiter(receipt).version
    world.change_employer(token, version=version, email="paul@example.org")

    again = world.reactivate(closed, token, now=LATER)
    world.edit(again, token, openings=2, now=LATER + days(2))

    told = [compose(*sent).text for sent in world.courier.sent if sent[0].to == "paul@example.org"]
    assert ["claire@example.com" in text.partition("\n-- ")[0] for text in told] == [True, False]
    assert ["Qui a déposé" in text for text in told] == [True, False]


def test_an_address_whose_first_mail_failed_was_never_written_to(world: World) -> None:
    world.courier.fails = [MailRefused(), MailRefused()]
    receipt = world.deposit(a_deposit(depositor=a_depositor()))

    world.edit(receipt.offers[0], token_of(receipt), openings=2, now=LATER)

    letter, _ = world.courier.sent[-1]
    assert (letter.kind, letter.facts["first"]) == ("on_behalf_changed", True)


def test_an_answer_is_about_what_is_online_now(world: World) -> None:
    receipt, token, employer = confirmed(world)
    world.edit(receipt.offers[0], token, openings=2, now=LATER)

    world.employer_says("confirm", world.show_employer(employer).offers[0], employer, now=LATER)

    shown = world.show_employer(employer).offers[0]
    assert (shown.answer, shown.changed) == ("confirmed", ())


def test_one_mail_a_day_tells_of_changes_the_rest_is_told_the_next_morning(world: World) -> None:
    receipt, token, employer = confirmed(world)
    first = world.edit(receipt.offers[0], token, openings=2, now=LATER)
    world.employer_says("confirm", world.show_employer(employer).offers[0], employer, now=LATER)

    second = world.edit(first, token, openings=3, now=LATER + minutes(60))
    world.edit(second, token, openings=3, level="4", now=LATER + minutes(90))

    assert changes(world) == 1
    assert world.show_employer(employer).offers[0].answer is None
    world.sweep(LATER + days(0.5))
    assert changes(world) == 1
    world.sweep(LATER + days(1))
    world.sweep(LATER + days(2))
    assert changes(world) == 2
    (told,) = world.courier.sent[-1][0].facts["offers"]  # type: ignore[misc, union-attr]
    assert told["changed"] == ["openings", "level"]  # type: ignore[index, call-overload]


def test_a_slip_mended_on_the_day_of_the_deposit_is_told_the_next_morning(world: World) -> None:
    receipt, token, _ = deposited(world)

    world.edit(receipt.offers[0], token, description="De nuit.", now=NOW + minutes(5))

    assert changes(world) == 0
    world.sweep(NOW + days(1))
    assert changes(world) == 1


def test_an_employer_told_of_a_change_is_reminded_a_week_later_once(world: World) -> None:
    receipt, token, _ = deposited(world)
    world.sweep(NOW + days(7))
    world.edit(receipt.offers[0], token, openings=2, now=NOW + days(9))

    reminded = [world.sweep(NOW + days(day)).employers_reminded for day in (15, 16, 17)]

    assert reminded == [0, 1, 0]
    assert world.sent.count("on_behalf_reminder") == 2


def test_nobody_is_told_of_a_change_once_the_offer_ended(world: World) -> None:
    receipt, token, _ = deposited(world)
    edited = world.edit(receipt.offers[0], token, openings=2, now=NOW + minutes(5))
    world.close(edited, token, now=NOW + minutes(10))

    world.sweep(NOW + days(1))

    assert changes(world) == 0
    assert not [due for due in world.store.due(NOW + days(2)) if due.entity is EmployerNotice]


def test_a_mail_that_could_not_leave_leaves_later(world: World) -> None:
    receipt, token, _ = confirmed(world)
    before = len(world.letters)

    world.edit(receipt.offers[0], token, openings=2, now=LATER)

    assert len(world.letters) == before + 1, "written in the transaction of the change"


def test_what_an_employer_removed_stays_removed(world: World) -> None:
    receipt, token, employer = deposited(world)
    world.employer_says("remove", world.show_employer(employer).offers[0], employer)
    offer = world.show(token).offers[0]
    kept = notice(world)

    for act in (world.edit, world.reactivate):
        with pytest.raises((NotLive, Refused)):
            act(offer, token, now=LATER)

    assert notice(world) == kept
    assert receipt.offers[0].id == offer.id


def test_who_deposits_for_itself_is_asked_nothing(world: World) -> None:
    receipt = world.deposit()

    view = world.edit(receipt.offers[0], token_of(receipt), metier=PASTRY_COOK.code, now=LATER)

    assert view.employer is None
    assert world.sent == ["deposit_received"]


def test_a_change_does_not_give_the_depositor_the_firms_address_back(world: World) -> None:
    receipt, token, _ = confirmed(world)
    world.edit(receipt.offers[0], token, openings=2, now=LATER)

    with pytest.raises(Refused):
        world.change_employer(token, email="paul@example.org", now=LATER)


def test_several_offers_changed_in_a_row_are_one_mail_now_and_one_the_next_morning(
    world: World,
) -> None:
    needs = [{"metier": metier.code} for metier in (BAKER, PASTRY_COOK, BAKER, PASTRY_COOK)]
    receipt = world.deposit(a_deposit(depositor=a_depositor(), offers=needs))
    token = token_of(receipt)
    for offer in world.show(token, LATER).offers:
        world.edit(offer, token, metier=offer.metier.code, description="De nuit.", now=LATER)
    assert changes(world) == 1

    world.sweep(LATER + days(1))

    assert changes(world) == 2
    letters = [letter for letter, _ in world.courier.sent if letter.kind == "on_behalf_changed"]
    assert len(letters[-1].facts["offers"]) == 3  # type: ignore[arg-type]
    world.sweep(LATER + days(2))
    assert changes(world) == 2
