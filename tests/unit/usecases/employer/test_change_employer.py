"""A depositor corrects the contact of the firm it deposited for."""

from typing import Any

import pytest

from depot.domain.errors import (
    LimitReached,
    LinkInvalid,
    MailDelayed,
    NotFound,
    Refused,
    StaleVersion,
)
from depot.usecases.deposit.receipt import Receipt
from depot.usecases.dossier.manage_view import ManageView
from depot.usecases.letters.mail_events import MailEvent, mail_returned
from tests.builders import BAKER, NOW, PASTRY_COOK, a_deposit, a_depositor
from tests.world import World, days, token_in, token_of


PAUL = {"name": "Paul Martin", "email": "paul@example.org", "phone": "01 99 00 99 99"}


@pytest.fixture
def world() -> World:
    return World()


def deposited(world: World, *metiers: str) -> tuple[Receipt, str, str]:
    """A deposit on behalf: its receipt, the depositor's token, the employer's."""
    needs = [{"metier": metier} for metier in metiers or (BAKER.code,)]
    receipt = world.deposit(a_deposit(depositor=a_depositor(), offers=needs))
    return receipt, token_of(receipt), token_in(world.courier.sent[-1][1])


def codes(refusal: Any) -> list[tuple[str, str]]:
    return [(error.field, error.code) for error in refusal.value.errors]


def test_another_address_is_told_of_what_is_online_and_the_former_link_dies(world: World) -> None:
    receipt, token, former = deposited(world, BAKER.code, PASTRY_COOK.code)

    view = world.change_employer(token, **PAUL)

    assert view.recruiter.behalf is not None
    assert view.recruiter.behalf.employer.email == "paul@example.org"
    notice, link = world.courier.sent[-1]
    assert (notice.kind, notice.to) == ("on_behalf_notice", "paul@example.org")
    assert len(notice.facts["offers"]) == 2  # type: ignore[arg-type]
    with pytest.raises(LinkInvalid):
        world.show_employer(former)
    assert world.show_employer(token_in(link)).contact.name == "Paul Martin"
    assert {offer.phone for offer in world.offers} == {"+33199009999"}
    assert world.recruiter(receipt).contact.email == "claire@example.com"


def test_another_name_or_number_at_the_same_address_mails_nobody_and_is_shown(world: World) -> None:
    _, token, employer = deposited(world)
    before = list(world.sent)

    world.change_employer(token, phone=PAUL["phone"])

    assert world.sent == before
    assert world.show_employer(employer).contact.phone == "+33199009999"
    assert {offer.phone for offer in world.offers} == {"+33199009999"}
    assert world.offers[0].history[-1].link == "manage.1"


def test_the_same_contact_again_changes_nothing(world: World) -> None:
    _, token, _ = deposited(world)
    kept = dict(world.store.kept)

    world.change_employer(token)

    assert world.store.kept == kept


def test_whoever_is_told_at_the_new_address_has_a_week_of_its_own(world: World) -> None:
    _, token, _ = deposited(world)
    world.sweep(NOW + days(7))

    version = world.show(token).recruiter.version
    world.change_employer(token, version=version, now=NOW + days(10), **PAUL)

    assert world.sweep(NOW + days(16)).employers_reminded == 0
    assert world.sweep(NOW + days(17)).employers_reminded == 1
    assert world.courier.sent[-1][0].to == "paul@example.org"


def test_the_depositors_own_contact_is_refused_as_at_the_deposit(world: World) -> None:
    _, token, _ = deposited(world)

    with pytest.raises(Refused) as refusal:
        world.change_employer(token, email="paul@example.com", phone="05 53 00 00 01")

    assert codes(refusal) == [("email", "own_domain"), ("phone", "own_phone")]


def test_the_word_of_a_firm_that_gave_its_contact_itself_stands(world: World) -> None:
    _, token, employer = deposited(world)
    said = {"contact": {**PAUL, "email": "jeanne@example.org"}}
    world.employer_says("correct", world.show_employer(employer).offers[0], employer, **said)
    version = world.show(token).recruiter.version

    with pytest.raises(Refused) as refusal:
        world.change_employer(token, version=version, name="Jean")

    assert codes(refusal) == [("name", "employer_said")]
    behalf = world.show(token).recruiter.behalf
    assert behalf is not None
    assert behalf.own_word


def test_a_firm_that_answered_keeps_its_address_its_name_and_number_may_change(
    world: World,
) -> None:
    _, token, employer = deposited(world)
    world.employer_says("confirm", world.show_employer(employer).offers[0], employer)

    with pytest.raises(Refused) as refusal:
        world.change_employer(token, **PAUL)
    assert codes(refusal) == [("email", "employer_answered")]

    world.change_employer(token, name="Jean Martin")
    assert world.show_employer(employer).contact.name == "Jean Martin"


def test_three_addresses_may_be_given_in_a_day(world: World) -> None:
    _, token, _ = deposited(world)
    for number in range(1, 4):
        world.change_employer(token, version=number, email=f"a{number}@example.org")

    with pytest.raises(LimitReached) as refusal:
        world.change_employer(token, version=4, email="a4@example.org")
    assert codes(refusal) == [("email", "email_limit")]

    world.change_employer(token, version=4, now=NOW + days(1), email="a4@example.org")
    assert world.courier.sent[-1][0].to == "a4@example.org"


def test_a_contact_read_before_another_change_is_not_written_over_it(world: World) -> None:
    _, token, _ = deposited(world)
    world.change_employer(token, name="Jean Martin")

    with pytest.raises(StaleVersion) as stale:
        world.change_employer(token, **PAUL)

    assert isinstance(stale.value.current, ManageView)
    assert stale.value.current.recruiter.behalf is not None
    assert stale.value.current.recruiter.behalf.employer.name == "Jean Martin"


def test_an_answer_between_our_read_and_our_write_is_shown_first(world: World) -> None:
    _, token, employer = deposited(world)
    seen = world.show_employer(employer).offers[0]
    world.store.rivals = [lambda: world.employer_says("confirm", seen, employer)]

    with pytest.raises(StaleVersion):
        world.change_employer(token, **PAUL)

    assert world.show_employer(employer).offers[0].answer == "confirmed"


def test_an_employer_who_deposited_itself_has_no_other_contact(world: World) -> None:
    token = token_of(world.deposit())

    with pytest.raises(NotFound):
        world.change_employer(token, **PAUL)


def test_a_mail_that_waits_for_the_former_address_never_carries_the_new_link(world: World) -> None:
    """A link minted when the letter leaves would open to whoever reads that mailbox."""
    world.courier.fails = [MailDelayed(), MailDelayed()]
    receipt = world.deposit(a_deposit(depositor=a_depositor()))
    world.change_employer(token_of(receipt), **PAUL)

    world.sweep(NOW + days(1))

    told = {letter.to for letter, _ in world.courier.sent if letter.reader == "employer"}
    assert told == {"paul@example.org"}


def test_nobody_is_told_where_nothing_is_online(world: World) -> None:
    receipt, token, _ = deposited(world)
    world.close(receipt.offers[0], token)
    before = list(world.sent)

    world.change_employer(token, **PAUL)

    assert world.sent == before


def test_the_card_says_that_the_firm_is_not_reached_until_another_address_is_given(
    world: World,
) -> None:
    receipt, token, _ = deposited(world)
    event = MailEvent(
        what="bounced",
        addresses=("jeanne@example.org",),
        recruiter_id=receipt.recruiter_id,
        letter_id=world.letters[-1].id,
    )
    mail_returned(event, store=world.store, now=NOW)

    def unreached() -> list[bool]:
        return [o.employer.unreached for o in world.show(token).offers if o.employer]

    assert unreached() == [True]
    world.change_employer(token, **PAUL)
    assert unreached() == [False]


def bounce(world: World, receipt: Receipt) -> None:
    """The last mail comes back."""
    letter = world.courier.sent[-1][0]
    event = MailEvent(
        what="bounced",
        addresses=(letter.to,),
        recruiter_id=receipt.recruiter_id,
        letter_id=letter.id,
    )
    mail_returned(event, store=world.store, now=NOW)


def test_a_firm_that_mistyped_its_own_address_is_given_another_by_its_depositor(
    world: World,
) -> None:
    receipt, token, employer = deposited(world)
    said = {"contact": {**PAUL, "email": "paul@exemple.org"}}
    world.employer_says("correct", world.show_employer(employer).offers[0], employer, **said)
    bounce_to = world.courier.sent[-1][0].to
    assert bounce_to == "paul@exemple.org"
    bounce(world, receipt)
    view = world.show(token).recruiter
    assert view.behalf is not None
    assert not view.behalf.own_word, "the page lets it be changed"

    with pytest.raises(Refused) as refusal:  # only to reach it: its name and number are its word
        world.change_employer(
            token, version=view.version, **{**PAUL, "email": bounce_to, "name": "Jean"}
        )
    assert codes(refusal) == [("name", "employer_said")]
    world.change_employer(token, version=view.version, **PAUL)

    notice, link = world.courier.sent[-1]
    assert (notice.kind, notice.to) == ("on_behalf_notice", "paul@example.org")
    assert world.show_employer(token_in(link)).contact.email == "paul@example.org"


def test_a_firm_that_answered_and_is_reached_no_more_is_given_another_address(
    world: World,
) -> None:
    receipt, token, employer = deposited(world)
    world.employer_says("confirm", world.show_employer(employer).offers[0], employer)
    bounce(world, receipt)

    world.change_employer(token, **PAUL)

    assert world.courier.sent[-1][0].to == "paul@example.org"
    with pytest.raises(LinkInvalid):
        world.show_employer(employer)


def test_a_firm_that_objects_has_spoken_and_keeps_its_address(world: World) -> None:
    _, token, employer = deposited(world)
    world.object(employer)

    with pytest.raises(Refused) as refusal:
        world.change_employer(token, **PAUL)

    assert codes(refusal) == [("email", "employer_answered")]
    assert world.show_employer(employer).objects
