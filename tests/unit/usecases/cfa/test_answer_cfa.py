"""What the link in a training centre's mail opens, and what the employer sees of it."""

from datetime import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from depot.domain.errors import Conflict, LinkInvalid, NoticeMoved, Refused
from depot.usecases.cfa.state_view import CfaView
from depot.usecases.deposit.receipt import Receipt
from tests.builders import BAKER, NOW, a_depositor
from tests.unit.usecases.cfa.answering import asked, contact
from tests.world import World, days, minutes, token_of


def seen(world: World, receipt: Receipt) -> tuple[CfaView, ...]:
    """What the employer sees of the centres."""
    return world.show(token_of(receipt)).offers[0].cfas


def test_a_centre_sees_that_need_and_whom_to_call(world: World) -> None:
    _, (token,) = asked(world)

    view = world.show_cfa(token)

    assert (view.status, view.replies, view.read, view.reply) == ("current", 0, False, None)
    assert (view.firm, view.metier.code, view.training) == (
        "AU BON PAIN",
        BAKER.code,
        "CAP Boulanger",
    )
    assert view.contact is not None
    assert view.contact.email == "jeanne@example.org"
    assert view.poster is not None
    assert view.poster.url.startswith("https://depot.example/offres/")
    assert view.poster.qr == f"data:{view.poster.url}"


def test_looking_writes_nothing(world: World) -> None:
    _, (token,) = asked(world)
    before = dict(world.store.kept)

    for _ in range(3):
        world.show_cfa(token)

    assert world.store.kept == before


def test_the_first_reading_is_recorded_and_the_employer_sees_it(world: World) -> None:
    receipt, (token,) = asked(world)
    assert [cfa.state for cfa in seen(world, receipt)] == ["sent"]

    assert world.read_cfa(token, NOW + minutes(1)).read
    world.read_cfa(token, NOW + days(1))

    assert contact(world).read_at == NOW + minutes(1)
    assert contact(world).version == 2
    assert [(cfa.state, cfa.since) for cfa in seen(world, receipt)] == [("read", NOW + minutes(1))]


def test_a_centre_with_candidates_is_told_to_its_employer_at_once_by_mail_and_on_the_card(
    world: World,
) -> None:
    receipt, (token,) = asked(world)
    reach = {"phone": "05 53 00 00 00", "email": "Apprentis@example.org"}

    view = world.answer_cfa(token, "candidates", candidates=3, word="Appelez Paul.", **reach)

    assert view.replies == 1
    assert view.reply is not None
    assert view.reply.answer == "candidates"
    ((letter, link),) = world.courier.sent
    assert (letter.kind, letter.to) == ("cfa_candidates", "jeanne@example.org")
    assert letter.reply_to == "apprentis@example.org"
    assert link == receipt.manage_url
    (cfa,) = seen(world, receipt)
    assert (cfa.state, cfa.candidates, cfa.word) == ("candidates", 3, "Appelez Paul.")
    assert (cfa.phone, cfa.email) == ("+33553000000", "apprentis@example.org")


def test_an_employer_somebody_deposited_for_hears_of_candidates_too_with_its_own_link(
    world: World,
) -> None:
    _, (token,) = asked(world, depositor=a_depositor())

    world.answer_cfa(token, "candidates")

    told = {letter.kind: (letter.to, letter.reply_to, link) for letter, link in world.courier.sent}
    (depositors, _, manage), (employers, reply_to, link) = (
        told["cfa_candidates"],
        told["on_behalf_candidates"],
    )
    assert (depositors, employers) == (a_depositor()["contact"]["email"], "jeanne@example.org")
    assert reply_to == "cfa0@example.org"
    assert link is not None
    assert "employeur.html" in link
    assert link != manage


def test_a_centre_that_gives_no_address_is_reached_where_it_was_written_to(world: World) -> None:
    receipt, (token,) = asked(world)

    world.answer_cfa(token, "candidates")

    assert world.courier.sent[0][0].reply_to == "cfa0@example.org"
    assert seen(world, receipt)[0].email == "cfa0@example.org"


def test_an_answer_may_be_changed_and_the_employer_is_written_to_once(world: World) -> None:
    receipt, (token,) = asked(world)
    world.answer_cfa(token, "later", back_on="2026-12-01")
    world.answer_cfa(token, "candidates", replies=1)
    world.answer_cfa(token, "not_concerned", replies=2)
    view = world.answer_cfa(token, "candidates", replies=3, candidates=1)

    assert view.replies == 4
    assert world.sent == ["cfa_candidates"]
    assert [(cfa.state, cfa.candidates) for cfa in seen(world, receipt)] == [("candidates", 1)]


def test_the_same_answer_twice_changes_nothing(world: World) -> None:
    _, (token,) = asked(world)
    world.answer_cfa(token, "candidates", word="Bonjour")
    before = dict(world.store.kept)

    again = world.answer_cfa(token, "candidates", word="Bonjour")

    assert again.replies == 1
    assert world.store.kept == before
    assert world.sent == ["cfa_candidates"]


def test_an_answer_given_meanwhile_is_shown_not_overwritten(world: World) -> None:
    _, (token,) = asked(world)
    world.answer_cfa(token, "later")

    with pytest.raises(NoticeMoved) as moved:
        world.answer_cfa(token, "not_concerned")

    assert moved.value.current == world.show_cfa(token)


def test_a_reading_or_a_follow_up_meanwhile_does_not_lose_an_answer(world: World) -> None:
    _, (token,) = asked(world)
    world.store.rivals = [lambda: world.read_cfa(token)]

    assert world.answer_cfa(token, "later").replies == 1
    assert contact(world).read_at == NOW


def test_an_answer_that_could_not_be_written_is_never_said_to_be(world: World) -> None:
    _, (token,) = asked(world)

    def touch() -> None:
        world.keep(contact(world).model_copy(update={"version": contact(world).version + 1}))

    world.store.rivals = [touch] * 5

    with pytest.raises(Conflict):
        world.answer_cfa(token, "candidates")

    assert world.sent == []


def test_of_two_answers_at_once_the_second_sees_the_first(world: World) -> None:
    _, (token,) = asked(world)
    world.store.rivals = [lambda: world.answer_cfa(token, "later")]

    with pytest.raises(NoticeMoved):
        world.answer_cfa(token, "candidates")

    assert world.sent == []


@pytest.mark.parametrize("ending", ["closed", "expired"])
def test_a_need_that_ended_shows_no_contact_and_takes_no_answer(world: World, ending: str) -> None:
    receipt, (token,) = asked(world)
    now = NOW
    if ending == "closed":
        world.close(receipt.offers[0], token_of(receipt))
    else:
        now = NOW + days(29)  # no sweep has been by

    view = world.show_cfa(token, now)

    assert (view.status, view.contact, view.need, view.poster, view.address) == (
        "over",
        None,
        None,
        None,
        None,
    )
    assert "jeanne" not in view.model_dump_json().lower()
    with pytest.raises(NoticeMoved):
        world.answer_cfa(token, "candidates", now=now)
    world.read_cfa(token, now)
    assert contact(world).read_at is None


@pytest.mark.parametrize("ending", ["closed", "expired"])
def test_a_link_opens_nothing_two_months_after_its_need_ended(world: World, ending: str) -> None:
    receipt, (token,) = asked(world)
    world.answer_cfa(token, "candidates", phone="05 53 01 02 03")
    if ending == "closed":
        world.close(receipt.offers[0], token_of(receipt))
    last = datetime.combine(world.offers[0].ended_on, NOW.timetz()) + days(60)

    assert world.show_cfa(token, last).reply is not None
    for act in (world.show_cfa, world.read_cfa):
        with pytest.raises(LinkInvalid):
            act(token, last + days(1))
    with pytest.raises(LinkInvalid):
        world.answer_cfa(token, "later", now=last + days(1))


def test_a_firm_that_was_refused_is_not_to_be_called(world: World) -> None:
    receipt, (token,) = asked(world)
    world.keep(world.recruiter(receipt).refuse("closed_company", NOW))

    view = world.show_cfa(token)

    assert (view.status, view.contact) == ("refused", None)


def test_a_link_opens_the_need_of_its_centre_alone(world: World) -> None:
    receipt, (mine, other) = asked(world, 2)
    world.answer_cfa(other, "later")

    assert world.show_cfa(mine).reply is None
    asking = world.links.cfa_claim(mine)
    foreign = [
        asking._replace(siren="000000099"),
        asking._replace(offer_id="nothing"),
        asking._replace(recruiter_id="nobody"),
    ]
    tokens = [world.links.cfa_url(each).partition("#")[2] for each in foreign]
    for token in (*tokens, token_of(receipt)):
        with pytest.raises(LinkInvalid):
            world.show_cfa(token)
    with pytest.raises(LinkInvalid):
        world.show(mine)


@pytest.mark.parametrize(
    ("answer", "said", "field"),
    [
        ("later", {"candidates": 2}, "candidates"),
        ("not_concerned", {"word": "Non"}, "word"),
        ("candidates", {"back_on": "2027-01-01"}, "back_on"),
        ("candidates", {"candidates": 0}, "candidates"),
        ("candidates", {"candidates": 100}, "candidates"),
        ("candidates", {"phone": "12"}, "phone"),
        ("candidates", {"email": "cfa@"}, "email"),
        ("perhaps", {}, "answer"),
    ],
)
def test_what_does_not_fit_an_answer_is_refused(
    world: World, answer: str, said: dict[str, Any], field: str
) -> None:
    _, (token,) = asked(world)

    with pytest.raises(ValidationError) as refused:
        world.answer_cfa(token, answer, **said)

    assert [error["loc"] for error in refused.value.errors()] == [(field,)]


@pytest.mark.parametrize(
    ("day", "code"), [("2026-11-22", "back_past"), ("2029-01-01", "start_far")]
)
def test_a_date_nobody_can_mean_is_refused(world: World, day: str, code: str) -> None:
    _, (token,) = asked(world)

    with pytest.raises(Refused) as refused:
        world.answer_cfa(token, "later", back_on=day)

    assert [(error.field, error.code) for error in refused.value.errors] == [("back_on", code)]
    assert world.answer_cfa(token, "later", back_on="2026-11-23").replies == 1
