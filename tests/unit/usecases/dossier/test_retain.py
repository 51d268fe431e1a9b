"""Two years after its last use a dossier goes; thirty days before, its holder is told."""

from datetime import datetime, timedelta

import pytest

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.dossier.retention import KEPT, PURGED, WARNING, last_activity
from depot.domain.errors import StaleVersion
from depot.usecases.deposit.receipt import Receipt
from tests.builders import NOW, a_deposit, an_offer
from tests.world import World, days, token_of


QUIET = KEPT - WARNING


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def receipt(world: World) -> Receipt:
    """A firm without an offer: nothing else is due for it."""
    return world.deposit(a_deposit(offers=[]))


def night(world: World, now: datetime) -> list[str]:
    """A sweep, and the mails that leave by it."""
    before = len(world.sent)
    world.sweep(now)
    return world.sent[before:]


def test_a_dossier_unused_for_two_years_less_a_month_is_warned_once(
    world: World, receipt: Receipt
) -> None:
    assert night(world, NOW + QUIET - days(1)) == []
    assert night(world, NOW + QUIET) == ["erasure_warning"]
    assert night(world, NOW + QUIET + days(1)) == []
    assert world.store.recruiter(receipt.recruiter_id) is not None


def test_thirty_days_after_the_warning_everything_goes(world: World, receipt: Receipt) -> None:
    night(world, NOW + QUIET)

    assert night(world, NOW + QUIET + days(29)) == []
    assert night(world, NOW + KEPT) == ["erased"]
    assert world.store.dossier(receipt.recruiter_id) is None


def test_a_warning_that_comes_late_still_leaves_thirty_days(world: World, receipt: Receipt) -> None:
    late = NOW + KEPT + days(100)

    assert night(world, late) == ["erasure_warning"]
    assert night(world, late + days(29)) == []
    assert night(world, late + days(30)) == ["erased"]
    assert world.store.dossier(receipt.recruiter_id) is None


def test_who_asks_to_keep_it_keeps_it_two_years_more(world: World, receipt: Receipt) -> None:
    night(world, NOW + QUIET)
    asked = NOW + QUIET + days(10)
    version = world.recruiter(receipt).version

    world.keep_data(token_of(receipt), version=version, now=asked)

    assert night(world, NOW + KEPT) == []
    assert night(world, asked + QUIET) == ["erasure_warning"]
    assert night(world, asked + KEPT) == ["erased"]


@pytest.mark.parametrize("gesture", ["add", "correct", "contact", "renew"])
def test_any_gesture_of_the_depositor_after_the_warning_keeps_it(
    world: World, receipt: Receipt, gesture: str
) -> None:
    night(world, NOW + QUIET)
    token, later = token_of(receipt), NOW + QUIET + days(10)
    version = world.recruiter(receipt).version
    match gesture:
        case "add":
            world.add(receipt.recruiter_id, token, now=later)
        case "correct":
            world.correct(token, version=version, name="Chez Jeanne", now=later)
        case "contact":
            world.contact(token, version=version, name="Paul Petit", now=later)
        case "renew":
            world.renew(token, version=version, now=later)

    assert "erased" not in night(world, NOW + KEPT)
    assert world.store.dossier(receipt.recruiter_id) is not None


def test_opening_the_page_keeps_nothing(world: World, receipt: Receipt) -> None:
    """Mail scanners open links too."""
    night(world, NOW + QUIET)
    world.show(token_of(receipt), NOW + QUIET + days(10))

    assert night(world, NOW + KEPT) == ["erased"]


def test_an_offer_extended_again_and_again_keeps_the_dossier_though_it_is_never_written(
    world: World,
) -> None:
    receipt = world.deposit()
    offer = receipt.offers[0]
    for month in range(1, 13):
        offer = world.extend(offer, token_of(receipt), NOW + days(27 * month))
    last = world.offers[0].expires_at

    assert "erasure_warning" not in night(world, NOW + QUIET)
    assert world.personal.until[receipt.recruiter_id] == NOW + QUIET + PURGED
    assert world.recruiter(receipt).retained_at == last + QUIET


def test_what_we_do_by_ourselves_is_no_activity(world: World) -> None:
    """The directory is asked again every week while an offer is live."""
    receipt = world.deposit()
    for week in range(1, 7):
        world.sweep(NOW + days(7 * week))
    ended = world.offers[0].closed_at
    assert ended is not None

    world.sweep(NOW + QUIET)
    assert world.sent[-1] != "erasure_warning"
    assert night(world, ended + QUIET) == ["erasure_warning"]
    assert night(world, ended + KEPT) == ["erased"]
    assert world.store.dossier(receipt.recruiter_id) is None


def test_two_sweeps_at_once_warn_and_erase_once(world: World, receipt: Receipt) -> None:
    for when, kind in [(NOW + QUIET, "erasure_warning"), (NOW + KEPT, "erased")]:
        world.store.rivals = [lambda when=when: world.sweep(when)]
        world.sweep(when)
        assert world.sent.count(kind) == 1
    assert world.store.all(Recruiter, receipt.recruiter_id) == []


def test_keeping_from_an_older_page_is_refused(world: World, receipt: Receipt) -> None:
    world.correct(token_of(receipt), name="Chez Jeanne")

    with pytest.raises(StaleVersion):
        world.keep_data(token_of(receipt))


def test_nothing_is_purged_by_the_table_before_the_sweep_would_erase_it() -> None:
    """The longest a dossier in use goes unwritten: to its first look, an offer's life ahead."""
    longest = QUIET + timedelta(days=29)

    assert longest + WARNING + timedelta(days=60) <= PURGED


def test_the_last_day_of_an_offer_is_activity_and_so_is_the_last_gesture() -> None:
    offer = an_offer()

    assert last_activity(NOW, [offer]) == offer.expires_at
    closed = offer.close("filled", None, NOW + days(2))
    assert last_activity(NOW, [closed]) == NOW + days(2)
    assert last_activity(NOW + days(9), [closed]) == NOW + days(9)
