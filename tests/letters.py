"""Letters as the use cases write them, one of each kind and turn of phrase."""

from collections.abc import Callable, Mapping
from typing import Any

from depot.domain.firm.company import Company
from depot.domain.letters.letter import Letter
from depot.domain.opco.finding import SourceAnswer
from tests.builders import (
    BAKER,
    CHOCOLATE_MAKER,
    NOW,
    PASTRY_COOK,
    SIRET,
    USUAL,
    a_company,
    a_deposit,
    a_depositor,
    a_training,
)
from tests.world import AKTO, EP, SECOND, World, days, share, token_of


Sent = tuple[Letter, str | None]

FULL_NEED: dict[str, Any] = {
    "metier": BAKER.code,
    "other_metiers": [PASTRY_COOK.code, CHOCOLATE_MAKER.code],
    "start_on": "2027-02-01",
    "level": "3",
    "openings": 2,
    "description": "Four à bois, travail de nuit.\n\nPas de permis nécessaire.",
    "ask_cfa": True,
}
ELSEWHERE: dict[str, Any] = {"street": "12 rue du Four", "postcode": "24000", "city": "Perigueux"}
REMINDER = NOW + days(21)
END = NOW + days(29)
UNANSWERED = NOW + days(3)
SILENT = NOW + days(7)  # a Monday
UNUSED = NOW + days(730)


def _last(world: World) -> Sent:
    return world.courier.sent[-1]


def _deposit(world: World) -> Sent:
    world.deposit()
    return _last(world)


def _deposit_of_several(world: World) -> Sent:
    world.deposit(a_deposit(offers=[FULL_NEED, {"metier": BAKER.code}]))
    return _last(world)


def _deposit_elsewhere(world: World) -> Sent:
    world.deposit(a_deposit(offers=[{**FULL_NEED, "workplace": ELSEWHERE}]))
    return _last(world)


def _deposit_to_verify(world: World) -> Sent:
    world.companies.down = True
    return _deposit(world)


def _deposit_without_offer(world: World) -> Sent:
    world.deposit(a_deposit(offers=[]))
    return _last(world)


def _deposit_of_a_public_employer(world: World) -> Sent:
    world.companies.known = {SIRET: a_company(nature="public")}
    return _deposit(world)


def _added(world: World) -> Sent:
    receipt = world.deposit()
    world.add(receipt.recruiter_id, token_of(receipt), **FULL_NEED)
    return _last(world)


def _duplicate(world: World) -> Sent:
    world.deposit()
    world.report()
    return _last(world)


def _duplicate_of_several(world: World) -> Sent:
    full = {**FULL_NEED, "openings": 10}  # as many as an offer may have
    world.deposit(a_deposit(offers=[FULL_NEED, full]))
    world.report()
    return _last(world)


def _reminder(world: World) -> Sent:
    world.deposit()
    world.sweep(REMINDER)
    return next(sent for sent in world.courier.sent if sent[0].kind == "reminder")


def _reminder_of_several(world: World) -> Sent:
    world.deposit(a_deposit(offers=[FULL_NEED, {"metier": BAKER.code}]))
    world.sweep(REMINDER)
    return next(sent for sent in world.courier.sent if sent[0].kind == "reminder")


def _expired(world: World) -> Sent:
    world.deposit()
    world.sweep(END)
    return next(sent for sent in world.courier.sent if sent[0].kind == "offer_expired")


def _reminder_of_one_that_lasted(world: World) -> Sent:
    world.limits = USUAL.model_copy(update={"longest": 28})
    return _reminder(world)


def _closed(world: World, outcome: str) -> Sent:
    receipt = world.deposit()
    world.close(receipt.offers[0], token_of(receipt), outcome=outcome)
    return _last(world)


def _once_the_directory_answers(world: World, known: dict[str, Company]) -> Sent:
    world.companies.down = True
    world.deposit()
    world.companies.down, world.companies.known = False, known
    world.sweep(NOW + days(1))
    return next(sent for sent in world.courier.sent if sent[0].kind.startswith("firm_"))


def _firm_verified(world: World) -> Sent:
    return _once_the_directory_answers(world, {SIRET: a_company()})


def _firm_verified_corrected(world: World) -> Sent:
    world.companies.down = True
    world.deposit(a_deposit(correction={"name": "Chez Jeanne"}))
    world.companies.down = False
    world.sweep(NOW + days(1))
    return next(sent for sent in world.courier.sent if sent[0].kind == "firm_verified")


def _firm_unknown(world: World) -> Sent:
    return _once_the_directory_answers(world, {})


def _firm_closed(world: World) -> Sent:
    return _once_the_directory_answers(world, {SIRET: a_company(active=False)})


def _firm_hidden(world: World) -> Sent:
    return _once_the_directory_answers(world, {SIRET: a_company(diffusible=False)})


def _firm_forgotten(world: World) -> Sent:
    world.deposit()
    world.companies.known = {}
    world.sweep(NOW + days(7))
    world.sweep(NOW + days(8))
    return _last(world)


def _opco(world: World) -> Sent:
    receipt = world.deposit(a_deposit(offers=[FULL_NEED]))
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return _last(world)


def _opco_elsewhere(world: World) -> Sent:
    receipt = world.deposit(a_deposit(offers=[{**FULL_NEED, "workplace": ELSEWHERE}]))
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return _last(world)


def _opco_candidates(world: World) -> Sent:
    world.opcos.known["1501"] = [share(AKTO)]
    world.companies.known = {SIRET: a_company(idccs=("0843", "1501"))}
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return _last(world)


def _opco_disputed(world: World) -> Sent:
    world.register.answers = [
        SourceAnswer(asked=SIRET, opcos=(EP,), confidence="certain", idcc="0843"),
    ]
    world.opcos.known["1501"] = [share(AKTO)]
    world.companies.known = {SIRET: a_company(idccs=("1501",))}
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return _last(world)


def _opco_declared(world: World) -> Sent:
    world.register.down = True
    world.hints.answers = [SourceAnswer(asked="10.71C", opcos=(EP,), confidence="hint")]
    world.companies.known = {SIRET: a_company(idccs=("0000",))}
    receipt = world.deposit(a_deposit(opco=AKTO))
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return _last(world)


def _opco_unknown(world: World) -> Sent:
    world.companies.known = {SIRET: a_company(idccs=("0000",))}
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return _last(world)


def _opco_to_verify(world: World) -> Sent:
    world.companies.down = True
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return _last(world)


def _told(world: World, *idccs: str) -> str:
    """Deposit for a firm under these agreements and tell its OPCO; give the token of the mail."""
    world.opcos.known["1501"] = [share(AKTO)]
    world.companies.known = {SIRET: a_company(idccs=idccs)}
    receipt = world.deposit()
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return opco_token(_last(world)[1])


def _opco_passed_on(world: World) -> Sent:
    desk = _told(world, "0843", "1501")
    world.answer(desk, "not_ours", version=2, to=AKTO)
    world.answer(opco_token(_last(world)[1]), "not_ours", version=3)
    return _last(world)


def _opco_back_at_the_desk(world: World) -> Sent:
    world.answer(_told(world, "0843"), "not_ours", version=2)
    return _last(world)


def _opco_reminder(world: World) -> Sent:
    _told(world, "0843")
    world.sweep(UNANSWERED)
    return _last(world)


def _desk_reminder(world: World) -> Sent:
    _told(world, "0000")
    world.sweep(UNANSWERED)
    return _last(world)


def opco_token(link: str | None) -> str:
    """The token of an OPCO's link."""
    return (link or "").partition("#")[2]


CFA_EMAIL = "claire@example.com"
SILENT = NOW + days(7)


def _on_behalf(world: World, *offers: dict[str, Any]) -> str:
    """Deposit for a firm; give the token of the employer's mail."""
    needs = offers or (FULL_NEED,)
    world.deposit(a_deposit(depositor=a_depositor(), offers=list(needs)))
    return employer_token(_last(world)[1])


def _on_behalf_received(world: World) -> Sent:
    _on_behalf(world)
    return next(sent for sent in world.courier.sent if sent[0].kind == "deposit_received")


def _on_behalf_notice(world: World) -> Sent:
    _on_behalf(world)
    return _last(world)


def _on_behalf_notice_of_several(world: World) -> Sent:
    chamber = a_depositor(role="chambre", organisation="Chambre de métiers (fictive)")
    needs = [FULL_NEED, {"metier": BAKER.code}]
    world.deposit(a_deposit(depositor=chamber, offers=needs))
    return _last(world)


def _on_behalf_added(world: World) -> Sent:
    receipt = world.deposit(a_deposit(depositor=a_depositor()))
    world.add(receipt.recruiter_id, token_of(receipt), **FULL_NEED)
    return next(sent for sent in world.courier.sent if sent[0].kind == "offer_added")


def _on_behalf_reminder(world: World) -> Sent:
    _on_behalf(world, {"metier": BAKER.code}, {"metier": PASTRY_COOK.code})
    world.sweep(SILENT)
    return next(sent for sent in world.courier.sent if sent[0].kind == "on_behalf_reminder")


def _employer_removed(world: World) -> Sent:
    token = _on_behalf(world)
    world.employer_says("remove", world.show_employer(token).offers[0], token)
    return _last(world)


def _employer_corrected(world: World) -> Sent:
    token = _on_behalf(world)
    contact = {"name": "Paul Martin", "email": "jeanne@example.org", "phone": "01 99 00 99 99"}
    said = {"contact": contact, "description": "Four à bois, travail de jour."}
    world.employer_says("correct", world.show_employer(token).offers[0], token, **said)
    return _last(world)


def _opco_on_behalf(world: World) -> Sent:
    receipt = world.deposit(a_deposit(depositor=a_depositor()))
    world.notify(receipt.recruiter_id, receipt.offers[0].id)
    return _last(world)


def employer_token(link: str | None) -> str:
    """The token of an employer's link."""
    return (link or "").partition("#")[2]


def _cfa(world: World) -> Sent:
    world.catalogue.known = [a_training()]
    receipt = world.deposit(a_deposit(offers=[FULL_NEED]))
    world.match(receipt.recruiter_id, receipt.offers[0].id)
    return _last(world)


def _asked(world: World) -> str:
    """Deposit a need that a centre is asked about; give the token of its mail."""
    return opco_token(_cfa(world)[1])


def _cfa_follow_up(world: World) -> Sent:
    _asked(world)
    world.sweep(SILENT)
    return next(sent for sent in world.courier.sent if sent[0].kind == "cfa_follow_up")


def _cfa_candidates(world: World) -> Sent:
    said = {"candidates": 2, "word": "Deux élèves motivés.\nRappelez-nous le matin."}
    reach = {"phone": "05 53 00 00 00", "email": "apprentis@example.org"}
    world.answer_cfa(_asked(world), "candidates", **said, **reach)
    return _last(world)


def _cfa_candidates_without_more(world: World) -> Sent:
    world.answer_cfa(_asked(world), "candidates")
    return _last(world)


def _resent(world: World) -> Sent:
    world.deposit(a_deposit(offers=[FULL_NEED, {"metier": BAKER.code}]))
    world.ask_link(email="jeanne@example.org")
    world.resend_all()
    return _last(world)


def _resent_without_offer(world: World) -> Sent:
    world.deposit(a_deposit(offers=[]))
    world.ask_link(siret=SIRET)
    world.resend_all()
    return _last(world)


def _resent_of_several(world: World) -> Sent:
    other = "30247464800664"
    world.companies.known[other] = a_company(siret=other, name="NATURALIA FRANCE")
    world.deposit(a_deposit(offers=[FULL_NEED, {"metier": BAKER.code}]))
    world.deposit(a_deposit(submission_id=SECOND, siret=other, offers=[]), NOW + days(1))
    world.ask_link(email="jeanne@example.org")
    world.resend_all()
    return _last(world)


def _renewed(world: World) -> Sent:
    world.renew(token_of(world.deposit()))
    return _last(world)


def _new_address(world: World) -> None:
    world.contact(token_of(world.deposit()), email="jean@example.org")


def _of_kind(world: World, kind: str) -> Sent:
    return next(sent for sent in world.courier.sent if sent[0].kind == kind)


def _email_change(world: World) -> Sent:
    _new_address(world)
    return _of_kind(world, "email_change")


def _email_asked(world: World) -> Sent:
    _new_address(world)
    return _of_kind(world, "email_asked")


def _confirmed(world: World) -> None:
    _, link = _email_change(world)
    world.confirm((link or "").partition("#")[2])


def _email_changed(world: World) -> Sent:
    _confirmed(world)
    return _of_kind(world, "email_changed")


def _renewed_elsewhere(world: World) -> Sent:
    _confirmed(world)
    return _of_kind(world, "link_renewed")


def _erasure_warning(world: World) -> Sent:
    world.deposit()
    for when in (END, UNUSED):
        world.sweep(when)
    return _last(world)


def _erased(world: World) -> Sent:
    world.ask_erasure(token_of(world.deposit(a_deposit(offers=[FULL_NEED]))))
    return _last(world)


def _erased_unused(world: World) -> Sent:
    _erasure_warning(world)
    world.sweep(UNUSED + days(30))
    return _last(world)


LETTERS: Mapping[str, Callable[[World], Sent]] = {
    "deposit_received": _deposit,
    "deposit_received-several": _deposit_of_several,
    "deposit_received-elsewhere": _deposit_elsewhere,
    "deposit_received-to-verify": _deposit_to_verify,
    "deposit_received-without-offer": _deposit_without_offer,
    "deposit_received-public": _deposit_of_a_public_employer,
    "offer_added": _added,
    "duplicate_found": _duplicate,
    "duplicate_found-several": _duplicate_of_several,
    "link_resent": _resent,
    "link_resent-without-offer": _resent_without_offer,
    "links_resent": _resent_of_several,
    "link_renewed": _renewed,
    "link_renewed-elsewhere": _renewed_elsewhere,
    "email_change": _email_change,
    "email_asked": _email_asked,
    "email_changed": _email_changed,
    "erasure_warning": _erasure_warning,
    "erased": _erased,
    "erased-unused": _erased_unused,
    "reminder": _reminder,
    "reminder-several": _reminder_of_several,
    "reminder-at-the-limit": _reminder_of_one_that_lasted,
    "offer_expired": _expired,
    "offer_closed-filled": lambda world: _closed(world, "filled"),
    "offer_closed-cancelled": lambda world: _closed(world, "cancelled"),
    "firm_verified": _firm_verified,
    "firm_verified-corrected": _firm_verified_corrected,
    "firm_refused": _firm_unknown,
    "firm_refused-closed": _firm_closed,
    "firm_refused-hidden": _firm_hidden,
    "firm_refused-forgotten": _firm_forgotten,
    "opco_need": _opco,
    "opco_need-elsewhere": _opco_elsewhere,
    "opco_need-candidates": _opco_candidates,
    "opco_need-disputed": _opco_disputed,
    "opco_need-declared": _opco_declared,
    "opco_need-unknown": _opco_unknown,
    "opco_need-to-verify": _opco_to_verify,
    "opco_need-passed-on": _opco_passed_on,
    "opco_need-back-at-the-desk": _opco_back_at_the_desk,
    "opco_reminder": _opco_reminder,
    "opco_reminder-desk": _desk_reminder,
    "cfa_need": _cfa,
    "cfa_follow_up": _cfa_follow_up,
    "cfa_candidates": _cfa_candidates,
    "cfa_candidates-without-more": _cfa_candidates_without_more,
    "deposit_received-on-behalf": _on_behalf_received,
    "offer_added-on-behalf": _on_behalf_added,
    "opco_need-on-behalf": _opco_on_behalf,
    "on_behalf_notice": _on_behalf_notice,
    "on_behalf_notice-several": _on_behalf_notice_of_several,
    "on_behalf_reminder": _on_behalf_reminder,
    "employer_answered-removed": _employer_removed,
    "employer_answered-corrected": _employer_corrected,
}


def letter(name: str) -> Sent:
    """One of the letters above, with the link it leaves with, if any."""
    return LETTERS[name](World())
