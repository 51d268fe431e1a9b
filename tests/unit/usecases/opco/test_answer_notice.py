"""An OPCO reads one need and answers by its link, and whoever is next hears of it."""

import pytest

from depot.domain.errors import Refused
from tests.builders import BAKER, NOW, PASTRY_COOK, SIRET, a_deposit
from tests.unit.usecases.opco.told import Told, told
from tests.world import AKTO, DESK_MAILBOX, EP, MAILBOXES, OCAPIAT, World


def test_it_shows_who_what_where_and_whom_to_call(world: World) -> None:
    view = world.show_notice(told(world, "0843").token)

    assert (view.status, view.addressee, view.answer) == ("current", EP, None)
    assert (view.firm, view.siret, view.verified) == ("AU BON PAIN", SIRET, True)
    assert view.address == "1 RUE DU FOUR 24000 PERIGUEUX"
    assert view.contact is not None
    assert (view.contact.name, view.contact.phone) == ("Jeanne Martin", "+33199001234")
    assert view.metier.label == "Boulanger / Boulangère"
    assert view.need is not None
    assert view.recipients == (AKTO, OCAPIAT)


def test_it_shows_every_metier_that_would_do_and_another_place_of_work(world: World) -> None:
    elsewhere = {"street": "2 rue du Pré", "postcode": "24000", "city": "Périgueux"}
    need = {"metier": BAKER.code, "other_metiers": [PASTRY_COOK.code], "workplace": elsewhere}
    receipt = world.deposit(a_deposit(offers=[need]))
    world.notify(receipt.recruiter_id, receipt.offers[0].id)

    shown = world.show_notice(Told(world, receipt).token).need

    assert shown is not None
    assert [metier.label for metier in shown.other_metiers] == [PASTRY_COOK.label]
    assert shown.workplace is not None
    assert shown.workplace.label == "2 rue du Pré 24000 Périgueux"


def test_looking_writes_nothing(world: World) -> None:
    need = told(world, "0843")
    before = dict(world.store.kept)

    world.show_notice(need.token)

    assert world.store.kept == before


@pytest.mark.parametrize("answer", ["taking", "contacted"])
def test_an_answer_is_kept_and_the_depositor_sees_it(world: World, answer: str) -> None:
    need = told(world, "0843")

    view = need.answer(answer)

    assert (view.status, view.answer, view.answered_at) == ("current", answer, NOW)
    seen = need.shown_to_the_depositor
    assert (seen.names, seen.answer, seen.answered_at) == ((EP,), answer, NOW)
    assert world.sent == ["deposit_received", "opco_need"]


def test_an_answer_may_be_corrected(world: World) -> None:
    need = told(world, "0843")
    need.answer("taking")

    assert need.answer("contacted").answer == "contacted"


def test_the_same_answer_again_changes_nothing_whatever_was_read(world: World) -> None:
    need = told(world, "0843")
    need.answer("taking")

    again = world.answer(need.token, "taking", version=1)

    assert (again.answer, again.version, need.notice.version) == ("taking", 3, 3)


def test_not_ours_goes_to_the_desk_when_there_is_no_other_candidate(world: World) -> None:
    need = told(world, "0843")
    first = need.token

    view = need.answer("not_ours")

    assert need.told_to() == ["ep@example.org", DESK_MAILBOX]
    assert (view.status, view.addressee, view.contact, view.need) == ("passed_on", None, None, None)
    assert world.show_notice(first) == view
    assert world.show_notice(need.token).status == "current"
    seen = need.shown_to_the_depositor
    assert (seen.desk, seen.names, seen.declined, seen.state) == (True, (), (EP,), "sent")


def test_not_ours_at_the_desk_goes_to_each_candidate_in_turn(world: World) -> None:
    need = told(world, "0843", "1501")
    assert need.shown_to_the_depositor.names == (EP, AKTO)

    need.answer("not_ours")
    need.answer("not_ours")

    assert need.told_to() == [DESK_MAILBOX, MAILBOXES[EP], MAILBOXES[AKTO]]
    assert need.shown_to_the_depositor.names == (AKTO,)


def test_the_opco_that_is_named_hears_of_it_at_once(world: World) -> None:
    need = told(world, "0843")

    need.answer("not_ours", to=OCAPIAT)

    assert need.told_to()[-1] == MAILBOXES[OCAPIAT]
    letter, _ = world.courier.sent[-1]
    assert letter.facts["declined"] == [EP]
    assert letter.reply_to == "jeanne@example.org"


@pytest.mark.parametrize("to", [EP, "Opco inconnu", ""])
def test_a_need_is_not_passed_to_oneself_nor_to_nobody(world: World, to: str) -> None:
    need = told(world, "0843")

    with pytest.raises(Refused, match="to: opco_unfit"):
        need.answer("not_ours", to=to)

    assert need.notice.version == 2


def test_who_declined_is_not_asked_again_by_another_opco_but_by_the_desk(world: World) -> None:
    need = told(world, "0843")
    need.answer("not_ours", to=AKTO)

    with pytest.raises(Refused, match="to: opco_unfit"):
        need.answer("not_ours", to=EP)
    need.answer("not_ours")
    need.answer("not_ours", to=EP)

    assert need.told_to()[-2:] == [DESK_MAILBOX, MAILBOXES[EP]]


def test_with_nobody_left_the_depositor_is_told_and_the_desk_may_still_find_somebody(
    world: World,
) -> None:
    need = told(world, "0000")

    view = need.answer("not_ours")

    assert (view.status, view.answer) == ("current", "not_ours")
    assert need.shown_to_the_depositor.answer == "not_ours"
    assert need.answer("not_ours").version == view.version
    assert need.answer("not_ours", to=EP).status == "passed_on"
    assert need.told_to() == [DESK_MAILBOX, MAILBOXES[EP]]
