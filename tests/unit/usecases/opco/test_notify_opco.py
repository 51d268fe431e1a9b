"""Telling the OPCO."""

import pytest

from depot.domain.errors import MailDelayed
from depot.domain.opco.finding import Evidence, SourceAnswer
from depot.domain.opco.notice import OpcoNotice
from depot.usecases.deposit.receipt import Receipt
from tests.builders import NOW, SIRET, a_company
from tests.world import AKTO, DESK_MAILBOX, EP, World, share, token_of


def notice(world: World) -> OpcoNotice:
    (kept,) = world.store.all(OpcoNotice)
    return kept


def deposited(world: World, *idccs: str) -> Receipt:
    """A deposit by a firm under these agreements; its own mail is forgotten."""
    world.companies.known = {SIRET: a_company(idccs=idccs)}
    receipt = world.deposit()
    world.courier.sent.clear()
    return receipt


def test_the_opco_of_the_firm_is_told_with_the_contact_to_call(world: World) -> None:
    receipt = deposited(world, "0843")

    finding = world.notify(receipt.recruiter_id, receipt.offers[0].id)

    assert finding is not None
    assert (finding.outcome, finding.opcos) == ("identified", (EP,))
    ((letter, link),) = world.courier.sent
    assert (letter.kind, letter.to) == ("opco_need", "ep@example.org")
    assert letter.reply_to == letter.facts["email"] == "jeanne@example.org"
    assert letter.facts["phone"] == "01 99 00 12 34"
    assert link == world.links.opco_url(notice(world).opens)
    assert notice(world).addressee == EP
    assert (notice(world).state, notice(world).letter_id) == ("told", letter.id)


def test_an_identified_opco_without_a_mailbox_is_announced_to_the_default_one(
    world: World,
) -> None:
    world.opcos.known["0700"] = [share("Uniformation")]
    receipt = deposited(world, "0700")

    world.notify(receipt.recruiter_id, receipt.offers[0].id)

    ((letter, _),) = world.courier.sent
    assert (letter.to, letter.facts["opcos"]) == (DESK_MAILBOX, ["Uniformation"])


def test_candidates_are_all_named_to_the_default_mailbox(world: World) -> None:
    world.opcos.known["1501"] = [share(AKTO)]
    receipt = deposited(world, "0843", "1501")

    finding = world.notify(receipt.recruiter_id, receipt.offers[0].id)

    assert finding is not None
    assert (finding.outcome, finding.opcos) == ("multiple", (EP, AKTO))
    ((letter, _),) = world.courier.sent
    assert letter.to == DESK_MAILBOX
    assert letter.facts["opcos"] == [EP, AKTO]
    assert letter.facts["idccs"] == ["0843", "1501"]


def test_an_unknown_opco_keeps_its_evidence_and_is_not_dropped(world: World) -> None:
    receipt = deposited(world, "0000", "9999")

    world.notify(receipt.recruiter_id, receipt.offers[0].id)

    finding = notice(world).finding
    assert finding is not None
    assert finding.outcome == "unknown"
    assert finding.evidence == (
        Evidence(source="siro_file", asked=SIRET, at=NOW),
        Evidence(source="idcc", asked="0000", at=NOW),
        Evidence(source="naf", asked="10.71C", at=NOW),
    )
    ((letter, _),) = world.courier.sent
    assert letter.to == DESK_MAILBOX


def test_a_firm_to_verify_is_announced_to_the_default_mailbox(world: World) -> None:
    world.companies.down = True
    receipt = world.deposit()

    world.notify(receipt.recruiter_id, receipt.offers[0].id)

    letter, _ = world.courier.sent[-1]
    assert (letter.to, letter.facts["verification"]) == (DESK_MAILBOX, "to_verify")


def test_told_twice_writes_once(world: World) -> None:
    receipt = deposited(world, "0843")
    world.notify(receipt.recruiter_id, receipt.offers[0].id)

    assert world.notify(receipt.recruiter_id, receipt.offers[0].id) is None
    assert world.sent == ["opco_need"]


def test_two_runs_at_once_write_once(world: World) -> None:
    receipt = deposited(world, "0843")
    world.store.rivals = [lambda: world.notify(receipt.recruiter_id, receipt.offers[0].id)]

    assert world.notify(receipt.recruiter_id, receipt.offers[0].id) is None
    assert world.sent == ["opco_need"]


def test_a_delayed_mail_leaves_the_notice_told_and_the_letter_pending(world: World) -> None:
    receipt = deposited(world, "0843")
    world.courier.fails = [MailDelayed()]

    world.notify(receipt.recruiter_id, receipt.offers[0].id)

    letter = world.store.letter(receipt.recruiter_id, notice(world).letter_id or "")
    assert letter is not None
    assert (notice(world).state, letter.state) == ("told", "pending")


@pytest.mark.parametrize("ids", [("nobody", "nothing"), ("r1", "o1")])
def test_a_notice_of_nothing_writes_to_nobody(world: World, ids: tuple[str, str]) -> None:
    world.keep(OpcoNotice(recruiter_id="r1", offer_id="o1", created_at="2026-11-23T10:00:00Z"))

    assert world.notify(*ids) is None
    assert world.sent == []


def test_each_offer_of_a_recruiter_is_told_once(world: World) -> None:
    receipt = deposited(world, "0843")
    added = world.add(receipt.recruiter_id, token_of(receipt))

    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    world.notify(receipt.recruiter_id, added.id)

    told = [letter.facts["offer"] for letter, _ in world.courier.sent if letter.kind == "opco_need"]
    assert sorted(map(str, told)) == sorted([receipt.offers[0].id, added.id])


def test_what_each_source_said_is_told_a_code_for_no_agreement_is_none(world: World) -> None:
    world.register.answers = [
        SourceAnswer(asked=SIRET, opcos=(EP,), confidence="shared", idcc="9999"),
        SourceAnswer(asked=SIRET, opcos=(AKTO,), confidence="shared", idcc="1501"),
    ]
    receipt = deposited(world, "0000")

    world.notify(receipt.recruiter_id, receipt.offers[0].id)

    ((letter, _),) = world.courier.sent
    said = letter.facts["said"]
    assert isinstance(said, list)
    assert [(piece["source"], piece["opcos"], piece["idcc"]) for piece in said] == [  # type: ignore[index, call-overload]
        ("siro_file", [AKTO], "1501"),
        ("siro_file", [EP], None),
        ("idcc", [], None),
        ("naf", [], None),
    ]
