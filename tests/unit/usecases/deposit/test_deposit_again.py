"""A deposit that is sent again, after a success, a crash, a renewal or an erasure."""

from typing import Any

import pytest

from depot.domain.dossier.erasure import Erasure
from depot.domain.errors import SubmissionErased, SubmissionReused
from depot.domain.letters.letter import Letter
from depot.usecases.dossier.erase import begin
from tests.builders import NOW, a_deposit
from tests.world import SECOND, Crash, World, crash, days, minutes, nothing, token_of


def test_the_same_submission_again_writes_nothing_and_mails_nothing_more(world: World) -> None:
    first = world.deposit()
    kept = dict(world.store.kept)

    again = world.deposit()

    assert again == first
    assert world.store.kept == kept
    assert world.sent == ["deposit_received"]


@pytest.mark.parametrize(
    "other",
    [
        {"siret": "30247464800664"},
        {"contact": {"name": "Paul Noir", "email": "paul@example.org", "phone": "0199001299"}},
    ],
)
def test_a_submission_id_alone_opens_nothing(world: World, other: dict[str, Any]) -> None:
    world.deposit()
    kept = dict(world.store.kept)

    with pytest.raises(SubmissionReused):
        world.deposit(a_deposit(**other))

    assert world.store.kept == kept


def test_a_deposit_sent_again_gives_no_link_once_its_link_was_renewed(world: World) -> None:
    receipt = world.deposit()
    world.renew(token_of(receipt))

    again = world.deposit(now=NOW + minutes(1))

    assert again == receipt.model_copy(update={"manage_url": None})
    assert world.sent == ["deposit_received", "link_renewed"]


@pytest.mark.parametrize(("late", "shown"), [(60, True), (61, False)])
def test_a_deposit_sent_again_gives_its_link_for_an_hour(
    world: World, late: int, *, shown: bool
) -> None:
    receipt = world.deposit()

    again = world.deposit(now=NOW + minutes(late))

    assert again.manage_url == (receipt.manage_url if shown else None)
    assert world.sent == ["deposit_received"]


def test_an_erased_deposit_sent_again_is_refused_and_nothing_is_stored(world: World) -> None:
    receipt = world.deposit()
    world.ask_erasure(token_of(receipt))
    kept = dict(world.store.kept)

    with pytest.raises(SubmissionErased):
        world.deposit(now=NOW + minutes(1))

    assert world.store.kept == kept
    assert world.sent == ["deposit_received", "erased"]


def test_a_deposit_sent_again_while_it_is_being_erased_is_refused(world: World) -> None:
    receipt = world.deposit()
    dossier = world.store.dossier(receipt.recruiter_id)
    assert dossier is not None
    begin(dossier, "asked", store=world.store, mailroom=world.mailroom, now=NOW)
    kept = dict(world.store.kept)

    with pytest.raises(SubmissionErased):
        world.deposit(now=NOW + minutes(1))

    assert world.store.kept == kept


def test_a_slow_deposit_never_brings_back_what_was_erased_meanwhile(world: World) -> None:
    """It was looked for before the same one, sent again, was made and erased."""
    world.store.rivals = [lambda: world.ask_erasure(token_of(world.deposit()))]

    with pytest.raises(SubmissionErased):
        world.deposit()

    assert [type(kept) for kept in world.store.kept.values()] == [Erasure]
    assert world.sent == ["deposit_received", "erased"]


def test_what_was_erased_may_be_deposited_anew_and_stays(world: World) -> None:
    erased = world.deposit()
    world.ask_erasure(token_of(erased))

    anew = world.deposit(a_deposit(submission_id=SECOND), now=NOW + minutes(1))
    world.erase(erased.recruiter_id, NOW + days(1) + minutes(5))

    assert world.show(token_of(anew)).offers


def test_a_crash_before_the_write_leaves_nothing_and_the_retry_deposits(world: World) -> None:
    world.store.rivals = [crash]

    with pytest.raises(Crash):
        world.deposit()
    assert world.store.kept == {}

    world.deposit()
    assert len(world.offers) == 1


def test_a_crash_between_the_mail_and_its_record_leaves_the_letter_to_the_sweep(
    world: World,
) -> None:
    world.store.rivals = [nothing, crash]

    with pytest.raises(Crash):
        world.deposit()

    assert world.sent == ["deposit_received"]
    (letter,) = world.store.all(Letter)
    assert letter.state == "pending"
    assert letter.due_at is not None
    world.deposit()
    assert world.sent == ["deposit_received"]


def test_a_retry_on_another_day_shows_the_deposit_as_it_stands(world: World) -> None:
    world.deposit()

    again = world.deposit(now=NOW + days(2))

    assert [offer.days_left for offer in again.offers] == [26]
