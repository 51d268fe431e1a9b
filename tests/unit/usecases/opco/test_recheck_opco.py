"""A firm whose OPCO the sources did not agree on is looked for again each night."""

from datetime import UTC, datetime

import pytest

from depot.domain.life.lifetime import next_night
from depot.domain.opco.notice import OpcoNotice
from depot.usecases.deposit.receipt import Receipt
from tests.builders import NOW, SIRET, a_company
from tests.world import AKTO, DESK_MAILBOX, EP, MAILBOXES, World, days, share, token_in, token_of


NIGHT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # three in the morning in Paris


@pytest.fixture
def receipt(world: World) -> Receipt:
    """A need whose OPCO nobody knows: the desk was told."""
    world.opcos.known.pop("0843", None)
    made = world.deposit()
    world.notify(made.recruiter_id, made.offers[0].id)
    return made


def notice(world: World) -> OpcoNotice:
    (kept,) = world.store.all(OpcoNotice)
    return kept


def told_to(world: World) -> list[str]:
    return [letter.to for letter, _ in world.courier.sent if letter.kind == "opco_need"]


def test_the_night_is_three_in_the_morning_in_paris() -> None:
    assert next_night(NOW) == NIGHT
    assert next_night(NIGHT) == NIGHT + days(1)
    before_summer = datetime(2027, 3, 27, 12, tzinfo=UTC)
    assert next_night(before_summer) == datetime(2027, 3, 28, 1, tzinfo=UTC)


@pytest.mark.usefixtures("receipt")
def test_an_opco_the_sources_name_at_last_is_told(world: World) -> None:
    world.opcos.known["0843"] = [share(EP)]

    world.sweep(NIGHT - days(0.01))
    assert told_to(world) == [DESK_MAILBOX]
    world.sweep(NIGHT)

    assert told_to(world) == [DESK_MAILBOX, MAILBOXES[EP]]
    assert (notice(world).addressee, notice(world).turn, notice(world).recheck_at) == (EP, 2, None)
    world.sweep(NIGHT + days(1))
    assert len(told_to(world)) == 2


@pytest.mark.usefixtures("receipt")
def test_sources_that_still_do_not_know_are_asked_the_next_night_and_their_answer_dated(
    world: World,
) -> None:
    world.sweep(NIGHT)

    kept = notice(world)
    assert (kept.turn, kept.recheck_at) == (1, NIGHT + days(1))
    assert kept.finding is not None
    assert kept.finding.at == NIGHT
    assert told_to(world) == [DESK_MAILBOX]


def test_an_agreement_the_directory_comes_to_know_is_enough(world: World) -> None:
    """As when the second directory, which knows none, vouched for the firm."""
    world.companies.known = {SIRET: a_company(idccs=())}
    made = world.deposit()
    world.notify(made.recruiter_id, made.offers[0].id)
    world.companies.known = {SIRET: a_company()}

    world.sweep(NOW + days(7))
    world.sweep(NOW + days(8))

    assert told_to(world) == [DESK_MAILBOX, MAILBOXES[EP]]


def test_what_a_person_decided_is_left_alone(world: World, receipt: Receipt) -> None:
    del receipt
    token = token_in(world.courier.sent[-1][1])
    world.answer(token, "not_ours", version=2, to=AKTO)
    world.opcos.known["0843"] = [share(EP)]

    world.sweep(NIGHT)

    assert told_to(world) == [DESK_MAILBOX, MAILBOXES[AKTO]]
    assert notice(world).recheck_at is None


def test_a_need_that_is_over_is_looked_at_no_more(world: World, receipt: Receipt) -> None:
    world.close(receipt.offers[0], token_of(receipt))
    world.opcos.known["0843"] = [share(EP)]

    world.sweep(NIGHT)

    assert told_to(world) == [DESK_MAILBOX]
    assert notice(world).due_at is None or notice(world).recheck_at is None


@pytest.mark.usefixtures("receipt")
def test_the_reminder_still_comes_in_its_time(world: World) -> None:
    world.sweep(NIGHT)
    assert "opco_reminder" not in world.sent

    assert world.sweep(NOW + days(3)).opcos_reminded == 1


def test_a_firm_whose_opco_is_known_is_not_looked_at_again(world: World) -> None:
    made = world.deposit()
    world.notify(made.recruiter_id, made.offers[0].id)

    assert notice(world).recheck_at is None


@pytest.mark.usefixtures("receipt")
def test_two_sweeps_at_once_tell_it_once(world: World) -> None:
    world.opcos.known["0843"] = [share(EP)]
    world.store.rivals = [lambda: world.sweep(NIGHT)]

    world.sweep(NIGHT)

    assert told_to(world) == [DESK_MAILBOX, MAILBOXES[EP]]


def test_an_offer_closed_before_its_opco_is_told_is_announced_to_nobody(world: World) -> None:
    made = world.deposit()
    world.close(made.offers[0], token_of(made))

    assert world.notify(made.recruiter_id, made.offers[0].id) is None

    assert told_to(world) == []
    assert (notice(world).state, notice(world).due_at) == ("told", None)
