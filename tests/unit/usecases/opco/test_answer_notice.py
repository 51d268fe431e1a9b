"""What an OPCO sees and does with the link in its mail."""

from dataclasses import dataclass

import pytest

from depot.domain.errors import LinkInvalid, MailDelayed, NoticeMoved, Refused
from depot.domain.opco.notice import OpcoNotice
from depot.usecases.deposit.receipt import Receipt
from depot.usecases.opco.notice_view import NoticeView
from depot.usecases.opco.state_view import OpcoView
from tests.builders import BAKER, NOW, PASTRY_COOK, SIRET, a_company, a_deposit
from tests.letters import opco_token
from tests.world import (
    AKTO,
    DESK_MAILBOX,
    EP,
    MAILBOXES,
    OCAPIAT,
    World,
    days,
    minutes,
    share,
    token_of,
)


@dataclass
class Told:
    """A need that was told; ``token`` is that of the last mail to an OPCO."""

    world: World
    receipt: Receipt

    @property
    def token(self) -> str:
        links = [link for letter, link in self.world.courier.sent if letter.turn]
        return opco_token(links[-1])

    @property
    def notice(self) -> OpcoNotice:
        (kept,) = self.world.store.all(OpcoNotice)
        return kept

    @property
    def shown_to_the_depositor(self) -> OpcoView:
        (offer,) = self.world.show(token_of(self.receipt)).offers
        return offer.opco

    def answer(self, answer: str, *, to: str | None = None, token: str = "") -> NoticeView:
        version = self.notice.version
        return self.world.answer(token or self.token, answer, version=version, to=to)

    def told_to(self) -> list[str]:
        """Mailboxes that heard of it, in order."""
        return [letter.to for letter, _ in self.world.courier.sent if letter.kind == "opco_need"]


def told(world: World, *idccs: str) -> Told:
    world.opcos.known |= {"1501": [share(AKTO)], "7024": [share(OCAPIAT)]}
    world.companies.known = {SIRET: a_company(idccs=idccs)}
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return Told(world, receipt)


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


@pytest.mark.parametrize("answer", ["taking", "not_ours"])
def test_an_answer_to_what_has_changed_is_refused_with_the_present_state(
    world: World, answer: str
) -> None:
    need = told(world, "0843")
    first = need.token
    need.answer("contacted")

    with pytest.raises(NoticeMoved) as stale:
        world.answer(first, answer, version=2)

    assert stale.value.current == world.show_notice(first)


def test_a_link_of_an_earlier_turn_answers_nothing_even_with_the_right_version(
    world: World,
) -> None:
    need = told(world, "0843")
    first = need.token
    need.answer("not_ours", to=AKTO)

    for answer in ("taking", "not_ours"):
        with pytest.raises(NoticeMoved) as stale:
            need.answer(answer, token=first)
        assert "jeanne" not in stale.value.current.model_dump_json()
    assert need.notice.version == 3


def test_two_answers_at_once_keep_the_first(world: World) -> None:
    need = told(world, "0843")
    world.store.rivals = [lambda: need.answer("taking")]

    with pytest.raises(NoticeMoved) as stale:
        need.answer("not_ours")

    assert need.notice.answer == "taking"
    assert "taking" in stale.value.current.model_dump_json()
    assert len(need.told_to()) == 1


def test_a_mail_that_cannot_leave_now_is_left_to_the_sweep(world: World) -> None:
    need = told(world, "0843")
    world.courier.fails = [MailDelayed()]

    need.answer("not_ours")
    assert need.told_to() == ["ep@example.org"]
    assert need.shown_to_the_depositor.state == "pending"

    world.sweep(NOW + minutes(3))
    assert need.told_to() == ["ep@example.org", DESK_MAILBOX]


def test_a_need_that_is_over_is_shown_so_and_takes_no_answer(world: World) -> None:
    need = told(world, "0843")
    world.close(need.receipt.offers[0], token_of(need.receipt))

    view = world.show_notice(need.token)

    assert (view.status, view.recipients) == ("over", ())
    assert view.contact is not None
    with pytest.raises(NoticeMoved):
        need.answer("taking")


def test_an_offer_past_its_last_day_is_over_before_the_sweep_says_so(world: World) -> None:
    need = told(world, "0843")

    assert world.show_notice(need.token, NOW + days(28)).status == "current"
    assert world.show_notice(need.token, NOW + days(29)).status == "over"


def test_nobody_is_to_be_called_at_a_firm_that_was_refused(world: World) -> None:
    world.companies.down = True
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    need = Told(world, receipt)
    world.companies.down, world.companies.known = False, {}
    world.verify(receipt.recruiter_id, NOW + minutes(15))

    view = world.show_notice(need.token)

    assert (view.status, view.contact, view.need, view.address) == ("refused", None, None, None)


def test_a_link_to_what_is_gone_is_invalid(world: World) -> None:
    need = told(world, "0843")
    token = need.token
    world.store.kept.clear()

    with pytest.raises(LinkInvalid):
        world.show_notice(token)


def test_a_firm_known_at_last_leaves_alone_what_a_person_decided(world: World) -> None:
    world.companies.down = True
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    need = Told(world, receipt)
    need.answer("taking")
    world.companies.down, world.companies.known = False, {SIRET: a_company()}

    world.verify(receipt.recruiter_id, NOW + minutes(15))

    assert (need.notice.state, need.notice.answer) == ("told", "taking")
    assert world.show_notice(need.token).verified
