"""An answer that comes late, twice, or to what changed meanwhile."""

import pytest

from depot.domain.errors import LinkInvalid, MailDelayed, NoticeMoved
from tests.builders import NOW, SIRET, a_company
from tests.unit.usecases.opco.told import Told, told
from tests.world import AKTO, DESK_MAILBOX, World, days, minutes, token_of


@pytest.mark.parametrize("answer", ["taking", "not_ours"])
def test_an_answer_to_what_has_changed_is_refused_with_the_present_state(
    world: World, answer: str
) -> None:
    need = told(world, "0843")
    first = need.token
    need.answer("contacted")

    with pytest.raises(NoticeMoved) as stale:
        world.answer(first, answer, version=2)

    assert stale.value.current == world.show_notice(first)


def test_a_link_of_an_earlier_turn_answers_nothing_even_with_the_right_version(
    world: World,
) -> None:
    need = told(world, "0843")
    first = need.token
    need.answer("not_ours", to=AKTO)

    for answer in ("taking", "not_ours"):
        with pytest.raises(NoticeMoved) as stale:
            need.answer(answer, token=first)
        assert "jeanne" not in stale.value.current.model_dump_json()
    assert need.notice.version == 3


def test_two_answers_at_once_keep_the_first(world: World) -> None:
    need = told(world, "0843")
    world.store.rivals = [lambda: need.answer("taking")]

    with pytest.raises(NoticeMoved) as stale:
        need.answer("not_ours")

    assert need.notice.answer == "taking"
    assert "taking" in stale.value.current.model_dump_json()
    assert len(need.told_to()) == 1


def test_a_mail_that_cannot_leave_now_is_left_to_the_sweep(world: World) -> None:
    need = told(world, "0843")
    world.courier.fails = [MailDelayed()]

    need.answer("not_ours")
    assert need.told_to() == ["ep@example.org"]
    assert need.shown_to_the_depositor.state == "pending"

    world.sweep(NOW + minutes(3))
    assert need.told_to() == ["ep@example.org", DESK_MAILBOX]


def test_a_need_that_is_over_is_shown_so_and_takes_no_answer(world: World) -> None:
    need = told(world, "0843")
    world.close(need.receipt.offers[0], token_of(need.receipt))

    view = world.show_notice(need.token)

    assert (view.status, view.recipients) == ("over", ())
    assert view.contact is not None
    with pytest.raises(NoticeMoved):
        need.answer("taking")


def test_an_offer_past_its_last_day_is_over_before_the_sweep_says_so(world: World) -> None:
    need = told(world, "0843")

    assert world.show_notice(need.token, NOW + days(28)).status == "current"
    assert world.show_notice(need.token, NOW + days(29)).status == "over"


def test_nobody_is_to_be_called_at_a_firm_that_was_refused(world: World) -> None:
    world.companies.down = True
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    need = Told(world, receipt)
    world.companies.down, world.companies.known = False, {}
    world.verify(receipt.recruiter_id, NOW + minutes(15))

    view = world.show_notice(need.token)

    assert (view.status, view.contact, view.need, view.address) == ("refused", None, None, None)


def test_a_link_to_what_is_gone_is_invalid(world: World) -> None:
    need = told(world, "0843")
    token = need.token
    world.store.kept.clear()

    with pytest.raises(LinkInvalid):
        world.show_notice(token)


def test_a_firm_known_at_last_leaves_alone_what_a_person_decided(world: World) -> None:
    world.companies.down = True
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    need = Told(world, receipt)
    need.answer("taking")
    world.companies.down, world.companies.known = False, {SIRET: a_company()}

    world.verify(receipt.recruiter_id, NOW + minutes(15))

    assert (need.notice.state, need.notice.answer) == ("told", "taking")
    assert world.show_notice(need.token).verified
