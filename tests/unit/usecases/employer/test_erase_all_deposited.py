"""Each form and each line of a file is a dossier: the firm erases all its depositor made for it."""

import pytest

from depot.domain.dossier.erasure import Erasure
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import StaleVersion
from tests.builders import PASTRY_COOK, a_centre, a_deposit, a_depositor
from tests.unit.usecases.employer.behalf import deposited
from tests.world import SECOND, Crash, World, crash, token_of


THIRD = "00000000-0000-4000-8000-000000000003"


def again(world: World, submission_id: str = SECOND, **over: object) -> str:
    """One more dossier of the depositor for the firm; its manage token."""
    given = {"depositor": a_depositor(), "offers": [{"metier": PASTRY_COOK.code}], **over}
    return token_of(world.deposit(a_deposit(submission_id=submission_id, **given)))


def test_every_dossier_of_its_depositor_goes_and_the_firm_is_told_once() -> None:
    world = World()
    _, token = deposited(world)
    again(world)
    again(world, THIRD)

    world.erase_deposited(token)

    assert world.store.all(Recruiter) == []
    assert len(world.store.all(Erasure)) == 3
    told = [letter for letter, _ in world.courier.sent if letter.kind == "firm_erased"]
    assert [letter.facts["withdrawn"] for letter in told] == [3]
    assert world.sent.count("erased") == 3, "its depositor is told of each of his dossiers"


def test_what_another_depositor_or_another_address_has_stays() -> None:
    world = World()
    _, token = deposited(world)
    world.companies.known["00009012600046"] = a_centre()
    chamber = a_depositor(role="chambre", siret="00009012600046")
    others = [
        again(world, depositor=chamber),
        again(world, THIRD, contact={"name": "Paul", "email": "paul@example.org",
                                     "phone": "01 99 00 99 99"}),
    ]  # fmt: skip

    world.erase_deposited(token)

    for manage in others:
        assert [offer.state for offer in world.show(manage).offers] == ["live"]


def test_a_crash_between_two_leaves_the_link_to_ask_again() -> None:
    world = World()
    _, token = deposited(world)
    again(world)
    version = world.show_employer(token).version
    world.store.rivals = [lambda: None, lambda: None, crash]
    with pytest.raises(Crash):
        world.erase_deposited(token, version=version)
    world.store.rivals = []

    world.erase_deposited(token, version=version)

    assert world.store.all(Recruiter) == []


def test_another_dossier_changed_meanwhile_is_asked_about_again() -> None:
    world = World()
    _, token = deposited(world)
    other = again(world)
    world.store.rivals = [lambda: world.correct(other, name="Chez Jeanne")]

    with pytest.raises(StaleVersion):
        world.erase_deposited(token)

    world.erase_deposited(token)
    assert world.store.all(Recruiter) == []
