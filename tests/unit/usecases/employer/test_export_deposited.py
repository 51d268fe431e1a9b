"""What the firm is given of what is kept about it."""

import json
from typing import Any

import pytest

from depot.domain.errors import LinkInvalid
from depot.domain.firm.company import KnownCompany
from depot.ports.personal import Kept
from depot.storage import schema
from depot.usecases.employer.export_deposited import SHOWN
from depot.words.export import OF_THE_EMPLOYER
from tests.builders import BAKER, NOW, SIRET, a_company, a_deposit, a_depositor, a_training
from tests.world import World, token_in, token_of


def exported() -> tuple[World, str, dict[str, Any]]:
    """A need told to all there are, of which the depositor changed his address."""
    world = World()
    world.catalogue.known = [a_training()]
    needs = [{"metier": BAKER.code, "ask_cfa": True}]
    receipt = world.deposit(a_deposit(depositor=a_depositor(), offers=needs))
    token = token_in(world.courier.sent[-1][1])
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    world.match(receipt.recruiter_id, receipt.offers[0].id)
    world.contact(token_of(receipt), email="nouvelle@example.com", phone="05 53 00 00 01")
    world.personal.firms[SIRET] = KnownCompany(company=a_company(), found_at=NOW)
    world.object(token)
    return world, token, world.export_deposited(token)


def test_the_firm_is_given_what_is_kept_of_it_and_what_it_objects_to() -> None:
    _, _, file = exported()

    sections = OF_THE_EMPLOYER.sections
    assert file.keys() - {"exporté le", "ce que c’est"} == {
        sections[tag] for tag in SHOWN - {schema.RECEIPT} | {schema.OBJECTION}
    }
    (dossier,) = file[sections[schema.RECRUITER]]
    mine = dossier["déposé pour l’employeur par"]["vos coordonnées"]
    assert mine["adresse e-mail"] == "jeanne@example.org"
    assert dossier["personne de l’organisme"]["nom"]
    assert "personne à contacter" not in dossier
    (objection,) = file[sections[schema.OBJECTION]]
    assert objection["tous les besoins"] is True


def test_what_is_the_depositors_alone_stays_out() -> None:
    _, _, file = exported()

    letters = file[OF_THE_EMPLOYER.sections[schema.LETTER]]
    assert {letter["sorte d’e-mail"] for letter in letters} == {
        "annonce à l’employeur",
        "besoin transmis à l’OPCO",
        "besoin transmis à un CFA",
    }
    text = json.dumps(file)
    assert "nouvelle@example.com" not in text
    for gone in ("votre dernier geste le", "changement d’adresse demandé"):
        assert gone not in file[OF_THE_EMPLOYER.sections[schema.RECRUITER]][0]


def test_somebody_decided_of_each_kind_whether_the_firm_is_given_it() -> None:
    not_its_own = {schema.ERASURE}  # nothing opens a dossier being erased

    assert schema.OF_A_DOSSIER - not_its_own | {schema.FIRM} == SHOWN


def test_a_kind_nobody_looked_at_is_not_given() -> None:
    world, token, _ = exported()
    (receipt,) = {letter.recruiter_id for letter in world.letters}
    world.personal.others[receipt] = [Kept("SURPRISE", {"email": "claire@example.com"})]

    assert "SURPRISE" not in world.export_deposited(token)


def test_only_the_firms_link_gives_it() -> None:
    world = World()
    receipt = world.deposit(a_deposit(depositor=a_depositor()))

    with pytest.raises(LinkInvalid):
        world.export_deposited(token_of(receipt))
