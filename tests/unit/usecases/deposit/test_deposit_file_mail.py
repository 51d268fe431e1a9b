"""A file deposited at an address in error says so, as a deposit does."""

from typing import Literal

from tests.unit.usecases.deposit.deposit_files import TWO, a_file, a_line, desk
from tests.world import SECOND, World


def told(world: World, what: Literal["bounced", "complained"]) -> None:
    """Of a mail that left for who deposits, hear that."""
    sent = next(letter for letter in world.letters if letter.kind == "deposit_received")
    world.returned(sent, what)


def test_a_file_of_whose_address_is_in_error_says_so_and_still_gives_the_links() -> None:
    world = World()
    first = desk(world).deposit(a_file(a_line(postes="2")))
    told(world, "bounced")

    view = desk(world).deposit(a_file(*TWO, submission_id=SECOND, accepted=[2]))

    assert (first.mail_stopped, view.mail_stopped) == (False, True)
    assert all(line.manage_url for line in view.lines)


def test_it_says_so_again_when_the_same_is_sent_again() -> None:
    world = World()
    desk(world).deposit(a_file(a_line(postes="2")))
    told(world, "bounced")
    file = a_file(*TWO, submission_id=SECOND, accepted=[2])
    desk(world).deposit(file)

    assert desk(world).deposit(file).mail_stopped


def test_a_file_says_nothing_of_a_complaint_nor_of_mails_that_leave() -> None:
    world = World()
    assert not desk(world).deposit(a_file(*TWO)).mail_stopped
    told(world, "complained")

    view = desk(world).deposit(a_file(*TWO, submission_id=SECOND, accepted=[2, 3]))

    assert not view.mail_stopped
