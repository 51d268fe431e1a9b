"""A firm the directory could not tell of is settled once it answers."""

import pytest

from depot.domain.errors import Refused
from depot.domain.firm.company import Company
from depot.domain.life.offer import Offer
from depot.usecases.deposit.receipt import Receipt
from tests.builders import NOW, SIRET, a_company, a_deposit, a_training
from tests.world import EP, World, days, minutes, token_of


ASKING = {"metier": "11573", "ask_cfa": True}
SOON = NOW + minutes(15)


@pytest.fixture
def receipt(world: World) -> Receipt:
    """A deposit made while the directory was down; its OPCO could not be found."""
    world.companies.down = True
    made = world.deposit(a_deposit(offers=[ASKING]))
    world.notify(made.recruiter_id, made.offers[0].id)
    world.match(made.recruiter_id, made.offers[0].id)
    world.catalogue.known = [a_training()]
    return made


def offer(world: World, receipt: Receipt) -> Offer:
    found = world.store.offer(receipt.recruiter_id, receipt.offers[0].id)
    assert found is not None
    return found


def answers(world: World, *known: Company) -> None:
    world.companies.down = False
    world.companies.known = {company.siret: company for company in known}


def test_the_directory_is_asked_again_a_quarter_of_an_hour_later_and_not_before(
    world: World, receipt: Receipt
) -> None:
    answers(world, a_company())

    assert world.sweep(SOON - minutes(1)).verified == 0
    assert world.sweep(SOON).verified == 1
    assert world.sweep(SOON + days(1)).verified == 0
    assert world.show(token_of(receipt)).recruiter.verification == "verified"


@pytest.mark.usefixtures("receipt")
def test_a_directory_still_down_is_asked_again_until_it_answers(world: World) -> None:
    assert world.sweep(SOON).verified == 0
    assert world.sweep(SOON + minutes(14)).verified == 0
    answers(world, a_company())

    assert world.sweep(SOON + minutes(15)).verified == 1
    assert world.sent.count("firm_verified") == 1


def test_a_firm_known_at_last_gives_its_offers_their_place(world: World, receipt: Receipt) -> None:
    answers(world, a_company())

    world.sweep(SOON)

    placed = offer(world, receipt)
    assert placed.workplace.name == "AU BON PAIN"
    assert placed.updated_at == SOON
    assert (placed.state, placed.ends_on) == ("live", receipt.offers[0].ends_on)


def test_its_opco_and_the_centres_hear_of_it_then(world: World, receipt: Receipt) -> None:
    answers(world, a_company())
    world.sweep(SOON)
    world.sweep(SOON + minutes(15))

    (shown,) = world.show(token_of(receipt), now=SOON + minutes(15)).offers
    assert (shown.opco.state, shown.opco.names) == ("sent", (EP,))
    assert [cfa.state for cfa in shown.cfas] == ["sent"]
    assert [letter.to for letter, _ in world.courier.sent if letter.kind == "opco_need"] == [
        "accueil@example.org",
        "ep@example.org",
    ]


@pytest.mark.parametrize(
    ("known", "refused"),
    [
        ((), "unknown_company"),
        ((a_company(active=False),), "closed_company"),
        ((a_company(diffusible=False),), "hidden_company"),
    ],
)
def test_a_firm_that_cannot_be_published_is_withdrawn_and_told_why(
    world: World, receipt: Receipt, known: tuple[Company, ...], refused: str
) -> None:
    answers(world, *known)

    assert world.sweep(SOON).verified == 1

    assert (offer(world, receipt).state, offer(world, receipt).reason) == (
        "withdrawn",
        "firm_refused",
    )
    (letter,) = [letter for letter in world.letters if letter.kind == "firm_refused"]
    assert letter.state == "sent"
    recruiter = world.store.recruiter(receipt.recruiter_id)
    assert recruiter is not None
    assert (recruiter.refused, recruiter.verification) == (refused, "refused")
    assert world.sweep(SOON + days(1)).verified == 0


def test_a_refused_firm_deposits_no_other_need(world: World, receipt: Receipt) -> None:
    answers(world)
    world.sweep(SOON)

    with pytest.raises(Refused, match="siret: unknown_company"):
        world.add(receipt.recruiter_id, token_of(receipt))


@pytest.mark.usefixtures("receipt")
def test_two_sweeps_at_once_settle_a_firm_once(world: World) -> None:
    answers(world, a_company())
    world.store.rivals = [lambda: world.sweep(SOON)]

    world.sweep(SOON)

    assert world.sent.count("firm_verified") == 1


def test_an_offer_added_while_the_directory_is_asked_delays_the_firm_and_fails_nothing(
    world: World, receipt: Receipt
) -> None:
    world.store.rivals = [lambda: world.add(receipt.recruiter_id, token_of(receipt))]

    assert world.sweep(SOON).verified == 0

    answers(world, a_company())
    assert world.sweep(SOON + minutes(1)).verified == 1


def test_an_offer_closed_meanwhile_stays_closed(world: World, receipt: Receipt) -> None:
    world.close(receipt.offers[0], token_of(receipt))
    answers(world, a_company())

    assert world.sweep(SOON).verified == 1
    assert offer(world, receipt).state == "filled"


def test_a_firm_with_many_offers_is_settled_whole(world: World) -> None:
    world.companies.down = True
    world.deposit(a_deposit(offers=[ASKING] * 10))
    world.multiply(55)
    answers(world, a_company())

    assert world.sweep(SOON).verified == 1

    assert {found.workplace.siret for found in world.offers} == {SIRET}
    assert {found.workplace.name for found in world.offers} == {"AU BON PAIN"}
    assert len(world.offers) == 55


WEEK = NOW + days(7)


@pytest.fixture
def known(world: World) -> Receipt:
    """A deposit of a firm the directory knew at once."""
    made = world.deposit()
    world.notify(made.recruiter_id, made.offers[0].id)
    return made


def test_a_firm_known_at_once_is_looked_at_again_every_week_while_an_offer_is_live(
    world: World, known: Receipt
) -> None:
    def asked_again_at() -> object:
        return world.recruiter(known).verify_at

    assert asked_again_at() == WEEK
    world.sweep(WEEK)
    assert asked_again_at() == WEEK + days(7)
    world.close(world.show(token_of(known)).offers[0], token_of(known), now=WEEK)
    world.sweep(WEEK + days(7))
    assert asked_again_at() is None
    world.add(known.recruiter_id, token_of(known), now=WEEK + days(9))
    assert asked_again_at() == WEEK + days(9)


@pytest.mark.usefixtures("known")
def test_nobody_hears_of_a_review_that_finds_nothing_new(world: World) -> None:
    (before,) = world.offers

    assert world.sweep(WEEK).verified == 0

    assert world.offers == [before]
    assert [kind for kind in world.sent if kind.startswith("firm_")] == []


def test_a_firm_that_moved_takes_its_offers_along(world: World, known: Receipt) -> None:
    answers(world, a_company(name="AU MEILLEUR PAIN"))

    world.sweep(WEEK)

    moved = offer(world, known)
    assert (moved.workplace.name, moved.updated_at) == ("AU MEILLEUR PAIN", WEEK)
    assert "firm_verified" not in world.sent


def test_a_firm_that_closed_is_withdrawn_and_its_depositor_told(
    world: World, known: Receipt
) -> None:
    answers(world, a_company(active=False))

    assert world.sweep(WEEK).verified == 1

    assert offer(world, known).reason == "firm_refused"
    assert world.sent.count("firm_refused") == 1


def test_a_firm_the_directory_forgets_is_withdrawn_the_next_day_only(
    world: World, known: Receipt
) -> None:
    answers(world)

    assert world.sweep(WEEK).verified == 0
    assert offer(world, known).state == "live"
    assert world.sweep(WEEK + days(1)).verified == 1
    assert offer(world, known).reason == "firm_refused"


def test_a_firm_the_directory_remembers_the_next_day_is_no_longer_doubted(
    world: World, known: Receipt
) -> None:
    answers(world)
    world.sweep(WEEK)
    answers(world, a_company())
    world.sweep(WEEK + days(1))
    answers(world)

    assert world.sweep(WEEK + days(8)).verified == 0
    assert offer(world, known).state == "live"


def test_a_review_the_directory_does_not_answer_changes_nothing(
    world: World, known: Receipt
) -> None:
    world.companies.down = True

    assert world.sweep(WEEK).verified == 0

    assert offer(world, known).state == "live"
    assert world.recruiter(known).verification == "verified"
    assert world.recruiter(known).verify_at == WEEK + days(1)


def test_a_firm_that_closed_while_it_had_no_offer_is_found_out_at_once(
    world: World, known: Receipt
) -> None:
    world.close(world.show(token_of(known)).offers[0], token_of(known))
    world.sweep(WEEK)
    answers(world, a_company(active=False))

    world.add(known.recruiter_id, token_of(known), now=WEEK + days(60))

    assert world.sweep(WEEK + days(60)).verified == 1
    assert "live" not in {found.state for found in world.offers}


def test_a_firm_is_verified_with_its_notices_or_not_at_all(world: World, receipt: Receipt) -> None:
    """Else its OPCO would be looked for, and the desk told, before the firm is known."""
    answers(world, a_company())
    world.store.rivals = [lambda: world.add(receipt.recruiter_id, token_of(receipt))]

    assert world.sweep(SOON).verified == 0

    notice = world.store.notice(receipt.recruiter_id, receipt.offers[0].id)
    assert notice is not None
    assert (notice.state, notice.turn) == ("told", 1)
    assert offer(world, receipt).workplace.name is None


def test_a_poorer_directory_takes_nothing_away(world: World, known: Receipt) -> None:
    poor = a_company(source="api_entreprise", idccs=(), location=None, precision="commune")
    answers(world, poor)

    world.sweep(WEEK)

    firm = world.recruiter(known).company
    assert firm is not None
    assert (firm.idccs, firm.location) == (a_company().idccs, a_company().location)
    assert offer(world, known).workplace.precision == "establishment"
