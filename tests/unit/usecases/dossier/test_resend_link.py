"""« Renvoyer mon lien »: the same for everybody while one waits, one mail an address afterwards."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from depot.domain.dossier.link_request import LinkForm, LinkRequest
from depot.domain.errors import MailDelayed
from tests.builders import NOW, SIRET, a_company, a_contact, a_deposit, a_recruiter, an_offer
from tests.world import SECOND, World, days, minutes, token_of


EMAIL = "jeanne@example.org"
OTHER_SIRET = "30247464800664"


def test_the_link_goes_to_the_known_address_and_opens_its_dossier() -> None:
    world = World()
    receipt = world.deposit()

    world.ask_link(email=" Jeanne@Example.org ")
    assert world.resend_all() == 1

    letter, link = world.courier.sent[-1]
    assert (letter.kind, letter.to) == ("link_resent", EMAIL)
    assert link == receipt.manage_url


def test_asking_sends_nothing_and_answers_and_writes_the_same_whoever_it_is() -> None:
    world = World()
    world.deposit()
    before = list(world.sent)

    known = world.ask_link(email=EMAIL)
    unknown = world.ask_link(email="jeanno@example.org")

    assert known == unknown
    assert world.sent == before
    one, other = world.store.all(LinkRequest)
    assert len(one.model_dump_json()) == len(other.model_dump_json())
    assert (one.state, other.state) == ("waiting", "waiting")


def test_an_address_nobody_knows_is_written_to_never() -> None:
    world = World()
    world.deposit()
    before = list(world.sent)

    world.ask_link(email="inconnue@example.org")
    world.ask_link(siret=OTHER_SIRET)

    assert world.resend_all() == 0
    assert world.sent == before


def test_by_siret_every_address_of_the_firm_is_written_to_and_nobody_else() -> None:
    world = World()
    world.deposit()
    world.keep(
        a_recruiter(id="r2", contact=a_contact(email="paul@example.org")),
        a_recruiter(id="r3", siret=OTHER_SIRET, contact=a_contact(email="anna@example.org")),
    )

    world.ask_link(siret=SIRET)
    assert world.resend_all() == 2

    assert {letter.to for letter, _ in world.courier.sent[-2:]} == {EMAIL, "paul@example.org"}


def test_one_mail_lists_every_firm_of_the_address() -> None:
    world = World()
    world.companies.known[OTHER_SIRET] = a_company(siret=OTHER_SIRET, name="NATURALIA")
    world.deposit()
    world.deposit(a_deposit(submission_id=SECOND, siret=OTHER_SIRET, offers=[]), NOW + days(1))

    world.ask_link(siret=OTHER_SIRET)
    assert world.resend_all() == 1

    letter, link = world.courier.sent[-1]
    assert letter.kind == "links_resent"
    assert "mes-entreprises.html" in (link or "")


def test_an_adviser_of_more_firms_than_a_mail_holds_is_told_how_many_others_there_are() -> None:
    world = World()
    for number in range(45):
        recruiter = a_recruiter(id=f"r{number:02d}")
        world.keep(recruiter, an_offer(f"o{number}", recruiter=recruiter))

    world.ask_link(email=EMAIL)
    world.ask_link(siret=SIRET)
    assert world.resend_all() == 1, "one mail, however it was asked for"

    (letter,) = world.letters
    assert letter.kind == "links_resent"
    assert len(world.firms((world.courier.sent[-1][1] or "").partition("#")[2]).firms) == 45


def test_an_address_is_written_to_three_times_an_hour_at_most_however_often_it_is_asked() -> None:
    world = World()
    world.deposit()
    before = len(world.sent)

    for minute in range(60):
        now = NOW + minutes(minute)
        world.ask_link(email=EMAIL, now=now)
        world.ask_link(siret=SIRET, now=now)
        world.resend_all(now)

    assert world.sent[before:] == ["link_resent"] * 3


def test_an_address_that_comes_back_within_the_slot_was_written_to_already() -> None:
    """What waited for it went to another address meanwhile; nobody's request waits for ever."""
    world = World()
    receipt = world.deposit()
    world.courier.fails = [MailDelayed()]
    world.ask_link(email=EMAIL)
    world.resend_all()
    here = world.recruiter(receipt)
    elsewhere = here.contact.model_copy(update={"email": "paul@example.org"})
    world.keep(here.model_copy(update={"contact": elsewhere}))
    world.sweep(NOW + minutes(10))
    world.keep(here)

    world.ask_link(siret=SIRET, now=NOW + minutes(12))
    world.resend_all(NOW + minutes(12))

    assert {asked.state for asked in world.store.all(LinkRequest)} == {"done"}


def test_a_request_that_was_answered_forgets_who_it_was_about() -> None:
    world = World()
    world.ask_link(email="canari@example.org")
    world.resend_all()

    (asked,) = world.store.all(LinkRequest)
    assert asked.state == "done"
    assert "canari" not in asked.model_dump_json()


def test_a_request_the_stream_lost_is_answered_by_the_sweep() -> None:
    world = World()
    world.deposit(a_deposit(offers=[]))
    world.ask_link(email=EMAIL)

    assert world.sweep(NOW + minutes(4)).links == 0
    assert world.sweep(NOW + minutes(5)).links == 1
    assert world.sweep(NOW + minutes(6)).links == 0


def test_two_mailings_at_once_write_once() -> None:
    world = World()
    world.deposit()
    world.ask_link(email=EMAIL)
    before = len(world.sent)
    world.store.rivals = [world.resend_all]

    world.resend_all()

    assert world.sent[before:] == ["link_resent"]


def test_a_dossier_being_erased_is_found_no_more() -> None:
    world = World()
    receipt = world.deposit()
    world.keep(world.recruiter(receipt).forgotten(NOW))

    world.ask_link(email=EMAIL)

    assert world.resend_all() == 0


def test_nobody_is_asked_about() -> None:
    with pytest.raises(ValidationError) as caught:
        LinkForm.model_validate({})
    (error,) = caught.value.errors()
    assert (error["loc"], error["type"]) == (("email",), "missing")


def test_a_renewed_link_is_the_one_that_is_resent() -> None:
    world = World()
    receipt = world.deposit()
    world.renew(token_of(receipt))

    world.ask_link(email=EMAIL, now=NOW + timedelta(hours=1))
    world.resend_all(NOW + timedelta(hours=1))

    assert (world.courier.sent[-1][1] or "").endswith(".2")
