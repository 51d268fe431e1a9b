"""The depositor says which OPCO the firm has."""

import pytest

from depot.domain.errors import LinkInvalid, Refused, StaleVersion
from depot.domain.notice import OpcoNotice
from depot.usecases.declare_opco import OpcoClaim, declare_opco
from depot.usecases.views import ManageView
from tests.builders import NOW, SIRET, a_company, a_deposit
from tests.world import AKTO, EP, OPCOS, Crash, World, crash, minutes, nothing, share, token_of


LATER = NOW + minutes(30)


def told(world: World, *idccs: str, needs: int = 1) -> ManageView:
    """The manage page of a firm under these agreements, its notices told."""
    world.opcos.known["1501"] = [share(AKTO)]
    world.companies.known = {SIRET: a_company(idccs=idccs)}
    receipt = world.deposit(a_deposit(offers=[{"metier": "11573"}] * needs))
    for offer in receipt.offers:
        world.notify(receipt.recruiter_id, offer.id)
    world.courier.sent.clear()
    return world.show(token_of(receipt))


def notices(world: World) -> list[OpcoNotice]:
    return world.store.all(OpcoNotice)


def test_candidates_are_to_choose_from_and_an_unknown_opco_among_all(world: World) -> None:
    assert told(world, "0843", "1501").opco_choices == (EP, AKTO)
    assert told(World(), "0000").opco_choices == (AKTO, EP)
    assert told(World(), "0843").opco_choices == ()


def test_a_choice_among_candidates_is_announced_to_the_opco_chosen(world: World) -> None:
    page = told(world, "0843", "1501", needs=2)

    after = world.declare(page, EP, LATER)

    assert after.recruiter.opco_claim == EP
    assert [notice.state for notice in notices(world)] == ["waiting"] * 2
    world.sweep(LATER + minutes(6))
    assert [letter.to for letter, _ in world.courier.sent] == ["ep@example.org"] * 2
    assert {notice.finding.opcos for notice in notices(world) if notice.finding} == {(EP,)}


def test_a_choice_can_be_changed_and_taken_back(world: World) -> None:
    page = world.declare(told(world, "0843", "1501"), AKTO, LATER)
    world.sweep(LATER + minutes(6))
    page = world.show(f"{page.recruiter.id}.1")
    assert (page.opco_choices, page.offers[0].opco.outcome) == ((EP, AKTO), "identified")

    page = world.declare(page, None, LATER + minutes(20))
    world.sweep(LATER + minutes(40))

    [notice] = notices(world)
    assert notice.finding is not None
    assert (notice.finding.outcome, notice.finding.claim) == ("multiple", None)


def test_an_opco_nothing_else_names_is_told_to_the_default_mailbox_and_not_believed(
    world: World,
) -> None:
    page = told(world, "0000")

    world.declare(page, AKTO, LATER)
    world.sweep(LATER + minutes(6))

    ((letter, _),) = world.courier.sent
    assert (letter.to, letter.facts["outcome"]) == ("accueil@example.org", "unknown")
    assert {"source": "depositor", "opcos": [AKTO]}.items() <= letter.facts["said"][-1].items()  # type: ignore[index, union-attr]


def test_an_opco_our_sources_are_certain_of_is_not_announced_again(world: World) -> None:
    page = told(world, "0843")

    world.declare(page, AKTO, LATER)

    assert [notice.state for notice in notices(world)] == ["told"]


def test_the_same_choice_again_changes_nothing(world: World) -> None:
    page = world.declare(told(world, "0843", "1501"), EP, LATER)
    world.sweep(LATER + minutes(6))
    kept = dict(world.store.kept)

    world.declare(page, EP, LATER + minutes(20))

    assert world.store.kept == kept


def test_a_closed_offer_is_not_announced_again(world: World) -> None:
    page = told(world, "0843", "1501")
    world.close(page.offers[0], f"{page.recruiter.id}.1")

    world.declare(page, EP, LATER)

    assert [notice.state for notice in notices(world)] == ["told"]


def test_a_hundred_notices_are_announced_again_by_a_run_that_crashed_and_the_next(
    world: World,
) -> None:
    page = told(world, "0843", "1501", needs=10)
    [first, *_] = notices(world)
    copies = [first.model_copy(update={"offer_id": f"o{rank}"}) for rank in range(100)]
    offer = world.offers[0]
    world.keep(*copies, *(offer.model_copy(update={"id": f"o{rank}"}) for rank in range(100)))
    world.store.rivals = [nothing, nothing, crash]

    with pytest.raises(Crash):
        world.declare(page, EP, LATER)
    assert {notice.state for notice in notices(world)} == {"told", "waiting"}
    world.declare(world.show(f"{page.recruiter.id}.1"), EP, LATER)

    assert {notice.state for notice in notices(world)} == {"waiting"}


def test_an_opco_that_does_not_exist_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="opco: opco_unknown"):
        world.declare(told(world, "0000"), "Opco du Coin")


def test_a_page_read_before_another_change_is_refused_with_the_present(world: World) -> None:
    page = told(world, "0843", "1501")
    world.declare(page, EP, LATER)

    with pytest.raises(StaleVersion) as caught:
        world.declare(page, AKTO, LATER)

    assert caught.value.current == world.show(f"{page.recruiter.id}.1")


def test_a_change_at_the_same_moment_is_refused_with_the_present(world: World) -> None:
    page = told(world, "0843", "1501")
    world.store.rivals = [lambda: world.declare(page, EP, LATER)]

    with pytest.raises(StaleVersion) as caught:
        world.declare(page, AKTO, LATER)

    assert isinstance(caught.value.current, ManageView)
    assert caught.value.current.recruiter.opco_claim == EP


def test_a_link_that_opens_nothing_declares_nothing(world: World) -> None:
    form = OpcoClaim(version=1, opco=EP)

    with pytest.raises(LinkInvalid):
        declare_opco(form, opcos=OPCOS, token="r1.1", store=world.store, links=world.links, now=NOW)


def test_an_opco_declared_at_the_deposit_is_kept_or_refused(world: World) -> None:
    world.deposit(a_deposit(opco=EP))
    (recruiter,) = [kept for kept in world.store.kept.values() if hasattr(kept, "opco_claim")]
    assert recruiter.opco_claim == EP

    with pytest.raises(Refused, match="opco: opco_unknown"):
        World().deposit(a_deposit(opco=""))
