"""Another person, number or address: what changes at once, and what waits to be proven."""

from uuid import UUID

import pytest

from depot.domain.errors import LimitReached, LinkInvalid, StaleVersion
from depot.domain.feed.record import record_of
from tests.builders import NOW, a_deposit
from tests.world import World, days, token_of


NEW = "jean@example.org"
OLD = "jeanne@example.org"
CONTACT = {"name": "Jean Petit", "phone": "01 99 00 12 34"}
OTHER = UUID("00000000-0000-4000-8000-0000000000aa")


@pytest.fixture
def world() -> World:
    return World()


def confirming(world: World) -> str:
    """The token of the last mail to a new address."""
    found = [link for letter, link in world.courier.sent if letter.kind == "email_change"]
    return (found[-1] or "").partition("#")[2]


def test_a_name_and_a_number_change_at_once_and_the_offers_show_the_number(world: World) -> None:
    token = token_of(world.deposit())

    view = world.contact(
        token, name="Paul Petit", phone="01 99 00 00 01", now=NOW + days(1)
    ).recruiter

    assert (view.contact.name, view.contact.phone) == ("Paul Petit", "+33199000001")
    (offer,) = world.offers
    assert record_of(offer).apply.phone == "+33199000001"
    assert offer.updated_at == NOW + days(1)
    assert world.sent == ["deposit_received"], "nobody needs a mail for that"


def test_an_offer_that_ended_is_left_alone(world: World) -> None:
    receipt = world.deposit()
    world.close(receipt.offers[0], token_of(receipt))

    world.contact(token_of(receipt), phone="01 99 00 00 01")

    assert world.offers[0].phone == "+33199001234"


def test_nothing_changed_writes_nothing(world: World) -> None:
    receipt = world.deposit()

    assert world.contact(token_of(receipt)).recruiter.version == 1
    assert world.recruiter(receipt).version == 1


def test_a_new_address_waits_and_the_present_one_is_told(world: World) -> None:
    receipt = world.deposit()

    view = world.contact(token_of(receipt), email=NEW).recruiter

    assert view.contact.email == OLD
    assert view.new_email is not None
    assert view.new_email.email == NEW
    assert [(letter.kind, letter.to) for letter, _ in world.courier.sent[1:]] == [
        ("email_change", NEW),
        ("email_asked", OLD),
    ]
    world.sweep(NOW + days(22))
    (reminder,) = [letter for letter, _ in world.courier.sent if letter.kind == "reminder"]
    assert reminder.to == OLD, "written to until the new one is proven"


def test_showing_the_link_of_a_new_address_changes_nothing(world: World) -> None:
    receipt = world.deposit()
    world.contact(token_of(receipt), email=NEW)

    view = world.show_confirmation(confirming(world))

    assert (view.state, view.email, view.manage_url) == ("waiting", NEW, None)
    assert world.recruiter(receipt).contact.email == OLD


def test_a_confirmed_address_counts_and_links_sent_to_the_former_one_die(world: World) -> None:
    receipt = world.deposit()
    world.contact(token_of(receipt), email=NEW)

    view = world.confirm(confirming(world))

    assert world.recruiter(receipt).contact.email == NEW
    assert [(letter.kind, letter.to) for letter, _ in world.courier.sent[3:]] == [
        ("email_changed", OLD),
        ("link_renewed", NEW),
    ]
    with pytest.raises(LinkInvalid):
        world.show(token_of(receipt))
    assert view.manage_url is not None
    assert world.show(view.manage_url.partition("#")[2]).recruiter.contact.email == NEW
    assert world.store.of_email(OLD) == []


def test_a_confirmation_works_once_and_a_second_one_gives_no_link(world: World) -> None:
    receipt = world.deposit()
    world.contact(token_of(receipt), email=NEW)
    token = confirming(world)
    world.confirm(token)
    mails = len(world.sent)

    again = world.confirm(token)

    assert (again.state, again.email, again.manage_url) == ("confirmed", NEW, None)
    assert len(world.sent) == mails


def test_two_confirmations_at_once_tell_once(world: World) -> None:
    receipt = world.deposit()
    world.contact(token_of(receipt), email=NEW)
    token = confirming(world)
    world.store.rivals = [lambda: world.confirm(token)]

    assert world.confirm(token).state == "confirmed"
    assert world.sent.count("email_changed") == 1


def test_a_link_older_than_a_week_proves_nothing(world: World) -> None:
    receipt = world.deposit()
    world.contact(token_of(receipt), email=NEW)

    assert world.show_confirmation(confirming(world), NOW + days(6.9)).state == "waiting"
    with pytest.raises(LinkInvalid):
        world.confirm(confirming(world), NOW + days(7))


def test_another_address_asked_for_replaces_the_first(world: World) -> None:
    receipt = world.deposit()
    world.contact(token_of(receipt), email=NEW)
    first = confirming(world)
    world.contact(token_of(receipt), email="anna@example.org", version=2)

    with pytest.raises(LinkInvalid):
        world.confirm(first)
    world.confirm(confirming(world))
    assert world.recruiter(receipt).contact.email == "anna@example.org"


def test_the_present_address_typed_again_drops_the_one_asked_for(world: World) -> None:
    receipt = world.deposit()
    world.contact(token_of(receipt), email=NEW)
    token = confirming(world)

    assert world.contact(token_of(receipt), version=2).recruiter.new_email is None
    with pytest.raises(LinkInvalid):
        world.confirm(token)


def test_a_number_changed_while_an_address_waits_leaves_it_waiting(world: World) -> None:
    receipt = world.deposit()
    world.contact(token_of(receipt), email=NEW)
    token, mails = confirming(world), len(world.sent)

    world.contact(token_of(receipt), email=NEW, phone="01 99 00 00 01", version=2)

    assert len(world.sent) == mails
    world.confirm(token)
    assert world.recruiter(receipt).contact.phone == "+33199000001"


def test_asking_again_once_the_link_is_old_sends_another(world: World) -> None:
    receipt = world.deposit()
    world.contact(token_of(receipt), email=NEW)
    world.contact(token_of(receipt), email=NEW, version=2, now=NOW + days(8))

    assert world.sent.count("email_change") == 2
    assert world.show_confirmation(confirming(world), NOW + days(8)).state == "waiting"


def test_a_change_made_on_an_older_page_is_refused_with_what_is_true_now(world: World) -> None:
    receipt = world.deposit()
    world.contact(token_of(receipt), name="Paul Petit")

    with pytest.raises(StaleVersion) as caught:
        world.contact(token_of(receipt), phone="01 99 00 00 01")

    assert caught.value.current.recruiter.contact.name == "Paul Petit"  # type: ignore[attr-defined]


def test_of_two_pages_at_once_the_second_is_refused(world: World) -> None:
    receipt = world.deposit(a_deposit(offers=[]))
    token = token_of(receipt)
    world.store.rivals = [lambda: world.contact(token, name="Paul Petit")]

    with pytest.raises(StaleVersion):
        world.contact(token, name="Anna Petit")
    assert world.recruiter(receipt).contact.name == "Paul Petit"


def test_a_fourth_address_in_a_day_is_refused_and_mails_nobody(world: World) -> None:
    token = token_of(world.deposit())
    for version, address in enumerate((NEW, OLD, NEW, OLD, NEW), start=1):
        world.contact(token, version=version, email=address)
    before = list(world.sent)

    with pytest.raises(LimitReached) as caught:
        world.contact(token, version=6, email="paul@example.org", now=NOW + days(0.9))

    assert caught.value.errors[0][:2] == ("email", "email_limit")
    assert world.sent == before
    world.contact(token, version=6, name="Paul Petit", email=NEW, now=NOW + days(0.9))
    world.contact(token, version=7, email="paul@example.org", now=NOW + days(1))
    assert world.sent[-2:] == ["email_change", "email_asked"]


def returned(world: World, email: str) -> str:
    """An address that a mail came back from; the token of its depositor."""
    receipt = world.deposit(a_deposit(contact={**CONTACT, "email": email}))
    world.returned(world.courier.sent[-1][0], "bounced")
    return token_of(receipt)


def test_a_link_proves_an_address_in_error_and_ends_the_error(world: World) -> None:
    returned(world, NEW)
    token = token_of(world.deposit(a_deposit(submission_id=OTHER)))
    world.contact(token, email=NEW)
    assert world.sent[-2:] == ["email_change", "email_asked"], "it is tried in spite of the error"

    shown = world.confirm(confirming(world))

    assert shown.state == "confirmed"
    assert world.sent[-1] == "link_renewed"
    moved = world.show((shown.manage_url or "").partition("#")[2])
    assert not moved.mail_stopped


def test_a_link_does_not_undo_a_complaint(world: World) -> None:
    receipt = world.deposit(a_deposit(contact={**CONTACT, "email": NEW}))
    world.returned(world.courier.sent[-1][0], "complained")
    token = token_of(world.deposit(a_deposit(submission_id=OTHER)))

    world.contact(token, email=NEW)

    assert "email_change" not in world.sent
    assert world.show(token_of(receipt)).mail_stopped
