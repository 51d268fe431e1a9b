"""Erasure: complete, at once, and gone on with after a crash at any point."""

from collections.abc import Callable
from datetime import datetime

import pytest
from pydantic import ValidationError

from depot.domain.dossier.erasure import Erasure
from depot.domain.errors import LinkInvalid, MailDelayed, StaleVersion
from depot.domain.firm.company import KnownCompany
from depot.domain.letters.letter import Letter
from depot.domain.letters.refusal import CentreAsked
from depot.domain.model import Entity
from depot.usecases.deposit.receipt import Receipt
from depot.usecases.dossier.erase import begin
from tests.builders import BAKER, NOW, SIRET, a_company, a_deposit, a_letter, a_training
from tests.world import Crash, World, crash, days, minutes, nothing, token_of


def all_kept(world: World) -> list[Entity]:
    """What is kept; that a centre was asked, some day, is about nobody here."""
    return [each for each in world.store.kept.values() if not isinstance(each, CentreAsked)]


TWO = [{"metier": BAKER.code, "ask_cfa": True}, {"metier": BAKER.code}]


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def receipt(world: World) -> Receipt:
    """A dossier with all there may be: two offers, an OPCO told, a centre asked, a mail waiting."""
    world.catalogue.known = [a_training()]
    receipt = world.deposit(a_deposit(offers=TWO))
    for offer in receipt.offers:
        world.notify(receipt.recruiter_id, offer.id)
        world.match(receipt.recruiter_id, offer.id)
    world.contact(token_of(receipt), email="jean@example.org")
    world.personal.firms[SIRET] = KnownCompany(company=a_company(), found_at=NOW)
    return receipt


def left(world: World, receipt: Receipt) -> list[object]:
    """What is kept of a dossier, less the intention to erase it."""
    return [
        entity
        for (_, owner, _), entity in world.store.kept.items()
        if owner == receipt.recruiter_id and not isinstance(entity, Erasure)
    ]


def test_everything_goes_at_once(world: World, receipt: Receipt) -> None:
    erased = world.ask_erasure(token_of(receipt), version=2)

    assert left(world, receipt) == []
    assert world.personal.firms == {}
    assert (world.sent[-1], erased.email) == ("erased", "jeanne@example.org")
    with pytest.raises(LinkInvalid):
        world.show(token_of(receipt))


def test_another_dossier_of_the_same_firm_and_address_stays(world: World, receipt: Receipt) -> None:
    other = world.deposit(a_deposit(submission_id="00000000-0000-4000-8000-000000000003"))

    world.ask_erasure(token_of(receipt), version=2)

    assert world.show(token_of(other)).offers


def test_the_intention_holds_nothing_of_the_person_and_goes_after_a_day(
    world: World, receipt: Receipt
) -> None:
    world.ask_erasure(token_of(receipt), version=2)
    erasure = world.store.erasure(receipt.recruiter_id)
    assert erasure is not None
    assert set(erasure.model_dump()) == {"version", "recruiter_id", "why", "asked_at", "next_at"}

    world.sweep(NOW + days(0.9))
    assert world.store.erasure(receipt.recruiter_id) is not None
    world.sweep(NOW + days(1))
    assert all_kept(world) == []


def test_what_was_being_written_meanwhile_goes_the_day_after(
    world: World, receipt: Receipt
) -> None:
    world.ask_erasure(token_of(receipt), version=2)
    world.keep(a_letter(recruiter_id=receipt.recruiter_id, kind="duplicate_found"))

    world.sweep(NOW + days(1))

    assert all_kept(world) == []


def crashes(world: World, after: int) -> list[Callable[[], object]]:
    del world
    return [*[nothing] * after, crash]


@pytest.mark.parametrize("after", range(3))
def test_a_crash_between_two_writes_is_made_up_by_the_sweep(
    world: World, receipt: Receipt, after: int
) -> None:
    """Of the transaction that closes it, of the last word's record, of the plan of another pass."""
    world.store.rivals = crashes(world, after)
    with pytest.raises(Crash):
        world.ask_erasure(token_of(receipt), version=2)
    world.store.rivals = []
    if after == 0:
        assert world.show(token_of(receipt)).offers, "nothing was done: it may be asked again"
        world.ask_erasure(token_of(receipt), version=2)

    for minute in (5, 65, 125):
        world.sweep(NOW + minutes(minute))

    assert left(world, receipt) == []


def test_offers_are_withdrawn_before_anything_goes(world: World, receipt: Receipt) -> None:
    """Partners hear of it even if nothing after that happens."""
    world.personal.fails = [Crash()]
    with pytest.raises(Crash):
        world.ask_erasure(token_of(receipt), version=2)

    assert {offer.state for offer in world.offers} == {"cancelled"}
    with pytest.raises(LinkInvalid):
        world.show(token_of(receipt))


def test_the_last_word_waits_for_a_mail_service_that_is_down_and_its_address_no_longer(
    world: World, receipt: Receipt
) -> None:
    world.courier.fails = [MailDelayed()]
    world.ask_erasure(token_of(receipt), version=2)
    (letter,) = left(world, receipt)
    assert isinstance(letter, Letter)

    world.sweep(NOW + minutes(5))
    assert world.sent[-1] == "erased"
    world.sweep(NOW + minutes(70))
    assert left(world, receipt) == []


def test_a_last_word_nobody_ever_takes_is_given_up_and_goes(world: World, receipt: Receipt) -> None:
    world.courier.fails = [MailDelayed()] * 1000
    world.ask_erasure(token_of(receipt), version=2)

    hours(world, 24 * 6)

    assert all_kept(world) == []


def hours(world: World, number: int) -> None:
    for hour in range(1, number):
        world.sweep(_at(hour))


def _at(hour: int) -> datetime:
    return NOW + minutes(60 * hour)


@pytest.mark.parametrize("typed", ["", "oui", "EFFACE"])
def test_nothing_is_erased_without_the_word(world: World, receipt: Receipt, typed: str) -> None:
    with pytest.raises(ValidationError):
        world.ask_erasure(token_of(receipt), version=2, word=typed)
    assert world.show(token_of(receipt)).offers


def test_the_word_may_be_typed_as_a_phone_types_it(world: World, receipt: Receipt) -> None:
    world.ask_erasure(token_of(receipt), version=2, word=" Effacer ")

    assert left(world, receipt) == []


def test_an_older_page_erases_nothing(world: World, receipt: Receipt) -> None:
    with pytest.raises(StaleVersion):
        world.ask_erasure(token_of(receipt), version=1)
    world.store.rivals = [
        lambda: world.correct(token_of(receipt), version=2, name="Chez Jeanne"),
    ]
    with pytest.raises(StaleVersion):
        world.ask_erasure(token_of(receipt), version=2)
    assert world.show(token_of(receipt)).offers


def test_functions_that_were_working_on_it_write_nothing_more(
    world: World, receipt: Receipt
) -> None:
    """Each had read the dossier: what it then writes finds it gone."""
    notice, offer = receipt.recruiter_id, receipt.offers[0]
    world.store.rivals = [lambda: world.ask_erasure(token_of(receipt), version=2)]
    world.recheck_opco(notice, offer.id, NOW)
    world.sweep(NOW + days(22))

    assert left(world, receipt) == []


def test_no_link_opens_a_dossier_being_erased_whatever_its_version(
    world: World, receipt: Receipt
) -> None:
    dossier = world.store.dossier(receipt.recruiter_id)
    assert dossier is not None
    begin(dossier, "asked", store=world.store, mailroom=world.mailroom, now=NOW)

    with pytest.raises(LinkInvalid):
        world.show(world.token(world.recruiter(receipt)))
