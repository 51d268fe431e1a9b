"""A centre that wants no more mail is never mailed, whatever happens."""

from itertools import count
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depot.domain.errors import LinkInvalid, MailDelayed
from depot.domain.letters.refusal import MailRefusal, address_subject
from depot.ports.links import Subscriber
from tests.builders import BAKER, NOW, a_deposit, a_training
from tests.world import World, days, minutes, token_of


CENTRES = 12
SIRENS = [f"{rank:09d}" for rank in range(CENTRES)]


def address(siren: str) -> str:
    return f"cfa{int(siren)}@example.org"


def a_world() -> World:
    world = World()
    world.catalogue.known = [a_training(siren=siren, email=address(siren)) for siren in SIRENS]
    return world


def unsubscribe(world: World, siren: str) -> str:
    page = world.links.unsubscribe(Subscriber(siren, address_subject(address(siren)))).page
    return page.partition("#")[2]


def ask(world: World, number: int, now: object = NOW) -> tuple[str, str]:
    submission = UUID(int=0x00000000_0000_4000_8000_000000000000 + number)
    needs = [{"metier": BAKER.code, "ask_cfa": True}]
    form = a_deposit(submission_id=submission, duplicates="accept", offers=needs)
    receipt = world.deposit(form, now)  # type: ignore[arg-type]
    world.match(receipt.recruiter_id, receipt.offers[0].id, now)  # type: ignore[arg-type]
    return receipt.recruiter_id, receipt.offers[0].id


Step = tuple[str, int]
steps = st.lists(
    st.tuples(
        st.sampled_from(["ask", "ask while mail is down", "leave", "return", "time passes"]),
        st.integers(0, CENTRES - 1),
    ),
    max_size=12,
)


@given(steps)
@settings(max_examples=60, deadline=None)
def test_whatever_the_sequence_a_centre_that_left_is_never_mailed(story: list[Step]) -> None:
    world, now, gone, numbers = a_world(), NOW, set[str](), count(1)

    for what, rank in story:
        already = len(world.courier.sent)
        match what:
            case "ask":
                ask(world, next(numbers), now)
            case "ask while mail is down":
                world.courier.fails = [MailDelayed() for _ in range(rank + 2)]
                ask(world, next(numbers), now)
                world.courier.fails = []
            case "leave" | "return":
                wanted = what == "return"
                world.subscribe(unsubscribe(world, SIRENS[rank]), wanted=wanted, now=now)
                gone = gone - {SIRENS[rank]} if wanted else gone | {SIRENS[rank]}
            case _:
                now += days(1 + rank % 7)
                world.sweep(now)
        mailed = {letter.to for letter, _ in world.courier.sent[already:]}
        assert not mailed & {address(siren) for siren in gone}


def test_a_centre_that_leaves_makes_way_for_the_next(world: World) -> None:
    world = a_world()
    for siren in SIRENS[:2]:
        world.subscribe(unsubscribe(world, siren), wanted=False)

    ask(world, 1)

    asked = {letter.to for letter, _ in world.courier.sent if letter.kind == "cfa_need"}
    assert asked == {address(siren) for siren in SIRENS[2:]}


def test_leaving_holds_for_the_firm_under_another_address_and_for_the_address_of_another_firm(
    world: World,
) -> None:
    world.subscribe(unsubscribe(world, SIRENS[0]), wanted=False)
    world.catalogue.known = [
        a_training(siren=SIRENS[0], email="ailleurs@example.org"),
        a_training(siren=SIRENS[1], email=address(SIRENS[0])),
    ]

    ask(world, 1)

    assert "cfa_need" not in world.sent


def test_leaving_stops_a_mail_that_was_waiting_to_leave(world: World) -> None:
    world.catalogue.known = [a_training(siren=SIRENS[0], email=address(SIRENS[0]))]
    receipt = world.deposit(a_deposit(offers=[{"metier": BAKER.code, "ask_cfa": True}]))
    world.courier.fails = [MailDelayed()]
    world.match(receipt.recruiter_id, receipt.offers[0].id)
    world.subscribe(unsubscribe(world, SIRENS[0]), wanted=False)

    world.sweep(NOW + minutes(3))

    assert world.sent == ["deposit_received"]
    (letter,) = [letter for letter in world.letters if letter.kind == "cfa_need"]
    assert (letter.state, letter.failure) == ("failed", "unsubscribed")
    (cfa,) = world.show(token_of(receipt)).offers[0].cfas
    assert cfa.state == "refused"


def test_a_centre_that_left_still_gets_the_link_of_what_it_deposits(world: World) -> None:
    subject = address_subject("jeanne@example.org")
    world.keep(MailRefusal(subject=subject, why="unsubscribed", since=NOW))

    world.deposit()

    assert world.sent == ["deposit_received"]


def test_leaving_and_coming_back_may_be_said_twice(world: World) -> None:
    token = unsubscribe(world, SIRENS[0])

    for wanted in (False, False, True, True, False):
        view = world.subscribe(token, wanted=wanted)
        assert (view.siren, view.wanted, view.in_error) == (SIRENS[0], wanted, False)
    assert len(world.store.all(MailRefusal)) == 2


def test_two_clicks_at_once_are_one(world: World) -> None:
    token = unsubscribe(world, SIRENS[0])
    world.store.rivals = [lambda: world.subscribe(token, wanted=False)]

    assert not world.subscribe(token, wanted=False).wanted


def test_an_address_in_error_does_not_come_back_by_asking(world: World) -> None:
    subject = address_subject(address(SIRENS[0]))
    world.keep(MailRefusal(subject=subject, why="bounced", since=NOW))

    view = world.subscribe(unsubscribe(world, SIRENS[0]), wanted=True)

    assert (view.wanted, view.in_error) == (True, True)


@pytest.mark.parametrize("token", ["", "nonsense", "cfa.r1.o1.000000018", "manage.r1.1"])
def test_no_other_token_opens_the_way_out(world: World, token: str) -> None:
    with pytest.raises(LinkInvalid):
        world.subscribe(token, wanted=False)


def test_a_refusal_that_cannot_be_read_delays_the_mail(world: World) -> None:
    world.catalogue.known = [a_training(siren=SIRENS[0], email=address(SIRENS[0]))]
    receipt = world.deposit(a_deposit(offers=[{"metier": BAKER.code, "ask_cfa": True}]))
    contact = [letter for letter in world.letters if letter.kind == "deposit_received"]
    assert contact[0].state == "sent"
    world.match(receipt.recruiter_id, receipt.offers[0].id)
    (letter,) = [letter for letter in world.letters if letter.kind == "cfa_need"]
    waiting = letter.model_copy(update={"state": "pending", "version": 7})
    world.keep(waiting)
    world.store.down = True

    world.mailroom.deliver(waiting, world.recruiter(receipt), NOW)

    assert world.store.letter(letter.recruiter_id, letter.id) == waiting
