"""Asking the training centres nearby."""

from uuid import UUID

from depot.domain.cfa.cfa_contact import CfaContact
from depot.domain.cfa.rounds import CfaRound
from depot.domain.cfa.training import Training
from depot.domain.errors import MailDelayed
from depot.usecases.deposit.receipt import Receipt
from tests.builders import (
    BAKER,
    CFA_SIRET,
    CHOCOLATE_MAKER,
    SIRET,
    a_company,
    a_deposit,
    a_depositor,
    a_training,
)
from tests.world import World, token_of


def centres(number: int) -> list[Training]:
    return [
        a_training(siren=f"{rank:09d}", email=f"cfa{rank}@example.org", latitude=45.2)
        for rank in range(number)
    ]


def asking(world: World) -> Receipt:
    """A deposit that asks the centres; its own mail is forgotten."""
    receipt = world.deposit(a_deposit(offers=[{"metier": BAKER.code, "ask_cfa": True}]))
    world.courier.sent.clear()
    return receipt


def run(world: World, receipt: Receipt) -> int:
    return world.match(receipt.recruiter_id, receipt.offers[0].id)


def outcome(world: World) -> tuple[str, str | None]:
    (kept,) = world.store.all(CfaRound)
    return kept.state, kept.outcome


def test_ten_centres_at_most_are_asked_each_by_its_own_mail(world: World) -> None:
    world.catalogue.known = centres(15)
    receipt = asking(world)

    assert run(world, receipt) == 10

    assert world.sent == ["cfa_need"] * 10
    assert len({letter.to for letter, _ in world.courier.sent}) == 10
    assert outcome(world) == ("done", "asked")
    contacts = world.store.all(CfaContact)
    assert {contact.letter_id for contact in contacts} == {
        letter.id for letter, _ in world.courier.sent
    }


def test_a_centre_that_teaches_only_another_metier_of_the_need_is_asked(world: World) -> None:
    world.catalogue.known = [a_training(romes=(CHOCOLATE_MAKER.parent,))]
    need = {"metier": BAKER.code, "other_metiers": [CHOCOLATE_MAKER.code], "ask_cfa": True}

    assert run(world, world.deposit(a_deposit(offers=[need]))) == 1


def test_a_centre_may_answer_the_firm_but_not_manage_its_offers(world: World) -> None:
    world.catalogue.known = [a_training()]
    receipt = asking(world)

    run(world, receipt)

    ((letter, link),) = world.courier.sent
    assert (letter.to, letter.reply_to) == ("cfa@example.org", "jeanne@example.org")
    assert letter.facts["distance_km"] == 3.9
    assert link is not None
    assert link.startswith("https://depot.example/cfa.html#")
    assert world.courier.ways_out[-1] is not None


def test_a_round_asks_once_however_often_it_runs(world: World) -> None:
    world.catalogue.known = [a_training()]
    receipt = asking(world)
    run(world, receipt)

    assert run(world, receipt) == 0
    assert world.sent == ["cfa_need"]


def test_two_runs_at_once_ask_once(world: World) -> None:
    world.catalogue.known = [a_training()]
    receipt = asking(world)
    world.store.rivals = [lambda: run(world, receipt)]

    assert run(world, receipt) == 0
    assert world.sent == ["cfa_need"]
    assert len(world.store.all(CfaContact)) == 1


def test_a_delayed_mail_does_not_stop_the_others(world: World) -> None:
    world.catalogue.known = centres(3)
    receipt = asking(world)
    world.courier.fails = [MailDelayed()]

    assert run(world, receipt) == 3

    states = sorted(letter.state for letter in world.letters if letter.kind == "cfa_need")
    assert states == ["pending", "sent", "sent"]


def test_nobody_near_is_said_and_nobody_is_asked(world: World) -> None:
    world.catalogue.known = [a_training(latitude=48.85)]
    receipt = asking(world)

    assert run(world, receipt) == 0
    assert outcome(world) == ("done", "nobody_near")
    assert world.show(token_of(receipt)).offers[0].cfa_outcome == "nobody_near"


def test_a_firm_without_a_place_asks_nobody(world: World) -> None:
    world.catalogue.known = [a_training()]
    world.companies.known = {SIRET: a_company(location=None)}
    world.communes.known = {}
    receipt = asking(world)

    assert run(world, receipt) == 0
    assert outcome(world) == ("done", "no_place")


def test_a_firm_still_to_be_verified_is_asked_for_later(world: World) -> None:
    world.catalogue.known = [a_training()]
    world.companies.down = True
    receipt = asking(world)

    assert run(world, receipt) == 0
    assert outcome(world) == ("waiting", None)


def test_an_offer_closed_meanwhile_asks_nobody(world: World) -> None:
    world.catalogue.known = [a_training()]
    receipt = asking(world)
    world.close(receipt.offers[0], token_of(receipt))

    assert run(world, receipt) == 0
    assert outcome(world) == ("done", "not_live")
    assert world.sent == ["offer_closed"]


def test_an_offer_that_did_not_ask_asks_nobody(world: World) -> None:
    world.catalogue.known = [a_training()]
    receipt = world.deposit()

    assert run(world, receipt) == 0
    assert world.sent == ["deposit_received"]


def test_a_round_of_nothing_asks_nobody(world: World) -> None:
    world.keep(CfaRound(recruiter_id="r1", offer_id="o1", created_at="2026-11-23T10:00:00Z"))

    assert world.match("r1", "o1") == 0
    assert world.sent == []


def test_a_centre_asked_says_why_it_was_chosen(world: World) -> None:
    world.catalogue.known = [a_training()]
    receipt = asking(world)

    run(world, receipt)

    (contact,) = world.store.all(CfaContact)
    assert (contact.centre.kinship, contact.centre.level) == ("exact", "3")
    assert contact.centre.distance_km == 3.9


def test_offers_spread_over_the_centres_that_are_as_near(world: World) -> None:
    world.catalogue.known = centres(40)
    asking = [{"metier": BAKER.code, "ask_cfa": True}]
    for number in range(12):
        form = a_deposit(submission_id=UUID(int=number, version=4), offers=asking)
        assert run(world, world.deposit(form)) == 10

    assert len({contact.centre.siren for contact in world.store.all(CfaContact)}) > 30


def test_neither_the_firm_nor_the_centre_that_deposits_for_it_is_asked(world: World) -> None:
    known = [a_training(siren=CFA_SIRET[:9]), a_training(siren=SIRET[:9]), a_training()]
    world.catalogue.known = known
    need = {"metier": BAKER.code, "ask_cfa": True}

    run(world, world.deposit(a_deposit(depositor=a_depositor(), offers=[need])))

    assert [each.centre.siren for each in world.store.all(CfaContact)] == ["000000018"]


def test_a_round_that_asked_nobody_does_not_end_the_nearest_for_good(world: World) -> None:
    world.catalogue.known = [a_training(level="4")]
    need = {"metier": BAKER.code, "ask_cfa": True, "level": "3"}
    receipt = world.deposit(a_deposit(offers=[need]))
    assert run(world, receipt) == 0
    (shown,) = world.show(token_of(receipt)).offers

    world.edit(shown, token_of(receipt), ask_cfa=True, level=None)

    assert run(world, receipt) == 1
    (shown,) = world.show(token_of(receipt)).offers
    world.edit(shown, token_of(receipt), ask_cfa=True)
    assert len(world.store.all(CfaRound)) == 2


def test_centres_that_share_a_mailbox_are_one_of_the_ten_the_nearest(world: World) -> None:
    known = centres(11)
    shared = [
        a_training(siren=f"0001000{n:02d}", email="contact@reseau.example", latitude=45.19)
        for n in range(3)
    ]
    nearest = a_training(siren="000200000", email="contact@reseau.example", latitude=45.185)
    world.catalogue.known = [*shared, nearest, *known[:9]]
    receipt = asking(world)

    assert run(world, receipt) == 10

    asked = {contact.centre.siren for contact in world.store.all(CfaContact)}
    assert asked == {nearest.siren, *(each.siren for each in known[:9])}
