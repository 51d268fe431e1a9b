"""A complaint is in the file of those whose mail was complained of, and of nobody else."""

from typing import Any
from uuid import UUID

import pytest

from depot.domain.errors import MailRefused
from depot.usecases.deposit.receipt import Receipt
from tests.builders import a_deposit
from tests.world import World, token_of


OTHER = UUID("00000000-0000-4000-8000-0000000000aa")


@pytest.fixture
def complained(world: World) -> Receipt:
    """A deposit whose confirmation was complained of."""
    receipt = world.deposit()
    world.returned(world.letters[0], "complained")
    return receipt


def letters(world: World, receipt: Receipt) -> list[dict[str, Any]]:
    file = world.export(token_of(receipt))
    found: list[dict[str, Any]] = file["e-mails envoyés ou à envoyer"]
    return found


def test_a_stranger_s_file_does_not_say_that_the_address_complained_elsewhere(
    world: World, complained: Receipt
) -> None:
    stranger = world.deposit(a_deposit(submission_id=OTHER))

    (withheld,) = letters(world, stranger)
    assert (withheld["état"], withheld["raison de l’échec"]) == ("non envoyé", "non envoyé")
    assert "indésirable" not in str(withheld)
    assert complained.recruiter_id not in str(withheld)


def test_it_reads_as_one_the_mail_service_did_not_take(world: World, complained: Receipt) -> None:
    del complained
    stranger = world.deposit(a_deposit(submission_id=OTHER))
    elsewhere = World()
    elsewhere.courier.fails.append(MailRefused())
    not_taken = elsewhere.deposit(a_deposit(submission_id=OTHER))

    assert letters(world, stranger) == letters(elsewhere, not_taken)


def test_who_complained_reads_so_of_that_mail_and_of_those_withheld_since(
    world: World, complained: Receipt
) -> None:
    world.add(complained.recruiter_id, token_of(complained))

    reasons = [each["raison de l’échec"] for each in letters(world, complained)]

    assert reasons == ["signalé comme indésirable"] * 2
