"""The depositor says which OPCO the firm has."""

from typing import Any

import pytest

from depot.domain.errors import LinkInvalid, MailDelayed, Refused, StaleVersion
from depot.domain.opco.notice import OpcoNotice
from depot.usecases.dossier.manage_view import ManageView
from tests.builders import NOW, SIRET, a_company, a_deposit
from tests.world import (
    AKTO,
    DESK_MAILBOX,
    EP,
    MAILBOXES,
    OCAPIAT,
    Crash,
    World,
    crash,
    manage_token,
    minutes,
    nothing,
    share,
    token_in,
    token_of,
)


LATER = NOW + minutes(30)


def told(world: World, *idccs: str, needs: int = 1, **over: Any) -> ManageView:
    """The manage page of a firm under these agreements, its notices told."""
    world.opcos.known |= {"1501": [share(AKTO)], "7024": [share(OCAPIAT)]}
    world.companies.known = {SIRET: a_company(idccs=idccs)}
    receipt = world.deposit(a_deposit(offers=[{"metier": "11573"}] * needs, **over))
    for offer in receipt.offers:
        world.notify(receipt.recruiter_id, offer.id)
    return world.show(token_of(receipt))


def notices(world: World) -> list[OpcoNotice]:
    return world.store.all(OpcoNotice)


def written(world: World) -> list[str]:
    """Whom the mails that left since the last look went to."""
    boxes = {mailbox: opco for opco, mailbox in MAILBOXES.items()} | {DESK_MAILBOX: "desk"}
    to = [boxes[letter.to] for letter, _ in world.courier.sent if letter.turn]
    world.courier.sent.clear()
    return to


def opened(world: World) -> str:
    """The token of the last mail to an OPCO or the desk."""
    return token_in(next(link for letter, link in reversed(world.courier.sent) if letter.turn))


def test_candidates_are_to_choose_from_and_an_unknown_opco_among_all(world: World) -> None:
    assert told(world, "0843", "1501").opco_choices == (EP, AKTO)
    assert told(World(), "0000").opco_choices == (AKTO, OCAPIAT, EP)
    assert told(World(), "0843").opco_choices == ()


def test_a_choice_among_candidates_is_told_to_the_opco_chosen_at_once(world: World) -> None:
    page = told(world, "0843", "1501", needs=2)
    assert written(world) == ["desk"] * 2

    after = world.declare(page, AKTO, LATER)

    assert after.recruiter.opco_claim == AKTO
    assert written(world) == [AKTO] * 2
    assert [(offer.opco.names, offer.opco.desk) for offer in after.offers] == [((AKTO,), False)] * 2
    assert [(notice.turn, notice.addressee) for notice in notices(world)] == [(2, AKTO)] * 2
    assert after.offers[0].opco.state == "sent"


def test_the_link_of_the_turn_before_shows_nobody_to_call(world: World) -> None:
    page = told(world, "0843", "1501")
    desk = opened(world)

    world.declare(page, EP, LATER)

    assert world.show_notice(desk).status == "passed_on"
    assert world.show_notice(opened(world)).addressee == EP


def test_no_source_is_asked_again_and_what_they_said_is_kept(world: World) -> None:
    page = told(world, "0843", "1501")
    [before] = notices(world)
    world.register.down = True

    world.declare(page, EP, LATER)

    [after] = notices(world)
    assert before.finding
    assert after.finding
    *kept, said = after.finding.evidence
    assert tuple(kept) == before.finding.evidence
    assert (said.source, said.opcos, said.at) == ("depositor", (EP,), LATER)


def test_a_choice_can_be_changed_and_taken_back(world: World) -> None:
    page = world.declare(told(world, "0843", "1501"), AKTO, LATER)
    assert (page.opco_choices, page.offers[0].opco.declarable) == ((EP, AKTO), True)
    page = world.declare(page, EP, LATER + minutes(10))

    page = world.declare(page, None, LATER + minutes(20))

    assert written(world) == ["desk", AKTO, EP], "whoever has it last keeps it"
    assert (page.recruiter.opco_claim, page.offers[0].opco.names) == (None, (EP,))
    [notice] = notices(world)
    assert notice.finding is not None
    assert (notice.finding.outcome, notice.finding.claim) == ("multiple", None)


def test_an_opco_nothing_else_names_is_told_to_the_desk_and_not_believed(world: World) -> None:
    page = told(world, "0000")

    world.declare(page, AKTO, LATER)

    (_, (letter, _)) = (sent for sent in world.courier.sent if sent[0].turn)
    assert (letter.to, letter.facts["outcome"]) == (DESK_MAILBOX, "unknown")
    assert {"source": "depositor", "opcos": [AKTO]}.items() <= letter.facts["said"][-1].items()  # type: ignore[index, union-attr]


def test_an_opco_our_sources_are_certain_of_is_not_told_again(world: World) -> None:
    page = told(world, "0843")

    world.declare(page, AKTO, LATER)

    assert written(world) == [EP]


@pytest.mark.parametrize("answer", ["taking", "contacted"])
def test_a_need_that_somebody_has_taken_is_left_to_them(world: World, answer: str) -> None:
    page = told(world, "0843", "1501")
    world.answer(opened(world), answer, version=2)
    assert world.show(manage_token(page.recruiter.id)).opco_choices == ()

    after = world.declare(page, EP, LATER)

    assert after.recruiter.opco_claim == EP
    assert not after.offers[0].opco.declarable
    assert written(world) == ["desk"]


def test_a_need_the_desk_passed_on_by_name_is_left_there(world: World) -> None:
    page = told(world, "0843", "1501")
    world.answer(opened(world), "not_ours", version=2, to=AKTO)

    world.declare(page, EP, LATER)

    assert written(world) == ["desk", AKTO]


def test_a_need_nobody_claims_is_told_again(world: World) -> None:
    page = told(world, "0000")
    world.answer(opened(world), "not_ours", version=2)

    after = world.declare(page, AKTO, LATER)

    assert written(world) == ["desk", "desk"]
    assert after.offers[0].opco.answer is None


def test_an_opco_that_has_the_need_already_is_not_written_to_twice(world: World) -> None:
    page = told(world, "0843", "1501", "7024")
    world.answer(opened(world), "not_ours", version=2)  # to the next candidate
    [before] = notices(world)
    assert before.addressee == EP

    world.declare(page, EP, LATER)

    assert written(world) == ["desk", EP]
    [after] = notices(world)
    assert (after.turn, after.told_at) == (before.turn, before.told_at)
    assert after.finding
    assert after.finding.claim == EP


def test_an_opco_that_passed_the_need_on_is_not_written_to_again(world: World) -> None:
    page = told(world, "0843", "1501", opco=EP)
    world.answer(opened(world), "not_ours", version=2)
    assert written(world) == [EP, AKTO], "what the depositor did not choose comes next"
    page = world.declare(world.show(manage_token(page.recruiter.id)), None, LATER)

    page = world.declare(page, EP, LATER)

    assert written(world) == []
    assert page.offers[0].opco.names == (AKTO,)


def test_the_same_choice_again_changes_nothing(world: World) -> None:
    page = world.declare(told(world, "0843", "1501"), EP, LATER)
    kept = dict(world.store.kept)

    world.declare(page, EP, LATER + minutes(20))

    assert world.store.kept == kept


def test_a_closed_offer_is_not_told_again(world: World) -> None:
    page = told(world, "0843", "1501")
    world.close(page.offers[0], manage_token(page.recruiter.id))

    world.declare(page, EP, LATER)

    assert written(world) == ["desk"]


def test_a_mail_that_is_delayed_leaves_with_the_sweep(world: World) -> None:
    page = told(world, "0843", "1501")
    world.courier.fails.append(MailDelayed())

    after = world.declare(page, EP, LATER)

    assert after.offers[0].opco.state == "pending"
    world.sweep(LATER + minutes(6))
    assert written(world) == ["desk", EP]


def test_a_hundred_needs_are_told_by_a_run_that_crashed_the_next_and_the_sweep(
    world: World,
) -> None:
    page = told(world, "0843", "1501")
    [first] = notices(world)
    offer = world.offers[0]
    for rank in range(100):
        other = first.model_copy(update={"offer_id": f"o{rank}"})
        world.keep(other, offer.model_copy(update={"id": f"o{rank}"}))
    written(world)
    world.store.rivals = [nothing, nothing, crash]

    with pytest.raises(Crash):
        world.declare(page, EP, LATER)
    assert {notice.addressee for notice in notices(world)} == {None, EP}
    world.declare(world.show(manage_token(page.recruiter.id)), EP, LATER)
    assert written(world) == [EP] * 10, "somebody waits"

    assert {notice.addressee for notice in notices(world)} == {EP}
    world.sweep(LATER + minutes(6))
    assert written(world) == [EP] * 91


def test_an_opco_that_does_not_exist_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="opco: opco_unknown"):
        world.declare(told(world, "0000"), "Opco du Coin")


def test_a_page_read_before_another_change_is_refused_with_the_present(world: World) -> None:
    page = told(world, "0843", "1501")
    world.declare(page, EP, LATER)

    with pytest.raises(StaleVersion) as caught:
        world.declare(page, AKTO, LATER)

    assert caught.value.current == world.show(manage_token(page.recruiter.id))


def test_a_change_at_the_same_moment_is_refused_with_the_present(world: World) -> None:
    page = told(world, "0843", "1501")
    world.store.rivals = [lambda: world.declare(page, EP, LATER)]

    with pytest.raises(StaleVersion) as caught:
        world.declare(page, AKTO, LATER)

    assert isinstance(caught.value.current, ManageView)
    assert caught.value.current.recruiter.opco_claim == EP


def test_a_link_that_opens_nothing_declares_nothing(world: World) -> None:
    page = told(world, "0843", "1501")
    stranger = page.recruiter.model_copy(update={"id": "r0"})

    with pytest.raises(LinkInvalid):
        world.declare(page.model_copy(update={"recruiter": stranger}), EP)


def test_an_opco_declared_at_the_deposit_is_kept_or_refused(world: World) -> None:
    world.deposit(a_deposit(opco=EP))
    (recruiter,) = [kept for kept in world.store.kept.values() if hasattr(kept, "opco_claim")]
    assert recruiter.opco_claim == EP

    with pytest.raises(Refused, match="opco: opco_unknown"):
        World().deposit(a_deposit(opco=""))
