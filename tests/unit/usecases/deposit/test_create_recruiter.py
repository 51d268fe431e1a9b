"""A firm deposits: what is stored, mailed and shown, or refused."""

import pytest

from depot.domain.cfa.rounds import CfaRound
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import Conflict, FieldError, MailDelayed, MailRefused, Refused
from depot.domain.life.offer import Offer
from depot.domain.opco.notice import OpcoNotice
from tests.builders import BAKER, DISHWASHER, PASTRY_COOK, SIRET, a_company, a_deposit
from tests.world import SECOND, World, token_of


def refusal(world: World, **over: object) -> list[FieldError]:
    with pytest.raises(Refused) as caught:
        world.deposit(a_deposit(**over))
    return list(caught.value.errors)


def test_a_deposit_stores_the_recruiter_its_offer_and_the_notice_to_its_opco(world: World) -> None:
    receipt = world.deposit()

    (recruiter,) = world.store.all(Recruiter)
    (offer,) = world.store.all(Offer)
    (notice,) = world.store.all(OpcoNotice)
    assert (recruiter.id, recruiter.siret, recruiter.offer_count) == (
        receipt.recruiter_id,
        SIRET,
        1,
    )
    assert (offer.recruiter_id, offer.state, offer.need.metier) == (recruiter.id, "live", BAKER)
    assert offer.phone == recruiter.contact.phone
    assert (notice.offer_id, notice.state) == (offer.id, "waiting")
    assert world.store.all(CfaRound) == []


def test_the_depositor_receives_one_mail_with_the_link_the_page_shows(world: World) -> None:
    receipt = world.deposit()

    ((letter, manage_url),) = world.courier.sent
    assert (letter.kind, letter.to) == ("deposit_received", "jeanne@example.org")
    assert manage_url == receipt.manage_url
    assert [kept.state for kept in world.letters] == ["sent"]


def test_the_receipt_says_what_was_kept(world: World) -> None:
    receipt = world.deposit()

    assert receipt.company_name == "AU BON PAIN"
    assert receipt.email == "jeanne@example.org"
    assert receipt.verification == "verified"
    (offer,) = receipt.offers
    assert (offer.state, offer.version, offer.days_left) == ("live", 1, 28)
    assert offer.opco.state == "pending"


def test_the_receipts_link_opens_the_dossier(world: World) -> None:
    receipt = world.deposit()

    assert world.show(token_of(receipt)).offers == receipt.offers


def test_several_offers_are_kept_in_one_deposit_each_with_its_notice(world: World) -> None:
    needs = [{"metier": BAKER.code, "ask_cfa": rank == 1} for rank in range(3)]

    receipt = world.deposit(a_deposit(offers=needs))

    assert len({offer.id for offer in receipt.offers}) == 3
    assert {notice.offer_id for notice in world.store.all(OpcoNotice)} == {
        offer.id for offer in world.offers
    }
    (asked,) = world.store.all(CfaRound)
    assert [offer.id for offer in world.offers if offer.need.ask_cfa] == [asked.offer_id]
    assert world.sent == ["deposit_received"]


def test_a_deposit_without_an_offer_keeps_the_recruiter_alone(world: World) -> None:
    receipt = world.deposit(a_deposit(offers=[]))

    assert receipt.offers == ()
    assert world.offers == []
    assert world.sent == ["deposit_received"]


def test_another_submission_by_the_same_firm_is_another_deposit(world: World) -> None:
    first = world.deposit()

    second = world.deposit(a_deposit(submission_id=SECOND))

    assert second.recruiter_id != first.recruiter_id
    assert len(world.offers) == 2


def test_the_same_submission_twice_at_once_is_one_deposit(world: World) -> None:
    receipts = []
    world.store.rivals = [lambda: receipts.append(world.deposit())]

    receipts.append(world.deposit())

    assert receipts[0] == receipts[1]
    assert len(world.offers) == 1
    assert world.sent == ["deposit_received"]


def test_a_conflict_nobody_can_explain_is_not_hidden(world: World) -> None:
    def quarrel() -> None:
        raise Conflict

    world.store.rivals = [quarrel]

    with pytest.raises(Conflict):
        world.deposit()


def test_a_directory_that_is_down_never_stops_a_deposit(world: World) -> None:
    world.companies.down = True

    receipt = world.deposit()

    assert (receipt.verification, receipt.company_name) == ("to_verify", None)
    (recruiter,) = world.store.all(Recruiter)
    assert recruiter.company is None
    ((letter, _),) = world.courier.sent
    assert letter.facts["verification"] == "to_verify"
    assert letter.facts["firm"] == f"SIRET {SIRET}"


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({}, "unknown_company"),
        ({SIRET: a_company(active=False)}, "closed_company"),
        ({SIRET: a_company(diffusible=False)}, "hidden_company"),
    ],
)
def test_a_firm_that_cannot_be_published_is_refused_by_its_siret_and_leaves_nothing(
    world: World, known: dict[str, object], code: str
) -> None:
    world.companies.known = known  # type: ignore[assignment]

    assert refusal(world) == [FieldError("siret", code)]
    assert world.store.kept == {}
    assert world.sent == []


def test_every_error_of_every_offer_is_reported_with_its_place(world: World) -> None:
    offers = [
        {"metier": "unknown", "start_on": "2020-01-01"},
        {"metier": BAKER.code},
        {"metier": BAKER.code, "start_on": "2031-01-01"},
    ]

    assert refusal(world, offers=offers) == [
        FieldError("offers.0.metier", "metier_unknown"),
        FieldError("offers.0.start_on", "start_past"),
        FieldError("offers.2.start_on", "start_far"),
    ]
    assert world.store.kept == {}


def test_a_metier_no_apprenticeship_leads_to_is_refused_wherever_it_stands(world: World) -> None:
    offers = [
        {"metier": DISHWASHER.code},
        {"metier": BAKER.code, "other_metiers": [PASTRY_COOK.code, DISHWASHER.code]},
        {"metier": BAKER.code, "other_metiers": ["unknown"]},
    ]

    assert refusal(world, offers=offers) == [
        FieldError("offers.0.metier", "metier_not_apprenticeable"),
        FieldError("offers.1.other_metiers.1", "metier_not_apprenticeable"),
        FieldError("offers.2.other_metiers.0", "metier_unknown"),
    ]
    assert world.store.kept == {}


def test_a_delayed_mail_leaves_the_deposit_standing_and_the_letter_pending(world: World) -> None:
    world.courier.fails = [MailDelayed()]

    receipt = world.deposit()

    assert world.show(token_of(receipt)).offers == receipt.offers
    (letter,) = world.letters
    assert (letter.state, letter.attempts) == ("pending", 1)


def test_a_refused_mail_leaves_the_deposit_standing_and_the_letter_failed(world: World) -> None:
    world.courier.fails = [MailRefused()]

    world.deposit()

    assert [letter.state for letter in world.letters] == ["failed"]
    assert len(world.offers) == 1
