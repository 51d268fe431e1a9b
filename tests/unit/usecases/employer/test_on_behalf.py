"""A deposit for somebody else: who manages, who is called, who is told."""

from datetime import datetime
from typing import Any

import pytest

from depot.domain.dossier.recruiter import Recruiter, RecruiterForm
from depot.domain.employer.notice import EmployerNotice
from depot.domain.errors import Refused, SubmissionReused
from depot.domain.feed.record import record_of
from depot.usecases.deposit.receipt import Receipt
from tests.builders import CFA_SIRET, NOW, PASTRY_COOK, SIRET, a_centre, a_deposit, a_depositor
from tests.letters import LETTERS
from tests.world import World, days, token_of


CFA_EMAIL, FIRM_EMAIL = "claire@example.com", "jeanne@example.org"
FIRM_PHONE = "+33199001234"


def on_behalf(world: World, **over: Any) -> Receipt:
    return world.deposit(a_deposit(depositor=a_depositor(), **over))


def refused(world: World, **over: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refusal:
        world.deposit(a_deposit(**over))
    assert world.letters == []
    return [(error.field, error.code) for error in refusal.value.errors]


def test_the_depositor_manages_and_the_firm_is_called() -> None:
    world = World()

    receipt = on_behalf(world)

    recruiter = world.recruiter(receipt)
    assert (recruiter.contact.email, recruiter.firm_contact.email) == (CFA_EMAIL, FIRM_EMAIL)
    assert receipt.email == CFA_EMAIL
    assert [(letter.kind, letter.to) for letter in world.letters] == [
        ("deposit_received", CFA_EMAIL),
        ("on_behalf_notice", FIRM_EMAIL),
    ]
    assert [offer.phone for offer in world.offers] == [FIRM_PHONE]


def test_an_employer_who_deposits_for_itself_is_told_nothing_more() -> None:
    world = World()

    receipt = world.deposit()

    assert world.sent == ["deposit_received"]
    assert world.store.all(EmployerNotice) == []
    assert receipt.offers[0].employer is None


def test_the_employers_mail_is_answered_to_the_depositor() -> None:
    world = World()
    on_behalf(world)

    notice = next(letter for letter in world.letters if letter.kind == "on_behalf_notice")

    assert notice.reply_to == CFA_EMAIL


def test_who_deposited_is_published_without_any_person() -> None:
    world = World()
    on_behalf(world)

    record = record_of(world.offers[0])

    assert record.model_dump()["depositor"] == {
        "role": "cfa",
        "organisation": "CFA du Périgord (fictif)",
    }
    said = record.model_dump_json()
    assert record.apply.phone == FIRM_PHONE
    assert not any(word in said for word in ("Claire", "Jeanne", "@", "+33553000001"))


def test_a_need_added_later_comes_from_the_same_depositor_and_its_employer_is_told() -> None:
    world = World()
    receipt = on_behalf(world)

    world.add(receipt.recruiter_id, token_of(receipt), metier=PASTRY_COOK.code)

    assert {offer.provenance for offer in world.offers} == {world.recruiter(receipt).provenance}
    assert world.sent[2:] == ["offer_added", "on_behalf_notice"]
    assert len(world.store.all(EmployerNotice)) == 2


def test_opcos_reply_to_the_firm_itself() -> None:
    world = World()
    receipt = on_behalf(world)

    world.notify(receipt.recruiter_id, receipt.offers[0].id)

    assert world.courier.sent[-1][0].reply_to == FIRM_EMAIL


class OnBehalf(World):
    """A world where whatever is deposited is deposited by a training centre for a firm."""

    def deposit(self, form: RecruiterForm | None = None, now: datetime = NOW) -> Receipt:
        self.companies.known.setdefault(CFA_SIRET, a_centre())
        said = (form or a_deposit()).model_dump(exclude={"depositor"})
        return super().deposit(a_deposit(**said, depositor=a_depositor()), now)


@pytest.mark.parametrize("name", LETTERS)
def test_every_mail_to_a_depositor_goes_to_who_deposits(name: str) -> None:
    """Whatever letters there will be."""
    world = OnBehalf()

    LETTERS[name](world)

    firms = {recruiter.firm_contact.email for recruiter in world.store.all(Recruiter)}
    sent = [letter for letter, _ in world.courier.sent]
    assert sent
    for letter in sent:  # who deposits may have moved to an address of its own since
        if letter.reader == "depositor":
            assert letter.to not in firms, letter.kind


@pytest.mark.parametrize(
    ("contact", "found"),
    [
        ({"email": CFA_EMAIL}, [("contact.email", "own_email")]),
        ({"email": "paul@example.com"}, [("contact.email", "own_domain")]),
        ({"phone": "05 53 00 00 01"}, [("contact.phone", "own_phone")]),
    ],
)
def test_a_contact_that_is_the_depositors_own_is_refused(
    contact: dict[str, str], found: list[tuple[str, str]]
) -> None:
    given = {"name": "Jeanne Martin", "email": FIRM_EMAIL, "phone": "01 99 00 12 34"}

    assert refused(World(), depositor=a_depositor(), contact={**given, **contact}) == found


def test_a_colleague_at_a_public_provider_is_not_the_depositor() -> None:
    public = {"name": "Claire", "email": "claire@gmail.example", "phone": "05 53 00 00 01"}
    given = {"name": "Jeanne", "email": "jeanne@gmail.example", "phone": "01 99 00 12 34"}

    receipt = World().deposit(a_deposit(depositor=a_depositor(contact=public), contact=given))

    assert receipt.email == "claire@gmail.example"


@pytest.mark.parametrize(
    ("depositor", "found"),
    [
        ({"siret": SIRET}, ("depositor.siret", "depositor_is_firm")),
        ({"siret": "00009991100018"}, ("depositor.siret", "unknown_company")),
        ({"organisation": ""}, ("depositor.organisation", "missing")),
    ],
)
def test_the_depositor_is_checked_as_any_firm(
    depositor: dict[str, str], found: tuple[str, str]
) -> None:
    assert refused(World(), depositor=a_depositor(**depositor)) == [found]


def test_a_directory_that_is_down_stops_no_depositor() -> None:
    world = World()
    world.companies.down = True

    receipt = on_behalf(world)

    behalf = world.recruiter(receipt).behalf
    assert receipt.verification == "to_verify"
    assert behalf is not None
    assert (behalf.siret, behalf.legal_name) == (CFA_SIRET, None)


def test_the_same_submission_by_another_depositor_is_not_the_same() -> None:
    world = World()
    on_behalf(world)
    other = {"name": "Paul", "email": "paul@example.net", "phone": "05 53 00 00 02"}

    with pytest.raises(SubmissionReused):
        world.deposit(a_deposit(depositor=a_depositor(contact=other)))
    with pytest.raises(SubmissionReused):
        world.deposit()
    assert on_behalf(world).email == CFA_EMAIL


def test_the_depositor_sees_that_the_employer_said_nothing_yet() -> None:
    world = World()
    receipt = on_behalf(world)

    shown = world.show(token_of(receipt), NOW + days(1))

    assert shown.recruiter.behalf is not None
    assert shown.recruiter.behalf.employer.email == FIRM_EMAIL
    assert shown.recruiter.contact.email == CFA_EMAIL
    assert shown.offers[0].employer is not None
    assert shown.offers[0].employer.answer is None
