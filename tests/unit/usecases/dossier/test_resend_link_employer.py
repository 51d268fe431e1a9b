"""« Renvoyer mon lien », asked by a firm somebody else deposited for."""

from typing import Any
from uuid import UUID

from depot.domain.dossier.link_request import LinkRequest
from depot.domain.dossier.recruiter import Recruiter
from depot.mail.courier import compose
from tests.builders import NOW, SIRET, a_company, a_deposit, a_depositor, an_offer
from tests.fakes.links import SITE
from tests.mails import Page
from tests.world import SECOND, World, days, minutes, token_in, token_of


CFA, FIRM = "claire@example.com", "jeanne@example.org"
OTHER_SIRET = "30247464800664"


def on_behalf(world: World, **over: Any) -> str:
    """Deposit for a firm; give its id."""
    return world.deposit(a_deposit(depositor=a_depositor(), **over)).recruiter_id


def written(world: World, before: int) -> set[tuple[str, str]]:
    return {(letter.kind, letter.to) for letter, _ in world.courier.sent[before:]}


def test_the_firm_gets_its_own_link_at_its_own_address() -> None:
    world = World()
    on_behalf(world)
    before = len(world.sent)

    world.ask_link(email=FIRM)
    assert world.resend_all() == 1

    assert written(world, before) == {("employer_link_resent", FIRM)}
    assert world.show_employer(token_in(world.courier.sent[-1][1])).contact.email == FIRM


def test_by_siret_depositor_and_firm_are_each_sent_their_own_page() -> None:
    world = World()
    on_behalf(world)
    before = len(world.sent)

    world.ask_link(siret=SIRET)
    assert world.resend_all() == 2

    assert written(world, before) == {("link_resent", CFA), ("employer_link_resent", FIRM)}
    pages = {letter.to: link or "" for letter, link in world.courier.sent[before:]}
    assert "gerer.html" in pages[CFA]
    assert "employeur.html" in pages[FIRM]


def test_one_mail_carries_the_link_of_each_deposit_made_for_the_address() -> None:
    world = World()
    world.companies.known[OTHER_SIRET] = a_company(siret=OTHER_SIRET, name="NATURALIA")
    first = on_behalf(world)
    second = world.deposit(
        a_deposit(submission_id=SECOND, siret=OTHER_SIRET, depositor=a_depositor()), NOW + days(1)
    ).recruiter_id

    world.ask_link(email=FIRM)
    assert world.resend_all() == 1

    mail = compose(*world.courier.sent[-1])
    links = [link for link in Page(mail.html).links if "employeur.html#" in link]
    assert sorted(links) == sorted(
        f"{SITE}/employeur.html#employer.{deposit}.1" for deposit in (first, second)
    )
    assert "NATURALIA" in mail.text


def test_an_address_that_deposits_too_gets_one_mail_of_each() -> None:
    world = World()
    on_behalf(world)
    world.deposit(a_deposit(submission_id=SECOND, siret=SIRET, duplicates="accept"))
    before = len(world.sent)

    world.ask_link(email=FIRM)
    world.ask_link(siret=SIRET)
    world.resend_all()

    assert written(world, before) == {
        ("link_resent", FIRM),
        ("employer_link_resent", FIRM),
        ("link_resent", CFA),
    }
    assert len(world.sent) == before + 3


def test_a_firm_that_moved_gets_its_link_at_the_new_address_alone() -> None:
    world = World()
    on_behalf(world)
    token = token_in(world.courier.sent[-1][1])
    paul = {"name": "Paul Martin", "email": "paul@example.org", "phone": "01 99 00 99 99"}
    world.employer_says("correct", world.show_employer(token).offers[0], token, contact=paul)
    before = len(world.sent)

    world.ask_link(email=FIRM)
    assert world.resend_all() == 0
    world.ask_link(email="paul@example.org")
    assert world.resend_all() == 1

    assert written(world, before) == {("employer_link_resent", "paul@example.org")}
    assert (world.courier.sent[-1][1] or "").endswith(".2")


def test_a_firm_that_moved_within_the_slot_gets_its_link_and_so_do_the_others_of_its_siret() -> (
    None
):
    """Its former address was written to: the letter to the new one is another."""
    world = World()
    receipt = world.deposit(a_deposit(depositor=a_depositor()))
    world.ask_link(email=FIRM)
    world.resend_all()
    world.change_employer(token_of(receipt), email="paul@example.org")
    before = len(world.sent)

    world.ask_link(siret=SIRET, now=NOW + minutes(5))
    world.resend_all(NOW + minutes(5))

    assert written(world, before) == {
        ("link_resent", CFA),
        ("employer_link_resent", "paul@example.org"),
    }
    assert {asked.state for asked in world.store.all(LinkRequest)} == {"done"}


def test_what_was_asked_about_comes_first_then_the_newest() -> None:
    world = World()
    world.companies.known[OTHER_SIRET] = a_company(siret=OTHER_SIRET, name="NATURALIA")
    asked = on_behalf(world)
    others = [
        world.deposit(
            a_deposit(
                submission_id=UUID(int=n << 8, version=4),
                siret=OTHER_SIRET,
                depositor=a_depositor(),
            ),
            NOW + days(n),
        ).recruiter_id
        for n in (1, 2)
    ]

    world.ask_link(siret=SIRET, now=NOW + days(3))
    world.resend_all(NOW + days(3))

    (letter,) = [sent for sent, _ in world.courier.sent if sent.kind == "employer_link_resent"]
    assert [claim.recruiter_id for claim in letter.opens] == [asked, *reversed(others)]


def test_more_deposits_than_a_mail_holds_are_told_with_how_to_get_the_others() -> None:
    world = World()
    behalf = a_recruiter_on_behalf()
    for number in range(45):
        recruiter = behalf.model_copy(update={"id": f"r{number:02d}"})
        world.keep(recruiter, an_offer(f"o{number}", recruiter=recruiter))

    world.ask_link(email=FIRM)
    assert world.resend_all() == 1

    mail = compose(*world.courier.sent[-1])
    assert mail.text.count("employeur.html#") == 20
    assert "Et 25 autres dépôts" in mail.text


def test_a_letter_that_left_forgets_which_deposits_it_opened() -> None:
    world = World()
    on_behalf(world)
    world.ask_link(email=FIRM)
    world.resend_all()

    (kept,) = [letter for letter in world.letters if letter.kind == "employer_link_resent"]
    assert (kept.opens, kept.facts) == ((), {})


def test_an_address_is_written_to_ten_times_a_day_at_most() -> None:
    world = World()
    on_behalf(world)
    midnight = NOW.replace(hour=0, minute=0)
    before = len(world.sent)

    for slot in range(72):
        now = midnight + minutes(20 * slot)
        world.ask_link(siret=SIRET, now=now)
        world.resend_all(now)

    told = [letter.to for letter, _ in world.courier.sent[before:]]
    assert {to: told.count(to) for to in told} == {CFA: 10, FIRM: 10}

    world.ask_link(siret=SIRET, now=midnight + days(1))
    assert world.resend_all(midnight + days(1)) == 2


def test_the_cap_of_one_address_keeps_no_other_waiting() -> None:
    world = World()
    on_behalf(world)
    midnight = NOW.replace(hour=0, minute=0)
    for slot in range(12):
        world.ask_link(email=FIRM, now=midnight + minutes(20 * slot))
        world.resend_all(midnight + minutes(20 * slot))
    before = len(world.sent)

    world.ask_link(siret=SIRET, now=midnight + minutes(300))
    world.resend_all(midnight + minutes(300))

    assert written(world, before) == {("link_resent", CFA)}


def test_asking_answers_and_writes_the_same_for_an_employer_as_for_nobody() -> None:
    world = World()
    on_behalf(world)
    before = list(world.sent)

    assert world.ask_link(email=FIRM) == world.ask_link(email="jeanno@example.org")

    assert world.sent == before


def a_recruiter_on_behalf() -> Recruiter:
    world = World()
    on_behalf(world, offers=[])
    (recruiter,) = world.store.all(Recruiter)
    return recruiter
