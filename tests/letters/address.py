"""Letters about links and addresses: lost, renewed, changed, erased."""

from collections.abc import Mapping

from tests.builders import BAKER, NOW, SIRET, a_company, a_deposit, a_depositor
from tests.letters.given import END, FULL_NEED, UNUSED, Sent, Write, last, of_kind
from tests.world import SECOND, World, days, token_of


def resent(world: World) -> Sent:
    world.deposit(a_deposit(offers=[FULL_NEED, {"metier": BAKER.code}]))
    world.ask_link(email="jeanne@example.org")
    world.resend_all()
    return last(world)


def resent_without_offer(world: World) -> Sent:
    world.deposit(a_deposit(offers=[]))
    world.ask_link(siret=SIRET)
    world.resend_all()
    return last(world)


def resent_of_several(world: World) -> Sent:
    other = "30247464800664"
    world.companies.known[other] = a_company(siret=other, name="NATURALIA FRANCE")
    world.deposit(a_deposit(offers=[FULL_NEED, {"metier": BAKER.code}]))
    world.deposit(a_deposit(submission_id=SECOND, siret=other, offers=[]), NOW + days(1))
    world.ask_link(email="jeanne@example.org")
    world.resend_all()
    return last(world)


def employer_resent(world: World) -> Sent:
    world.deposit(a_deposit(depositor=a_depositor(), offers=[FULL_NEED, {"metier": BAKER.code}]))
    world.ask_link(email="jeanne@example.org")
    world.resend_all()
    return last(world)


def employer_resent_of_several(world: World) -> Sent:
    other = "30247464800664"
    chamber = a_depositor(role="chambre", organisation="Chambre de métiers (fictive)")
    world.companies.known[other] = a_company(siret=other, name="NATURALIA FRANCE")
    world.deposit(a_deposit(depositor=a_depositor(), offers=[FULL_NEED, {"metier": BAKER.code}]))
    world.deposit(
        a_deposit(submission_id=SECOND, siret=other, depositor=chamber, offers=[]), NOW + days(1)
    )
    world.ask_link(email="jeanne@example.org")
    world.resend_all()
    return last(world)


def renewed(world: World) -> Sent:
    world.renew(token_of(world.deposit()))
    return last(world)


def new_address(world: World) -> None:
    world.contact(token_of(world.deposit()), email="jean@example.org")


def email_change(world: World) -> Sent:
    new_address(world)
    return of_kind(world, "email_change")


def email_asked(world: World) -> Sent:
    new_address(world)
    return of_kind(world, "email_asked")


def confirmed(world: World) -> None:
    _, link = email_change(world)
    world.confirm((link or "").partition("#")[2])


def email_changed(world: World) -> Sent:
    confirmed(world)
    return of_kind(world, "email_changed")


def renewed_elsewhere(world: World) -> Sent:
    confirmed(world)
    return of_kind(world, "link_renewed")


def erasure_warning(world: World) -> Sent:
    world.deposit()
    for when in (END, UNUSED):
        world.sweep(when)
    return last(world)


def erased(world: World) -> Sent:
    world.ask_erasure(token_of(world.deposit(a_deposit(offers=[FULL_NEED]))))
    return last(world)


def erased_unused(world: World) -> Sent:
    erasure_warning(world)
    world.sweep(UNUSED + days(30))
    return last(world)


LETTERS: Mapping[str, Write] = {
    "link_resent": resent,
    "link_resent-without-offer": resent_without_offer,
    "links_resent": resent_of_several,
    "employer_link_resent": employer_resent,
    "employer_link_resent-several": employer_resent_of_several,
    "link_renewed": renewed,
    "link_renewed-elsewhere": renewed_elsewhere,
    "email_change": email_change,
    "email_asked": email_asked,
    "email_changed": email_changed,
    "erasure_warning": erasure_warning,
    "erased": erased,
    "erased-unused": erased_unused,
}
