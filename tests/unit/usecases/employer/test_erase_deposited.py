"""The firm erases what somebody deposited for it: all of it, once, and for good."""

import pytest

from depot.domain.dossier.erasure import Erasure
from depot.domain.employer.objection import Objection
from depot.domain.errors import LinkInvalid, MailDelayed, Refused, StaleVersion
from depot.domain.letters.letter import Letter
from tests.builders import BAKER, NOW, PASTRY_COOK, a_deposit, a_depositor
from tests.unit.usecases.employer.behalf import deposited
from tests.world import Crash, World, crash, days, minutes, nothing, token_of


def test_all_goes_but_the_intention_and_an_objection_to_any_need() -> None:
    world = World()
    receipt, token = deposited(world, BAKER.code, PASTRY_COOK.code)

    erased = world.erase_deposited(token)

    assert erased.email == "jeanne@example.org"
    kept = sorted(type(entity).__name__ for entity in world.store.kept.values())
    assert kept == ["Erasure", "Objection"]
    assert world.store.all(Objection)[0].every
    assert world.store.all(Erasure)[0].why == "employer"
    for opened in (lambda: world.show_employer(token), lambda: world.show(token_of(receipt))):
        with pytest.raises(LinkInvalid):
            opened()


def test_each_is_told_and_the_depositor_no_more_than_the_firms_name() -> None:
    world = World()
    _, token = deposited(world)

    world.erase_deposited(token)

    told = {letter.to: letter for letter, _ in world.courier.sent[-2:]}
    assert {to: letter.kind for to, letter in told.items()} == {
        "claire@example.com": "erased",
        "jeanne@example.org": "firm_erased",
    }
    assert told["claire@example.com"].facts == {
        "firm": "AU BON PAIN",
        "why": "employer",
        "withdrawn": 1,
    }


def test_its_offers_leave_the_feed_before_anything_goes() -> None:
    world = World()
    _, token = deposited(world)
    world.personal.fails = [Crash()]

    with pytest.raises(Crash):
        world.erase_deposited(token)

    assert [(offer.state, offer.reason) for offer in world.offers] == [
        ("withdrawn", "removed_by_employer")
    ]


def test_the_objection_outlives_the_dossier_and_what_was_removed_before() -> None:
    world = World()
    _, token = deposited(world)
    world.employer_says("remove", world.show_employer(token).offers[0], token)
    world.erase_deposited(token)
    world.sweep(NOW + days(2))
    form = a_deposit(
        submission_id="00000000-0000-4000-8000-000000000003",
        depositor=a_depositor(),
        offers=[{"metier": PASTRY_COOK.code}],
    )

    with pytest.raises(Refused) as refusal:
        world.deposit(form, now=NOW + days(2))

    assert [(e.field, e.code) for e in refusal.value.errors] == [("siret", "firm_objects")]
    assert [type(entity) for entity in world.store.kept.values()] == [Objection]


def test_an_older_page_erases_nothing_nor_does_one_overtaken() -> None:
    world = World()
    receipt, token = deposited(world)
    manage = token_of(receipt)
    with pytest.raises(StaleVersion):
        world.erase_deposited(token, version=7)
    world.store.rivals = [lambda: world.correct(manage, name="Chez Jeanne")]

    with pytest.raises(StaleVersion):
        world.erase_deposited(token)

    assert world.store.all(Objection) == []
    assert [offer.state for offer in world.offers] == ["live"]


@pytest.mark.parametrize("after", range(1, 4))
def test_a_crash_after_it_began_is_made_up_by_the_sweep(after: int) -> None:
    """Of each last word's record, of the plan of another pass."""
    world = World()
    _, token = deposited(world)
    world.store.rivals = [*[nothing] * after, crash]
    with pytest.raises(Crash):
        world.erase_deposited(token)
    world.store.rivals = []

    for minute in (5, 65, 125):
        world.sweep(NOW + minutes(minute))

    assert {type(entity) for entity in world.store.kept.values()} == {Erasure, Objection}


def test_each_last_word_waits_for_a_mail_service_that_is_down() -> None:
    world = World()
    _, token = deposited(world)
    world.courier.fails = [MailDelayed(), MailDelayed()]
    world.erase_deposited(token)
    assert {letter.kind for letter in world.store.all(Letter)} == {"erased", "firm_erased"}

    world.sweep(NOW + minutes(5))
    assert set(world.sent[-2:]) == {"erased", "firm_erased"}
    world.sweep(NOW + minutes(70))
    assert world.store.all(Letter) == []
