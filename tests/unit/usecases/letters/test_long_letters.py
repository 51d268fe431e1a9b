"""However much is online, a letter about all of it can be stored (400 KB an item) and read."""

from uuid import uuid4

import pytest

from depot.domain.letters.letter import Letter, LetterKind
from tests.builders import NOW, SIRET, a_company, a_deposit, a_depositor, a_recruiter, an_offer
from tests.letters import Mailed
from tests.mails import sent_mail
from tests.world import World, minutes, token_in


LONG = "\u4e00" * 1000


def many(world: World, firms: int, offers: int) -> None:
    """So many firms of one address, each with as many offers, described at length."""
    for number in range(firms):
        recruiter = a_recruiter(id=f"r{number:02d}")
        needs = (
            an_offer(f"o{number:02d}{rank:03d}", recruiter=recruiter, description=LONG)
            for rank in range(offers)
        )
        world.keep(recruiter, *needs)


def read(world: World, kind: LetterKind) -> tuple[Letter, str]:
    """The last letter of a kind, before it forgot what it said, and its mail."""
    sent = [sent for sent in world.courier.sent if sent[0].kind == kind][-1]
    return sent[0], sent_mail(Mailed(*sent, None)).text


def test_the_link_of_a_firm_with_many_offers_is_mailed_with_the_first_of_them() -> None:
    world = World()
    many(world, 1, 130)
    world.ask_link(email="jeanne@example.org")

    assert world.resend_all() == 1

    letter, text = read(world, "link_resent")
    assert LONG not in letter.model_dump_json()
    assert text.count("En ligne jusqu’au") == 20
    assert "Et 110 autres" in text


def test_the_link_to_many_firms_is_mailed_with_the_first_offers_of_each() -> None:
    world = World()
    many(world, 40, 12)
    world.ask_link(email="jeanne@example.org")

    assert world.resend_all() == 1

    letter, text = read(world, "links_resent")
    assert len(letter.model_dump_json()) < 50_000
    assert text.count("Et 7 autres") == 40


def test_one_offer_too_many_is_told_in_the_singular() -> None:
    world = World()
    many(world, 2, 6)
    world.ask_link(email="jeanne@example.org")
    world.resend_all()

    _, text = read(world, "links_resent")
    assert text.count("Et 1 autre offre.") == 2


@pytest.mark.parametrize("known", [True, False])
def test_a_firm_with_many_offers_is_told_that_it_is_verified_or_why_not(*, known: bool) -> None:
    world = World()
    world.companies.known = {SIRET: a_company()} if known else {}
    firm = a_recruiter(company=None, verify_at=NOW)
    needs = (an_offer(f"o{rank:03d}", recruiter=firm, description=LONG) for rank in range(130))
    world.keep(firm, *needs)

    assert world.sweep(NOW + minutes(1)).verified == 1

    letter, text = read(world, "firm_verified" if known else "firm_refused")
    assert LONG not in letter.model_dump_json()
    assert text.count("- Retirée") == (0 if known else 20)
    assert ("Et 110 autres offres." in text) is not known


def test_an_employer_who_gives_another_address_is_told_of_many_offers_there() -> None:
    world = World()
    needs = [{"metier": "11573", "description": LONG}] * 10
    receipt = world.deposit(a_deposit(depositor=a_depositor(), offers=needs))
    token = token_in(world.courier.sent[-1][1])
    dossier = world.store.dossier(receipt.recruiter_id)
    assert dossier is not None
    world.keep(*(dossier.offers[0].model_copy(update={"id": uuid4().hex}) for _ in range(120)))
    other = {"name": "Paul Martin", "email": "paul@example.org", "phone": "01 99 00 99 99"}
    shown = next(o for o in world.show_employer(token).offers)

    world.employer_says("correct", shown, token, contact=other, description="De jour.")

    letter, text = read(world, "on_behalf_notice")
    assert letter.to == "paul@example.org"
    assert "130 offres d’alternance" in text
    assert "Et 110 autres" in text
