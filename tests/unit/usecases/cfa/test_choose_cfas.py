"""A depositor sees the competent centres and chooses whom to ask."""

from tests.builders import BAKER, NOW, SIRET, a_company, a_training
from tests.unit.usecases.cfa.centres import deposited, refused, run, siren, sirens
from tests.world import World, days, token_of


def test_the_competent_centres_are_listed_best_first_each_with_its_reason(world: World) -> None:
    receipt = deposited(world, 3)
    world.catalogue.known += [
        a_training(siren=siren(90), romes=("D1199",), title="BP Traiteur"),
        a_training(siren=siren(91), latitude=48.0),
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
