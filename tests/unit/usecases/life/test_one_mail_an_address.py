"""One reminder, and one mail of what ended, an address: whatever the dossiers it manages."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import LinkInvalid, MailDelayed, MailRefused
from depot.domain.letters.refusal import MailRefusal, address_subject
from depot.domain.life.offer import Offer
from depot.usecases.life.sweeper import SweepSummary
from tests.builders import NOW, a_contact, a_recruiter, an_offer
from tests.world import Crash, World, crash, days, minutes, nothing, token_in


REMINDER = datetime(2026, 12, 14, 8, tzinfo=UTC)
END = datetime(2026, 12, 21, 23, tzinfo=UTC)
BOTH = pytest.mark.parametrize(
    ("now", "kind"), [(REMINDER, "reminder"), (END, "offer_expired")], ids=["reminder", "expired"]
)
OLD, NEW = "jeanne@example.org", "paul@example.org"


def adviser(world: World, firms: int) -> Sequence[Recruiter]:
    """So many firms, one offer each, deposited with one address."""
    recruiters = [a_recruiter(id=f"r{rank:03d}") for rank in range(firms)]
    for recruiter in recruiters:
        world.keep(recruiter, an_offer(f"o-{recruiter.id}", recruiter=recruiter))
    return recruiters


def told(world: World) -> list[list[str]]:
    """The dossiers each mail told of."""
    pairs = zip(world.courier.sent, world.courier.together, strict=True)
    return [
        sorted(each.letter.recruiter_id for each in together) or [first.recruiter_id]
        for (first, _), together in pairs
    ]


def moved(recruiter: Recruiter, email: str = NEW) -> Recruiter:
    """The same, whose holder is reached elsewhere by now, by links of its own."""
    contact = recruiter.contact.model_copy(update={"email": email})
    return recruiter.model_copy(
        update={"contact": contact, "link_version": 2, "version": recruiter.version + 1}
    )


@BOTH
def test_sixty_firms_of_one_address_are_told_of_in_one_mail(
    world: World, now: datetime, kind: str
) -> None:
    adviser(world, 60)

    swept = world.sweep(now)

    assert swept.reminded + swept.expired == 60
    assert world.sent == [kind]
    assert told(world) == [sorted(f"r{rank:03d}" for rank in range(60))]
    assert {letter.state for letter in world.letters} == {"sent"}
    assert len(world.letters) == 60, "each dossier keeps its own"
    assert world.sweep(now + minutes(15)) == SweepSummary()


@BOTH
def test_a_letter_tells_of_its_own_dossier_alone(world: World, now: datetime, kind: str) -> None:
    adviser(world, 3)
    world.courier.fails = [MailDelayed()]

    world.sweep(now)

    assert len(world.letters) == 3
    for letter in world.letters:
        assert letter.kind == kind
        others = {"r000", "r001", "r002"} - {letter.recruiter_id}
        assert not [other for other in others if other in letter.model_dump_json()]


@BOTH
def test_dossiers_of_different_addresses_are_never_told_of_together(
    world: World, now: datetime, kind: str
) -> None:
    for rank, email in enumerate([OLD, NEW, OLD]):
        recruiter = a_recruiter(id=f"r{rank}", contact=a_contact(email=email))
        world.keep(recruiter, an_offer(f"o{rank}", recruiter=recruiter))

    world.sweep(now)

    assert sorted(told(world)) == [["r0", "r2"], ["r1"]]
    assert world.sent == [kind, kind]


def test_each_dossier_is_opened_by_its_own_link_and_all_of_them_by_one(world: World) -> None:
    recruiters = adviser(world, 2)

    world.sweep(REMINDER)

    ((_, everything),), (together,) = world.courier.sent, world.courier.together
    assert [each.link for each in together] == [world.links.manage_url(r) for r in recruiters]
    firms = world.firms(token_in(everything), REMINDER).firms
    assert {firm.manage_url for firm in firms} == {each.link for each in together}


def test_offers_that_do_not_end_yet_are_not_told_of(world: World) -> None:
    adviser(world, 2)
    later = a_recruiter(id="later")
    world.keep(later, an_offer("o-later", recruiter=later, now=NOW + days(3)))

    assert world.sweep(REMINDER).reminded == 2
    assert world.sweep(REMINDER + days(3)).reminded == 1

    assert told(world) == [["r000", "r001"], ["later"]]


def test_more_than_a_hundred_firms_are_told_of_a_hundred_a_mail(world: World) -> None:
    adviser(world, 150)

    assert world.sweep(END).expired == 150

    assert [len(mail) for mail in told(world)] == [100, 50]


@BOTH
def test_an_offer_its_depositor_acts_on_meanwhile_leaves_all_due_to_the_next_sweep(
    world: World, now: datetime, kind: str
) -> None:
    first, _ = adviser(world, 2)
    offer = world.store.offer(first.id, f"o-{first.id}")
    assert offer
    world.store.rivals = [lambda: world.keep(offer.close("filled", None, now))]

    assert world.sweep(now) == SweepSummary()
    assert world.letters == []
    world.sweep(now + minutes(15))

    assert told(world) == [["r001"]]
    assert world.sent == [kind]


@BOTH
def test_two_sweeps_at_once_send_one_mail(world: World, now: datetime, kind: str) -> None:
    adviser(world, 40)
    world.store.rivals = [lambda: world.sweep(now)]

    assert world.sweep(now) == SweepSummary()

    assert world.sent == [kind]
    assert len(told(world)[0]) == 40


@BOTH
def test_a_mail_service_that_is_down_delays_one_mail_not_one_a_firm(
    world: World, now: datetime, kind: str
) -> None:
    adviser(world, 30)
    world.courier.fails = [MailDelayed(), MailDelayed()]

    world.sweep(now)
    assert world.sweep(now + minutes(15)) == SweepSummary(letters=30)
    assert world.sent == []
    assert world.sweep(now + minutes(30)) == SweepSummary(letters=30)

    assert world.sent == [kind]
    assert len(told(world)[0]) == 30


@BOTH
def test_a_crash_before_the_mail_is_recorded_costs_one_more_mail(
    world: World, now: datetime, kind: str
) -> None:
    adviser(world, 3)
    world.store.rivals = [nothing, crash]

    with pytest.raises(Crash):
        world.sweep(now)
    world.sweep(now + minutes(15))

    assert world.sent == [kind, kind]
    assert {letter.state for letter in world.letters} == {"sent"}


def test_a_mail_that_is_refused_is_refused_for_each_dossier(world: World) -> None:
    adviser(world, 2)
    world.courier.fails = [MailRefused()]

    world.sweep(END)

    assert [letter.state for letter in world.letters] == ["failed", "failed"]


def test_an_address_that_is_written_to_no_more_is_not(world: World) -> None:
    adviser(world, 2)
    world.keep(MailRefusal(subject=address_subject(OLD), why="bounced", since=NOW))

    world.sweep(END)

    assert world.sent == []
    assert [letter.failure for letter in world.letters] == ["bounced", "bounced"]


def test_a_mail_that_comes_back_is_told_by_the_page_of_each_dossier(world: World) -> None:
    recruiters = adviser(world, 3)
    world.sweep(REMINDER)
    (first, _), *_ = world.courier.sent

    for _ in range(2):
        world.returned(first, "bounced")

    assert [letter.failure for letter in world.letters] == ["bounced"] * 3
    assert all(world.show(world.token(recruiter)).mail_stopped for recruiter in recruiters)


def test_a_dossier_erased_while_its_mail_waits_is_told_of_no_more(world: World) -> None:
    first, second, _ = adviser(world, 3)
    world.courier.fails = [MailDelayed()]
    world.sweep(REMINDER)
    world.ask_erasure(world.token(first))
    before = len(world.sent)
    world.keep(second.forgotten(REMINDER))  # this one's erasure has just begun

    world.sweep(REMINDER + minutes(15))

    assert [told(world)[rank] for rank in range(before, len(world.sent))] == [["r002"]]


def test_a_dossier_whose_links_were_renewed_meanwhile_is_opened_by_the_new_one(
    world: World,
) -> None:
    first, second = adviser(world, 2)
    world.courier.fails = [MailDelayed()]
    world.sweep(REMINDER)
    world.keep(first.renewed(REMINDER))

    world.sweep(REMINDER + minutes(15))

    (together,) = world.courier.together
    renewed = first.renewed(REMINDER)
    assert {each.link for each in together} == set(map(world.links.manage_url, (renewed, second)))
    with pytest.raises(LinkInvalid):
        world.show(world.token(first))


def test_a_dossier_that_moved_to_another_address_meanwhile_is_told_of_there(world: World) -> None:
    first, _ = adviser(world, 2)
    world.courier.fails = [MailDelayed()]
    world.sweep(REMINDER)
    world.keep(moved(first))

    world.sweep(REMINDER + minutes(15))

    addresses = [letter.to for letter, _ in world.courier.sent]
    assert dict(zip(addresses, told(world), strict=True)) == {NEW: ["r000"], OLD: ["r001"]}


def test_who_takes_over_one_of_three_dossiers_is_told_of_it_alone_by_what_waited(
    world: World,
) -> None:
    first, *_ = adviser(world, 3)
    world.courier.fails = [MailDelayed()]
    world.sweep(REMINDER)
    world.keep(moved(first))

    world.sweep(REMINDER + minutes(15))

    mails = {letter.to: (letter, link) for letter, link in world.courier.sent}
    letter, link = mails[NEW]
    assert "r001" not in letter.model_dump_json() + str(link)
    _, everything = mails[OLD]
    assert {firm.manage_url for firm in world.firms(token_in(everything), REMINDER).firms} == {
        world.links.manage_url(recruiter) for recruiter in world.store.of_email(OLD)
    }


def test_a_dossier_nobody_can_read_is_reported_and_the_others_are_told_of(world: World) -> None:
    adviser(world, 3)
    world.store.unreadable = {"r001"}

    with pytest.raises(ExceptionGroup, match="1 things"):
        world.sweep(END)

    assert told(world) == [["r000", "r002"]]


def test_a_depositor_of_hundreds_of_offers_is_told_of_them_in_one_mail(world: World) -> None:
    recruiter = a_recruiter()
    offers = [an_offer(f"o{rank:03d}", recruiter=recruiter) for rank in range(230)]
    world.keep(recruiter, *offers)

    assert world.sweep(END).expired == 230

    assert world.sent == ["offer_expired"]
    assert {offer.state for offer in world.store.all(Offer)} == {"expired"}
