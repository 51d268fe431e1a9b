"""Letters to OPCOs, and to the desk when none is sure."""

from collections.abc import Mapping

from depot.domain.opco.finding import SourceAnswer
from tests.builders import SIRET, a_company, a_deposit
from tests.letters.given import ELSEWHERE, FULL_NEED, UNANSWERED, Sent, Write, last
from tests.world import AKTO, EP, World, share, token_in


def opco(world: World) -> Sent:
    receipt = world.deposit(a_deposit(offers=[FULL_NEED]))
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return last(world)


def opco_elsewhere(world: World) -> Sent:
    receipt = world.deposit(a_deposit(offers=[{**FULL_NEED, "workplace": ELSEWHERE}]))
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return last(world)


def opco_candidates(world: World) -> Sent:
    world.opcos.known["1501"] = [share(AKTO)]
    world.companies.known = {SIRET: a_company(idccs=("0843", "1501"))}
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return last(world)


def opco_disputed(world: World) -> Sent:
    world.register.answers = [
        SourceAnswer(asked=SIRET, opcos=(EP,), confidence="certain", idcc="0843"),
    ]
    world.opcos.known["1501"] = [share(AKTO)]
    world.companies.known = {SIRET: a_company(idccs=("1501",))}
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return last(world)


def opco_declared(world: World) -> Sent:
    world.register.down = True
    world.hints.answers = [SourceAnswer(asked="10.71C", opcos=(EP,), confidence="hint")]
    world.companies.known = {SIRET: a_company(idccs=("0000",))}
    receipt = world.deposit(a_deposit(opco=AKTO))
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return last(world)


def opco_unknown(world: World) -> Sent:
    world.companies.known = {SIRET: a_company(idccs=("0000",))}
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return last(world)


def opco_to_verify(world: World) -> Sent:
    world.companies.down = True
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return last(world)


def told(world: World, *idccs: str) -> str:
    """Deposit for a firm under these agreements and tell its OPCO; give the token of the mail."""
    world.opcos.known["1501"] = [share(AKTO)]
    world.companies.known = {SIRET: a_company(idccs=idccs)}
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return token_in(last(world)[1])


def opco_passed_on(world: World) -> Sent:
    desk = told(world, "0843", "1501")
    world.answer(desk, "not_ours", version=2, to=AKTO)
    world.answer(token_in(last(world)[1]), "not_ours", version=3)
    return last(world)


def opco_back_at_the_desk(world: World) -> Sent:
    world.answer(told(world, "0843"), "not_ours", version=2)
    return last(world)


def opco_reminder(world: World) -> Sent:
    told(world, "0843")
    world.sweep(UNANSWERED)
    return last(world)


def desk_reminder(world: World) -> Sent:
    told(world, "0000")
    world.sweep(UNANSWERED)
    return last(world)


LETTERS: Mapping[str, Write] = {
    "opco_need": opco,
    "opco_need-elsewhere": opco_elsewhere,
    "opco_need-candidates": opco_candidates,
    "opco_need-disputed": opco_disputed,
    "opco_need-declared": opco_declared,
    "opco_need-unknown": opco_unknown,
    "opco_need-to-verify": opco_to_verify,
    "opco_need-passed-on": opco_passed_on,
    "opco_need-back-at-the-desk": opco_back_at_the_desk,
    "opco_reminder": opco_reminder,
    "opco_reminder-desk": desk_reminder,
}
