"""One more need, by the manage link."""

from datetime import datetime
from uuid import uuid4

import pytest

from depot.domain.cfa.rounds import CfaRound
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import Conflict, LimitReached, LinkInvalid, NotFound, Refused
from depot.domain.life.bounds import MAX_ADDED, MAX_LIVE
from depot.domain.opco.notice import OpcoNotice
from depot.usecases.deposit.receipt import Receipt
from tests.builders import BAKER, NOW, a_deposit
from tests.world import SECOND, World, days, manage_token, token_of


NEXT = "00000000-0000-4000-8000-000000000003"


@pytest.fixture
def receipt(world: World) -> Receipt:
    """A deposit made a day ago; its mail is forgotten."""
    receipt = world.deposit(now=NOW - days(1))
    world.courier.sent.clear()
    return receipt


def stranger(world: World) -> Receipt:
    receipt = world.deposit(a_deposit(submission_id=SECOND, siret=a_deposit().siret))
    world.courier.sent.clear()
    return receipt


def test_a_new_need_is_published_counted_and_confirmed(world: World, receipt: Receipt) -> None:
    view = world.add(receipt.recruiter_id, token_of(receipt), level="3", openings=2)

    recruiter = world.store.recruiter(receipt.recruiter_id)
    assert recruiter is not None
    assert (recruiter.offer_count, recruiter.version) == (2, 2)
    assert (view.state, view.level, view.openings, view.days_left) == ("live", "3", 2, 28)
    assert view.id in {offer.id for offer in world.offers}
    ((letter, manage_url),) = world.courier.sent
    assert (letter.kind, letter.facts["offer"]) == ("offer_added", view.id)
    assert manage_url == receipt.manage_url


def test_a_new_need_reaches_its_opco_and_centres_only_if_asked(
    world: World, receipt: Receipt
) -> None:
    silent = world.add(receipt.recruiter_id, token_of(receipt))

    assert silent.id in {notice.offer_id for notice in world.store.all(OpcoNotice)}
    assert world.store.all(CfaRound) == []

    asking = world.add(receipt.recruiter_id, token_of(receipt), ask_cfa=True, submission_id=NEXT)
    assert [asked.offer_id for asked in world.store.all(CfaRound)] == [asking.id]


def test_the_same_submission_again_shows_the_same_offer_and_writes_nothing(
    world: World, receipt: Receipt
) -> None:
    first = world.add(receipt.recruiter_id, token_of(receipt))
    kept = dict(world.store.kept)

    again = world.add(receipt.recruiter_id, token_of(receipt))

    assert again == first
    assert world.store.kept == kept
    assert world.sent == ["offer_added"]


def test_the_link_of_another_recruiter_finds_nothing(world: World, receipt: Receipt) -> None:
    other = stranger(world)

    with pytest.raises(NotFound):
        world.add(receipt.recruiter_id, token_of(other))
    assert world.sent == []


def test_a_revoked_link_opens_nothing(world: World, receipt: Receipt) -> None:
    (recruiter,) = world.store.all(Recruiter)
    world.keep(recruiter.model_copy(update={"link_version": 2}))

    with pytest.raises(LinkInvalid):
        world.add(receipt.recruiter_id, token_of(receipt))
    assert len(world.offers) == 1


@pytest.mark.parametrize("token", ["", "nonsense", manage_token("unknown")])
def test_a_wrong_link_opens_nothing(world: World, receipt: Receipt, token: str) -> None:
    with pytest.raises(LinkInvalid):
        world.add(receipt.recruiter_id, token)


def test_a_need_that_cannot_be_accepted_is_refused_field_by_field(
    world: World, receipt: Receipt
) -> None:
    with pytest.raises(Refused) as caught:
        world.add(receipt.recruiter_id, token_of(receipt), metier="?", start_on="2020-01-01")

    assert [(error.field, error.code) for error in caught.value.errors] == [
        ("metier", "metier_unknown"),
        ("start_on", "start_past"),
    ]
    assert len(world.offers) == 1


def test_two_needs_added_at_once_are_both_counted_the_second_on_its_retry(
    world: World, receipt: Receipt
) -> None:
    def add(submission: str) -> None:
        world.add(receipt.recruiter_id, token_of(receipt), submission_id=submission)

    world.store.rivals = [lambda: add(NEXT)]

    with pytest.raises(Conflict):
        add(str(SECOND))
    add(str(SECOND))

    (recruiter,) = world.store.all(Recruiter)
    assert recruiter.offer_count == len(world.offers) == 3
    assert world.sent == ["offer_added", "offer_added"]


def test_the_offer_is_where_the_firm_is(world: World, receipt: Receipt) -> None:
    view = world.add(receipt.recruiter_id, token_of(receipt), metier=BAKER.code)

    offer = world.store.offer(receipt.recruiter_id, view.id)
    assert offer is not None
    assert offer.workplace.name == "AU BON PAIN"


def test_a_fifty_first_need_waits_until_another_ends(world: World, receipt: Receipt) -> None:
    for number in range(MAX_LIVE - 1):
        one_more(world, receipt, NOW + days(number // (MAX_ADDED - 1)))
    later = NOW + days(5)

    with pytest.raises(LimitReached, match="live_limit"):
        one_more(world, receipt, later)

    closed = world.close(receipt.offers[0], token_of(receipt), now=later)
    one_more(world, receipt, later)
    with pytest.raises(LimitReached, match="live_limit"):
        world.reactivate(closed, token_of(receipt), now=later, duplicates="accept")


def test_a_twenty_first_need_in_a_day_waits_for_the_next(world: World, receipt: Receipt) -> None:
    for _ in range(MAX_ADDED):
        one_more(world, receipt, NOW)
    world.courier.sent.clear()

    with pytest.raises(LimitReached, match="added_limit"):
        one_more(world, receipt, NOW + days(0.9))

    assert world.courier.sent == []
    one_more(world, receipt, NOW + days(1))


def one_more(world: World, receipt: Receipt, now: datetime) -> None:
    new = str(uuid4())
    token = token_of(receipt)
    world.add(receipt.recruiter_id, token, submission_id=new, duplicates="accept", now=now)
