"""A firm deposits: check it.

Store it with its first needs in one transaction, mail the link that manages them.
"""

from datetime import datetime

from depot.domain.dossier.contact import Contact
from depot.domain.dossier.erasure import Erasure
from depot.domain.dossier.recruiter import Recruiter, RecruiterForm, first_verification
from depot.domain.errors import Conflict, SubmissionErased
from depot.domain.ids import derived_id
from depot.domain.letters.letter import Letter, write
from depot.domain.life.offer import Offer, publish
from depot.ports.links import Links
from depot.ports.store import Absent, Create, Dossier, Store
from depot.usecases.deposit.duplicates import ask_first
from depot.usecases.deposit.intake import Intake
from depot.usecases.deposit.receipt import Receipt, confirmation_stopped
from depot.usecases.deposit.replay import link_again, made_before
from depot.usecases.deposit.steps import check_opco, creation, resolve
from depot.usecases.employer.objections import refuse_objected
from depot.usecases.employer.on_behalf import behalf_errors, behalf_of, employer_letters
from depot.usecases.firm.companies import look_up
from depot.usecases.firm.correct_firm import correction_of
from depot.usecases.firm.places import Patience, situated
from depot.usecases.letters.facts import firm_facts, offer_facts
from depot.usecases.life.offer_view import offer_views


def create_recruiter(form: RecruiterForm, *, intake: Intake, now: datetime) -> Receipt:
    """Accept a deposit.

    The same submission twice writes nothing more; its receipt has the link for an hour.
    Raises Refused, Duplicate when the same need is already live, SubmissionReused and
    SubmissionErased.
    """
    store, links = intake.store, intake.links
    if again := _again(form, store, links, now):
        return again
    recruiter_id = derived_id(form.submission_id)
    check_opco(form.opco, intake.opcos)
    recruiter, offers = _prepare(form, recruiter_id, intake, now)
    romes = [rome for offer in offers for rome in offer.need.romes]
    refuse_objected(recruiter, romes, store=store, now=now)
    ask_first(offers, form.duplicates, store=store, now=now)
    letters = _letters(recruiter, offers, now)
    changes = [change for offer in offers for change in creation(offer, now)]
    alive = Absent(Erasure, recruiter_id)
    try:
        store.commit(alive, Create(recruiter), *changes, *map(Create, letters))
    except Conflict:  # the same submission, a moment ago, elsewhere: made, perhaps erased since
        if again := _again(form, store, links, now):
            return again
        raise
    told = intake.mailroom.deliver_all(letters, recruiter, now)
    return _receipt(Dossier(recruiter, offers, letters=told), links.manage_url(recruiter), now)


def _prepare(
    form: RecruiterForm, recruiter_id: str, intake: Intake, now: datetime
) -> tuple[Recruiter, list[Offer]]:
    """Check all of it, then make what is to be stored. Raises Refused."""
    places, patience, said = intake.places, Patience(), form.correction
    wrong = [
        *behalf_errors(form, intake.mail_providers),
        *places.errors(said.address if said else None, "correction.address."),
    ]
    needs = resolve(form.offers, metiers=intake.metiers, places=places, others=wrong, now=now)
    recruiter = _recruiter(form, recruiter_id, intake, patience, now)
    offers = [
        publish(
            need,
            offer_id=derived_id(form.submission_id, "offer", rank),
            recruiter_id=recruiter_id,
            workplace=places.workplace(
                asked.workplace, firm=recruiter.workplace, patience=patience
            ),
            phone=recruiter.firm_contact.phone,
            provenance=recruiter.provenance,
            now=now,
        )
        for rank, (need, asked) in enumerate(zip(needs, form.offers, strict=True))
    ]
    return recruiter, offers


def _recruiter(
    form: RecruiterForm, recruiter_id: str, intake: Intake, patience: Patience, now: datetime
) -> Recruiter:
    said, companies, places = form.correction, intake.companies, intake.places
    found = look_up(form.siret, companies=companies, declared=bool(said and said.whole))
    if found is None:
        patience.lose()
    company = situated(found, places.communes)
    firm, depositor = Contact.of(form.contact), form.depositor
    behalf = behalf_of(depositor, firm, companies=companies, ask=found is not None)
    return Recruiter(
        id=recruiter_id,
        siret=form.siret,
        contact=Contact.of(depositor.contact) if depositor else firm,
        behalf=behalf,
        company=company,
        correction=correction_of(said, places=places, patience=patience, now=now),
        opco_claim=form.opco,
        verify_at=first_verification(company, now),
        offer_count=len(form.offers),
        created_at=now,
        updated_at=now,
    )


def _letters(recruiter: Recruiter, offers: list[Offer], now: datetime) -> list[Letter]:
    told = employer_letters(recruiter, offers, now, about=recruiter.id)
    return [_confirmation(recruiter, offers, now), *told]


def _confirmation(recruiter: Recruiter, offers: list[Offer], now: datetime) -> Letter:
    return write(
        "deposit_received",
        about=recruiter.id,
        recruiter_id=recruiter.id,
        to=recruiter.contact.email,
        facts={**firm_facts(recruiter), "offers": [offer_facts(offer) for offer in offers]},
        now=now,
    )


def _again(form: RecruiterForm, store: Store, links: Links, now: datetime) -> Receipt | None:
    """The same receipt, to whoever sends the same deposit; without the link if it is no retry."""
    made = made_before(form, store)
    if made is None:
        return None
    dossier = store.dossier(made.id)
    if dossier is None:  # erased between our two reads
        raise SubmissionErased
    return _receipt(dossier, link_again(made, links, now), now)


def _receipt(dossier: Dossier, manage_url: str | None, now: datetime) -> Receipt:
    recruiter = dossier.recruiter
    return Receipt(
        recruiter_id=recruiter.id,
        company_name=recruiter.firm_name,
        email=recruiter.contact.email,
        verification=recruiter.verification,
        manage_url=manage_url,
        mail_stopped=confirmation_stopped(dossier),
        offers=offer_views(dossier, now),
    )
