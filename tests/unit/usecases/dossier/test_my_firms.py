"""One link to all the dossiers of an address: what it opens, and what it no longer does."""

from datetime import datetime

import pytest

from depot.domain.errors import LinkInvalid
from depot.usecases.dossier.my_firms import FirmsView
from tests.builders import NOW, a_company, a_contact, a_recruiter, an_offer
from tests.world import World, days, manage_token


ADVISER = a_contact(email="conseil@cfa.example.org")


def adviser(world: World, firms: int = 3) -> str:
    """An adviser who deposited for so many firms; the token of the mail with all of them."""
    for number in range(firms):
        recruiter = a_recruiter(id=f"r{number}", contact=ADVISER)
        world.keep(recruiter, an_offer(f"o{number}", recruiter=recruiter))
    world.ask_link(email=ADVISER.email)
    world.resend_all()
    return (world.courier.sent[-1][1] or "").partition("#")[2]


def test_every_firm_is_listed_with_its_own_link() -> None:
    world = World()
    view = world.firms(adviser(world))

    assert view.email == ADVISER.email
    assert [firm.live for firm in view.firms] == [1, 1, 1]
    for firm in view.firms:
        assert world.show(firm.manage_url.partition("#")[2]).offers


def test_a_firm_of_another_address_is_not_among_them() -> None:
    world = World()
    token = adviser(world)
    world.keep(a_recruiter(id="r9"))

    assert len(world.firms(token).firms) == 3


def test_a_firm_deposited_later_is_among_them() -> None:
    world = World()
    token = adviser(world)
    world.keep(a_recruiter(id="r9", contact=ADVISER))

    assert len(world.firms(token).firms) == 4


@pytest.mark.parametrize("version", [0, 1, 2])
def test_a_manage_link_alone_never_opens_the_others(version: int) -> None:
    """The receipt of a deposit gives one to whoever typed the address."""
    world = World()
    adviser(world)

    with pytest.raises(LinkInvalid):
        world.firms(manage_token("r1", version))


def test_a_firm_whose_link_is_renewed_leaves_a_list_minted_before() -> None:
    world = World()
    token = adviser(world)
    world.renew(manage_token("r1"), now=NOW + days(1))

    assert len(world.firms(token, NOW + days(1)).firms) == 2
    world.ask_link(email=ADVISER.email, now=NOW + days(2))
    world.resend_all(NOW + days(2))
    fresh = (world.courier.sent[-1][1] or "").partition("#")[2]
    assert len(world.firms(fresh, NOW + days(2)).firms) == 3


def test_renewing_the_link_it_was_minted_through_ends_the_list() -> None:
    world = World()
    token = adviser(world)
    world.renew(manage_token("r0"), now=NOW + days(1))

    with pytest.raises(LinkInvalid):
        world.firms(token)


def test_it_opens_for_three_months() -> None:
    world = World()
    token = adviser(world)

    assert world.firms(token, NOW + days(89)).firms
    with pytest.raises(LinkInvalid):
        world.firms(token, NOW + days(90))


def test_an_address_that_moves_to_a_stranger_gives_him_nothing_of_the_former_list() -> None:
    """Somebody deposits, keeps the link to his list, then has a victim confirm the address."""
    world = World()
    world.keep(a_recruiter(id="own", contact=a_contact(email="voleur@example.org")))
    world.keep(a_recruiter(id="own2", contact=a_contact(email="voleur@example.org")))
    adviser(world)
    world.ask_link(email="voleur@example.org")
    world.resend_all()
    mine = (world.courier.sent[-1][1] or "").partition("#")[2]
    assert world.links.firms_claim(mine).recruiter_id == "own"

    world.contact(manage_token("own"), email=ADVISER.email)
    [link] = [link for letter, link in world.courier.sent if letter.reader == "new_address"]
    world.confirm((link or "").partition("#")[2])
    assert world.store.recruiter("own").contact.email == ADVISER.email

    with pytest.raises(LinkInvalid):
        world.firms(mine)


@pytest.mark.parametrize("firms", [2, 99, 100, 101, 250])
def test_many_firms_come_a_hundred_at_a_time_each_once_and_in_order(firms: int) -> None:
    world = World()
    token = adviser(world, firms)

    shown = pages(world, token)

    names = [[firm.manage_url for firm in page.firms] for page in shown]
    assert [len(page) for page in names] == [100] * (firms // 100) + [firms % 100] * (
        firms % 100 > 0
    )
    assert {page.count for page in shown} == {firms}
    links = [link for page in names for link in page]
    assert len(set(links)) == firms


def test_the_order_is_that_of_the_names_across_answers() -> None:
    world = World()
    token = adviser(world, 2)
    for number in range(230):
        name = f"{'gG'[number % 2]}arage {number * 7 % 230:03d}"
        named = a_company(name=name)
        world.keep(a_recruiter(id=f"n{number}", contact=ADVISER, company=named))

    found = [firm.name for page in pages(world, token) for firm in page.firms]

    assert found == sorted(found, key=str.casefold)
    assert len(found) == 232


def test_when_the_firm_to_go_on_from_has_left_the_list_it_begins_again() -> None:
    world = World()
    token = adviser(world, 150)
    first = world.firms(token)
    assert first.next
    world.renew(manage_token(first.next), now=NOW + days(1))

    again = world.firms(token, NOW + days(1), after=first.next)

    assert again.count == 149
    assert again.firms[:50] == first.firms[:50]
    assert pages(world, token, NOW + days(1))[-1].next is None


def pages(world: World, token: str, now: datetime = NOW) -> list[FirmsView]:
    """Every answer, one after the other, as the page asks for them."""
    shown = [world.firms(token, now)]
    while after := shown[-1].next:
        shown.append(world.firms(token, now, after))
    return shown
