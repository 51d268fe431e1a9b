"""A mail that came back, or was complained of."""

import logging
from uuid import UUID

import pytest

from depot.domain.errors import MailDelayed, MailRefused
from depot.domain.letters.letter import Letter
from depot.domain.letters.refusal import MailRefusal, address_subject
from depot.usecases.deposit.receipt import Receipt
from tests.builders import BAKER, NOW, a_deposit, a_training
from tests.world import World, days, minutes, token_of


OTHER = UUID("00000000-0000-4000-8000-0000000000aa")
LATER = UUID("00000000-0000-4000-8000-0000000000bb")


def asked(world: World) -> Receipt:
    world.catalogue.known = [a_training()]
    receipt = world.deposit(a_deposit(offers=[{"metier": BAKER.code, "ask_cfa": True}]))
    world.match(receipt.recruiter_id, receipt.offers[0].id)
    return receipt


def letter(world: World, kind: str) -> Letter:
    return next(letter for letter in world.letters if letter.kind == kind)


def again(world: World, receipt: Receipt) -> None:
    """One more need of the same recruiter, told to centres."""
    offer = world.add(receipt.recruiter_id, token_of(receipt), ask_cfa=True)
    world.match(receipt.recruiter_id, offer.id)


def test_a_centre_s_address_in_error_is_written_to_no_more_and_the_card_says_it(
    world: World,
) -> None:
    receipt = asked(world)
    world.returned(letter(world, "cfa_need"), "bounced")
    before = len(world.sent)

    again(world, receipt)

    assert "cfa_need" not in world.sent[before:]
    shown = {offer.id: offer.cfas for offer in world.show(token_of(receipt)).offers}
    assert [cfa.state for cfa in shown[receipt.offers[0].id]] == ["failed"]
    assert letter(world, "cfa_need").failure == "bounced"


def test_a_centre_that_complains_has_unsubscribed_but_has_read(world: World) -> None:
    receipt = asked(world)

    world.returned(letter(world, "cfa_need"), "complained")

    assert {(kept.subject, kept.why) for kept in world.store.all(MailRefusal)} == {
        (address_subject("cfa@example.org"), "unsubscribed"),
        ("000000018", "unsubscribed"),
    }
    assert letter(world, "cfa_need").state == "sent"
    (cfa,) = world.show(token_of(receipt)).offers[0].cfas
    assert cfa.state == "refused"


@pytest.mark.parametrize("what", ["bounced", "complained"])
def test_a_depositor_whose_address_fails_is_told_by_the_page_alone(world: World, what: str) -> None:
    receipt = world.deposit()
    assert not world.show(token_of(receipt)).mail_stopped

    world.returned(letter(world, "deposit_received"), what)

    assert world.show(token_of(receipt)).mail_stopped
    world.add(receipt.recruiter_id, token_of(receipt))
    assert world.sent == ["deposit_received"]
    assert letter(world, "offer_added").failure == what


@pytest.mark.parametrize(("what", "lapses"), [("bounced", True), ("complained", False)])
def test_an_error_lapses_after_ninety_days_a_complaint_does_not(
    world: World, what: str, *, lapses: bool
) -> None:
    token = token_of(world.deposit())
    world.returned(letter(world, "deposit_received"), what)

    assert world.show(token, NOW + days(89)).mail_stopped
    assert world.show(token, NOW + days(90)).mail_stopped is not lapses
    world.renew(token, now=NOW + days(90))
    assert ("link_renewed" in world.sent) is lapses


def test_who_has_several_dossiers_is_told_on_each_that_the_address_fails(world: World) -> None:
    first = world.deposit()
    second = world.deposit(a_deposit(submission_id=OTHER))

    world.returned(letter(world, "deposit_received"), "bounced")

    assert world.show(token_of(first)).mail_stopped
    assert world.show(token_of(second)).mail_stopped


def test_a_deposit_at_an_address_in_error_says_so_at_once_and_still_gives_the_link(
    world: World,
) -> None:
    first = world.deposit()
    assert not first.mail_stopped
    world.returned(letter(world, "deposit_received"), "bounced")

    again = world.deposit(a_deposit(submission_id=OTHER))

    assert again.mail_stopped
    assert again.manage_url
    assert world.deposit(a_deposit(submission_id=OTHER)).mail_stopped, "sent once more, the same"
    later = world.deposit(a_deposit(submission_id=LATER), NOW + days(90))
    assert not later.mail_stopped


def test_an_address_the_mail_service_cannot_read_is_told_at_once(world: World) -> None:
    world.courier.fails.append(MailRefused())

    assert world.deposit().mail_stopped


def test_a_mail_that_is_only_late_is_not_called_lost(world: World) -> None:
    world.courier.fails.append(MailDelayed())

    assert not world.deposit().mail_stopped


def test_a_complaint_is_not_told_to_a_stranger_who_types_the_address(world: World) -> None:
    first = world.deposit()
    world.returned(letter(world, "deposit_received"), "complained")

    stranger = world.deposit(a_deposit(submission_id=OTHER))

    assert world.sent == ["deposit_received"], "nothing more was sent"
    assert world.show(token_of(first)).mail_stopped
    assert not stranger.mail_stopped
    assert not world.show(token_of(stranger)).mail_stopped


def test_an_opco_s_mailbox_is_ours_to_mend_it_rings_and_stays_in_use(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)

    world.returned(letter(world, "opco_need"), "bounced")

    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert world.store.all(MailRefusal) == []
    assert world.show(token_of(receipt)).offers[0].opco.state == "failed"


def test_the_same_event_twice_is_once(world: World) -> None:
    asked(world)
    mail = letter(world, "cfa_need")
    world.returned(mail, "bounced")
    before = dict(world.store.kept)

    world.returned(mail, "bounced", NOW + minutes(5))

    assert world.store.kept == before


def test_a_mail_that_comes_back_before_it_was_recorded_as_sent_is_kept_as_failed(
    world: World,
) -> None:
    world.catalogue.known = [a_training()]
    receipt = world.deposit(a_deposit(offers=[{"metier": BAKER.code, "ask_cfa": True}]))
    # The round's own commit, then the record of the mail: the event comes between.
    world.store.rivals = [
        lambda: None,
        lambda: world.returned(letter(world, "cfa_need"), "bounced"),
    ]

    world.match(receipt.recruiter_id, receipt.offers[0].id)

    assert letter(world, "cfa_need").failure == "bounced"


def test_an_event_about_a_letter_that_is_gone_still_suspends_the_address(world: World) -> None:
    receipt = asked(world)
    mail = letter(world, "cfa_need")
    del world.store.kept[(Letter, receipt.recruiter_id, mail.id)]

    world.returned(mail, "bounced")

    (kept,) = world.store.all(MailRefusal)
    assert kept.why == "bounced"


def test_an_event_that_conflicts_reads_again(world: World) -> None:
    asked(world)
    mail = letter(world, "cfa_need")
    world.store.rivals = [lambda: world.returned(mail, "bounced")]

    world.returned(mail, "bounced")

    assert letter(world, "cfa_need").failure == "bounced"
