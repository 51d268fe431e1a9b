"""The depositor chooses the training centres."""

from typing import Any

import pytest

from depot.domain.cfa.cfa_contact import CfaContact
from depot.domain.cfa.rounds import CfaRound
from depot.domain.cfa.training import Training
from depot.domain.errors import LinkInvalid, NotFound, NotLive, Refused, StaleVersion
from depot.domain.firm.company import Point
from depot.domain.letters.refusal import CentreAsked, MailRefusal
from depot.usecases.cfa.choice_view import SHOWN, CfaChoiceView
from depot.usecases.deposit.receipt import Receipt
from tests.builders import BAKER, NOW, PASTRY_COOK, SIRET, a_company, a_deposit, a_training
from tests.world import World, days, manage_token, minutes, token_of


def siren(rank: int) -> str:
    return f"{rank:09d}"


def centres(number: int) -> list[Training]:
    """One every five kilometres or so, the first the nearest."""
    return [
        a_training(
            siren=siren(rank), name=f"CFA {rank}", email=f"cfa{rank}@example.org",
            latitude=45.184 + 0.05 * rank, longitude=0.721,
        )
        for rank in range(number)
    ]  # fmt: skip


def deposited(world: World, number: int = 15, **need: Any) -> Receipt:
    world.catalogue.known = centres(number)
    receipt = world.deposit(a_deposit(offers=[{"metier": BAKER.code, **need}]))
    world.courier.sent.clear()
    return receipt


def run(world: World, receipt: Receipt) -> int:
    return world.match(receipt.recruiter_id, receipt.offers[0].id)


def sirens(view: CfaChoiceView) -> list[str]:
    return [centre.siren for centre in view.centres]


def refused(world: World, receipt: Receipt, *chosen: str) -> str:
    before = dict(world.store.kept)
    with pytest.raises(Refused) as caught:
        world.choose(receipt, *chosen)
    assert world.store.kept == before
    ((field, code, _),) = caught.value.errors
    assert field == "sirens"
    return code


def test_the_competent_centres_are_listed_best_first_each_with_its_reason(world: World) -> None:
    receipt = deposited(world, 3)
    world.catalogue.known += [
        a_training(siren=siren(90), romes=("D1199",), title="BP Traiteur"),
        a_training(siren=siren(91), latitude=48.0),
        a_training(siren=siren(92), qualiopi=False),
    ]
    world.catalogue.former = {"D1199": BAKER.parent}

    view = world.choice(receipt)

    assert (view.standing, view.left, view.more) == ("open", 10, False)
    told = [(each.siren, each.kinship, each.title, each.level) for each in view.centres]
    exact = [(siren(rank), "exact", "CAP Boulanger", "3") for rank in (0, 1, 2)]
    assert sorted(told[:3]) == exact
    assert told[3] == (siren(90), "sibling", "BP Traiteur", "3")
    assert [each.distance_km for each in view.centres[2:]] == [11.1, 3.9]


def test_looking_changes_nothing_and_shows_the_same_again(world: World) -> None:
    receipt = deposited(world)
    before = dict(world.store.kept)

    assert world.choice(receipt) == world.choice(receipt)
    assert world.store.kept == before


def test_centres_chosen_are_asked_and_no_other(world: World) -> None:
    receipt = deposited(world)

    view = world.choose(receipt, siren(7), siren(12))

    assert [(each.name, each.state) for each in view.asked] == [
        ("CFA 7", "pending"),
        ("CFA 12", "pending"),
    ]
    assert view.left == 8
    assert not {siren(7), siren(12)} & set(sirens(view))
    assert world.sent == [], "the mails leave by the stream"
    assert run(world, receipt) == 2
    assert {letter.to for letter, _ in world.courier.sent} == {
        "cfa7@example.org",
        "cfa12@example.org",
    }
    assert [each.state for each in world.choice(receipt).asked] == ["sent", "sent"]


def test_a_choice_shows_on_the_manage_page_before_the_mails_left(world: World) -> None:
    receipt = deposited(world)
    world.choose(receipt, siren(3))

    (offer,) = world.show(token_of(receipt)).offers
    assert [(cfa.name, cfa.state) for cfa in offer.cfas] == [("CFA 3", "pending")]
    assert offer.cfas_left == 9


def test_the_same_choice_sent_twice_asks_nobody_twice(world: World) -> None:
    receipt = deposited(world)
    first = world.choose(receipt, siren(1), siren(1), siren(2))

    assert world.choose(receipt, siren(1), siren(2)) == first
    run(world, receipt)
    world.choose(receipt, siren(1), siren(2))
    run(world, receipt)

    assert world.sent == ["cfa_need"] * 2
    assert len(world.store.all(CfaRound)) == 1


def test_the_same_choice_twice_at_once_asks_nobody_twice(world: World) -> None:
    receipt = deposited(world)
    world.store.rivals = [lambda: world.choose(receipt, siren(1), siren(2))]

    view = world.choose(receipt, siren(1), siren(2))

    assert view.left == 8
    assert run(world, receipt) == 2


def test_others_may_be_asked_later_up_to_ten(world: World) -> None:
    receipt = deposited(world)
    world.choose(receipt, siren(0), siren(1))
    run(world, receipt)
    later = NOW + days(7)

    world.choose(receipt, siren(1), *map(siren, range(2, 10)), now=later)

    assert run(world, receipt) == 8
    assert len(world.store.all(CfaContact)) == 10
    assert world.choice(receipt).standing == "full"
    assert refused(world, receipt, siren(11)) == "cfas_full"


def test_more_than_ten_are_refused_whatever_was_asked_before(world: World) -> None:
    receipt = deposited(world)

    assert refused(world, receipt, *map(siren, range(11))) == "cfas_too_many"
    world.choose(receipt, siren(0))
    assert refused(world, receipt, *map(siren, range(1, 11))) == "cfas_too_many"
    assert world.choose(receipt, *map(siren, range(1, 10))).left == 0


def test_nobody_chosen_asks_nobody(world: World) -> None:
    receipt = deposited(world)

    assert world.choose(receipt) == world.choice(receipt)
    assert world.store.all(CfaRound) == []


@pytest.mark.parametrize("stranger", [siren(99), "", "pas un numéro"])
def test_a_centre_that_is_not_competent_is_refused(world: World, stranger: str) -> None:
    receipt = deposited(world)

    assert refused(world, receipt, siren(1), stranger) == "cfa_unfit"


def test_an_offer_that_ended_asks_nobody(world: World) -> None:
    receipt = deposited(world)
    world.choose(receipt, siren(1))
    world.close(receipt.offers[0], token_of(receipt))

    assert world.choice(receipt).standing == "over"
    with pytest.raises(NotLive):
        world.choose(receipt, siren(2))
    assert world.choose(receipt, siren(1)).standing == "over"


def test_an_offer_past_its_end_that_no_sweep_ended_asks_nobody(world: World) -> None:
    receipt = deposited(world)
    late = NOW + days(30)

    assert world.choice(receipt, late).standing == "over"
    with pytest.raises(NotLive):
        world.choose(receipt, siren(2), now=late)


def test_a_choice_made_for_what_the_offer_no_longer_seeks_is_shown_it(world: World) -> None:
    receipt = deposited(world)
    world.edit(receipt.offers[0], token_of(receipt), metier=PASTRY_COOK.code)

    with pytest.raises(StaleVersion) as caught:
        world.choose(receipt, siren(1), version=1)

    current = caught.value.current
    assert isinstance(current, CfaChoiceView)
    assert (current.version, current.standing) == (2, "nobody_near")


def test_while_the_nearest_are_looked_for_nobody_else_can_be_chosen(world: World) -> None:
    receipt = deposited(world, ask_cfa=True)

    view = world.choice(receipt)
    assert (view.standing, view.left, view.centres) == ("choosing", 0, ())
    assert refused(world, receipt, siren(1)) == "cfas_choosing"


def test_after_the_nearest_others_can_be_chosen_if_fewer_than_ten_were_there(world: World) -> None:
    receipt = deposited(world, 4, ask_cfa=True)
    run(world, receipt)
    assert world.choice(receipt).standing == "all_asked"
    assert refused(world, receipt, siren(9)) == "cfas_all_asked"
    world.catalogue.known = centres(6)

    view = world.choice(receipt)

    assert (view.standing, view.left) == ("open", 6)
    assert sorted(sirens(view)) == [siren(4), siren(5)]


def test_leaving_the_choice_to_us_after_choosing_asks_the_nearest_of_the_others(
    world: World,
) -> None:
    receipt = deposited(world, 20)
    world.choose(receipt, siren(15))
    run(world, receipt)

    world.edit(receipt.offers[0], token_of(receipt), ask_cfa=True)

    assert run(world, receipt) == 9
    assert {each.centre.siren for each in world.store.all(CfaContact)} <= {
        siren(15),
        *map(siren, range(11)),
    }


def test_leaving_the_choice_to_us_after_choosing_ten_asks_nobody(world: World) -> None:
    receipt = deposited(world, 20)
    world.choose(receipt, *map(siren, range(10)))

    world.edit(receipt.offers[0], token_of(receipt), ask_cfa=True)

    assert run(world, receipt) == 10
    assert len(world.store.all(CfaRound)) == 1


def test_a_long_list_is_cut_and_says_so_and_what_it_leaves_out_may_be_asked(world: World) -> None:
    receipt = deposited(world)
    world.catalogue.known = [a_training(siren=siren(rank)) for rank in range(1, 46)]

    view = world.choice(receipt)

    assert (len(view.centres), view.more) == (SHOWN, True)
    (hidden, *_) = {siren(rank) for rank in range(1, 46)} - set(sirens(view))
    assert world.choose(receipt, hidden).left == 9


def test_without_a_catalogue_the_choice_says_so_and_the_manage_page_still_works(
    world: World,
) -> None:
    receipt = deposited(world)
    world.choose(receipt, siren(1))
    world.catalogue.missing = True

    view = world.choice(receipt)

    assert (view.standing, view.centres) == ("no_catalogue", ())
    assert [each.name for each in view.asked] == ["CFA 1"]
    assert refused(world, receipt, siren(2)) == "cfas_no_catalogue"
    assert len(world.show(token_of(receipt)).offers[0].cfas) == 1


def test_a_workplace_nobody_can_place_is_said(world: World) -> None:
    world.companies.known = {SIRET: a_company(location=None)}
    world.communes.known = {}
    receipt = deposited(world)

    assert world.choice(receipt).standing == "no_place"
    assert refused(world, receipt, siren(1)) == "cfas_no_place"


def test_nobody_near_is_said(world: World) -> None:
    receipt = deposited(world, 0)

    assert world.choice(receipt).standing == "nobody_near"
    assert refused(world, receipt, siren(1)) == "cfas_nobody_near"


def test_a_choice_for_a_firm_still_to_be_verified_waits_until_it_is(world: World) -> None:
    world.companies.down = True
    there = {"street": "12 rue du Four", "postcode": "24000", "city": "Périgueux"}
    receipt = deposited(world, workplace=there)

    view = world.choose(receipt, siren(1))

    assert (view.verification, view.left) == ("to_verify", 9)
    assert run(world, receipt) == 0
    world.companies.down = False
    world.verify(receipt.recruiter_id, NOW + days(1))
    assert run(world, receipt) == 1


def test_what_can_no_longer_be_asked_when_the_mails_leave_is_dropped_and_frees_its_place(
    world: World,
) -> None:
    receipt = deposited(world)
    world.choose(receipt, siren(1), siren(2))
    world.catalogue.known = [each for each in centres(15) if each.siren != siren(1)]

    assert run(world, receipt) == 1

    view = world.choice(receipt)
    assert [each.name for each in view.asked] == ["CFA 2"]
    assert view.left == 9


def test_when_none_of_those_chosen_can_be_asked_any_more_it_is_said(world: World) -> None:
    receipt = deposited(world)
    world.choose(receipt, siren(1))
    world.catalogue.known = []

    assert run(world, receipt) == 0
    assert world.show(token_of(receipt)).offers[0].cfa_outcome == "none_left"


def test_a_choice_the_stream_lost_is_taken_up_by_the_sweep(world: World) -> None:
    receipt = deposited(world)
    world.choose(receipt, siren(1))
    world.choose(receipt, siren(2))

    assert world.sweep(NOW + minutes(5)).rounds == 1
    assert world.sent.count("cfa_need") == 2


def test_a_link_opens_the_choice_of_its_own_offers_only(world: World) -> None:
    mine = deposited(world)
    with pytest.raises(LinkInvalid):
        world.choice(mine.model_copy(update={"manage_url": f"#{manage_token('nobody')}"}))
    (offer,) = mine.offers
    other = mine.model_copy(update={"offers": (offer.model_copy(update={"id": "other"}),)})
    with pytest.raises(NotFound):
        world.choice(other)


def test_the_place_is_the_one_where_the_apprentice_will_work(world: World) -> None:
    receipt = deposited(world, 1)
    (offer,) = world.offers
    there = Point(latitude=48.0, longitude=0.721)
    moved = offer.workplace.model_copy(update={"location": there})
    world.keep(offer.model_copy(update={"workplace": moved}))

    assert world.choice(receipt).standing == "nobody_near"


def test_a_centre_that_wants_no_more_mail_is_not_in_the_list_and_cannot_be_asked(
    world: World,
) -> None:
    receipt = deposited(world)
    world.choose(receipt, siren(1))
    for rank in (1, 2):
        world.keep(MailRefusal(subject=siren(rank), why="unsubscribed", since=NOW))

    assert siren(2) not in sirens(world.choice(receipt))
    assert refused(world, receipt, siren(2)) == "cfa_unfit"
    assert run(world, receipt) == 0, "nor is one that left between the choice and the mail"


def test_who_was_asked_lately_stays_in_the_list_after_those_as_near(world: World) -> None:
    receipt = deposited(world)
    world.catalogue.known = [a_training(siren=siren(rank)) for rank in range(1, 6)]
    first = sirens(world.choice(receipt))[0]
    world.keep(CentreAsked(siren=first, asked_at=NOW))

    assert sirens(world.choice(receipt))[-1] == first
    assert world.choose(receipt, first).left == 9
