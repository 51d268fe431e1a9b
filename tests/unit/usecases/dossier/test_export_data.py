"""The export: everything kept, under names a person reads."""

import json
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from pydantic import BaseModel, JsonValue

from depot.domain.errors import LinkInvalid, MailDelayed
from depot.domain.firm.company import KnownCompany
from depot.domain.letters.refusal import CentreAsked
from depot.ports.personal import Kept
from depot.storage import schema
from depot.storage.items import KINDS
from depot.words.codes import VALUES
from depot.words.export import FIELDS, SECTIONS
from tests.builders import BAKER, NOW, SIRET, a_company, a_deposit, a_depositor, a_training
from tests.world import SECOND, World, days, manage_token, token_of


OTHER_SIRET = "30247464800664"


def exported() -> tuple[World, dict[str, Any]]:
    world = World()
    world.catalogue.known = [a_training()]
    receipt = world.deposit(a_deposit(offers=[{"metier": BAKER.code, "ask_cfa": True}]))
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    world.match(receipt.recruiter_id, receipt.offers[0].id)
    world.personal.firms[SIRET] = KnownCompany(company=a_company(), found_at=NOW)
    return world, world.export(token_of(receipt))


def test_all_that_is_kept_is_in_the_file() -> None:
    world, file = exported()

    # No erasure was asked, no partner spoke, the employer deposited himself.
    not_here = {schema.ERASURE, schema.RECEIPT, schema.EMPLOYER}
    sections = {SECTIONS[tag] for tag in schema.OF_A_DOSSIER - not_here | {schema.FIRM}}
    assert file.keys() - {"exporté le", "ce que c’est"} == sections
    assert sum(len(each) for each in file.values() if isinstance(each, list)) == (
        len(world.store.kept) + 1 - len(world.store.all(CentreAsked))
    )
    (me,) = file["vous et l’entreprise"]
    assert me["personne à contacter"]["adresse e-mail"] == "jeanne@example.org"
    assert file["centres de formation contactés"][0]["centre de formation"]["commune"]


def test_no_key_of_the_file_is_a_word_of_the_program() -> None:
    _, file = exported()

    assert not [key for key in _keys(file) if "_" in key]


def _keys(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(key for each in value.values() for key in _keys(each))]
    return [key for each in value for key in _keys(each)] if isinstance(value, list) else []


def test_everything_kept_has_a_name_in_french() -> None:
    """What a letter says (``facts``) is kept until it leaves only, and goes as it is."""
    fields = {name for kind in KINDS for name in _fields(kind)}

    assert fields - FIELDS.keys() == set()
    assert SECTIONS.keys() == schema.OF_A_DOSSIER | schema.APART


def test_every_code_kept_is_said_in_french() -> None:
    """A Literal of what is stored, under the field that holds it."""
    codes = {pair for kind in KINDS for pair in _codes(kind)}

    assert ("state", "expired") in codes
    assert ("role", "cfa") in codes
    assert {(f, code) for f, code in codes if code not in VALUES.get(f, {})} == set()
    said = {words for by_code in VALUES.values() for words in by_code.values()}
    assert not [words for words in said if "_" in words or "'" in words]


def test_codes_of_the_file_are_words_and_an_unknown_one_stays_as_it_is() -> None:
    world, file = exported()

    (offer,) = file["vos offres"]
    assert (offer["état"], offer["historique"][0]["quoi"]) == ("en ligne", "mise en ligne")
    assert file["e-mails envoyés ou à envoyer"][0]["sorte d’e-mail"] == "confirmation du dépôt"
    receipt = world.deposit(a_deposit(submission_id="00000000-0000-4000-8000-000000000003"))
    surprise: JsonValue = {"state": "melted", "history": [{"detail": ["other", "start_on", "x"]}]}
    world.personal.others[receipt.recruiter_id] = [Kept("SURPRISE", surprise)]
    assert world.export(token_of(receipt))["SURPRISE"] == [
        {"état": "melted", "historique": [{"précision": ["autre", "début souhaité", "x"]}]}
    ]


def _codes(kind: Any, field: str = "", seen: tuple[Any, ...] = ()) -> set[tuple[str, str]]:
    if get_origin(kind) is Literal:
        return {(field, code) for code in get_args(kind)}
    if kind in seen:
        return set()
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = {name: info.annotation for name, info in kind.model_fields.items()}
    elif isinstance(kind, type) and hasattr(kind, "_fields"):
        fields = get_type_hints(kind)
    else:
        return {pair for inner in get_args(kind) for pair in _codes(inner, field, seen)}
    return {pair for name, inner in fields.items() for pair in _codes(inner, name, (*seen, kind))}


def _fields(kind: Any, seen: tuple[Any, ...] = ()) -> set[str]:
    if kind in seen:
        return set()
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return {name for inner in get_args(kind) for name in _fields(inner, (*seen, kind))}
    inside = (field.annotation for field in kind.model_fields.values())
    return kind.model_fields.keys() | {n for i in inside for n in _fields(i, (*seen, kind))}


def test_a_kind_nobody_named_is_in_the_file_all_the_same() -> None:
    world = World()
    receipt = world.deposit()
    world.personal.others[receipt.recruiter_id] = [Kept("SURPRISE", {"new_field": 1})]

    assert world.export(token_of(receipt))["SURPRISE"] == [{"new_field": 1}]


def test_only_its_link_opens_a_dossier() -> None:
    world = World()
    receipt = world.deposit()

    with pytest.raises(LinkInvalid):
        world.export(manage_token(receipt.recruiter_id, version=7))
    json.dumps(world.export(token_of(receipt)))


def test_a_link_asked_for_again_that_waits_tells_no_file_of_the_other_firms() -> None:
    """It is kept in the oldest dossier of an address, and tells of all of them."""
    world = World()
    world.companies.known[OTHER_SIRET] = a_company(siret=OTHER_SIRET, name="NATURALIA")
    mine = world.deposit(a_deposit(depositor=a_depositor()))
    theirs = world.deposit(
        a_deposit(submission_id=SECOND, siret=OTHER_SIRET, depositor=a_depositor()), NOW + days(1)
    )
    for address in ("jeanne@example.org", "claire@example.com"):
        world.courier.fails = [MailDelayed()]
        world.ask_link(email=address)
        world.resend_all()

    files = [
        world.export(token_of(mine)),
        world.export_deposited(f"employer.{mine.recruiter_id}.1"),
    ]

    kinds = {"liens renvoyés", "lien renvoyé à l’entreprise"}
    told = [
        {mail["sorte d’e-mail"]: mail for mails in file.values() for mail in _mails(mails)}
        for file in files
    ]
    assert [kinds & each.keys() for each in told] == [kinds, {"lien renvoyé à l’entreprise"}]
    for file in files:
        text = json.dumps(file)
        assert OTHER_SIRET not in text
        assert "NATURALIA" not in text
        assert theirs.recruiter_id not in text


def _mails(section: Any) -> list[Any]:
    entries = section if isinstance(section, list) else []
    return [each for each in entries if "sorte d’e-mail" in each]
