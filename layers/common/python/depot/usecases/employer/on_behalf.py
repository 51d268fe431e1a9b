"""A deposit on somebody's behalf: what it takes, and how the employer hears of it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from pydantic import JsonValue

from depot.domain.dossier.contact import Contact
from depot.domain.dossier.recruiter import Recruiter, RecruiterForm
from depot.domain.employer.behalf import Behalf, DepositorForm
from depot.domain.employer.notice import EmployerNotice
from depot.domain.employer.own_contact import own_contact_errors
from depot.domain.errors import FieldError, Refused
from depot.domain.letters.letter import Letter, ToEmployer, write
from depot.domain.life.offer import Offer
from depot.ports.firms import Directory
from depot.ports.store import Dossier
from depot.usecases.firm.companies import look_up
from depot.usecases.letters.facts import firm_facts, listed, offer_facts


_SAY_WHO: Final[tuple[ToEmployer, ...]] = ("on_behalf_notice", "on_behalf_changed")


def behalf_errors(form: RecruiterForm, public: Collection[str]) -> list[FieldError]:
    """Errors of who deposits; ``public`` are the domains where anybody has a mailbox."""
    if form.depositor is None:
        return []
    own = own_contact_errors(form.contact, form.depositor.contact, public=public)
    return [*form.depositor.errors(form.siret), *own]


def behalf_of(
    depositor: DepositorForm | None, employer: Contact, *, companies: Directory, ask: bool
) -> Behalf | None:
    """Keep who deposits, none for the employer itself; ``ask``: the directory answers today."""
    if depositor is None:
        return None
    known = _legal_name(depositor.siret, companies) if ask else None
    return Behalf.of(depositor, employer, known)


def _legal_name(siret: str, companies: Directory) -> str | None:
    """Refuse an impossible SIRET; a hidden organisation deposits under its own word."""
    try:
        company = look_up(siret, companies=companies, declared=True)
    except Refused as refusal:
        raise Refused(
            *(error._replace(field=f"depositor.{error.field}") for error in refusal.errors)
        ) from None
    return company.legal_name or None if company and company.diffusible else None


def employer_letters(
    recruiter: Recruiter, offers: Sequence[Offer], now: datetime, *, about: str
) -> list[Letter]:
    """Tell the employer at once of offers deposited for it; nobody, if it deposits itself."""
    if recruiter.behalf is None or not offers:
        return []
    return [employer_letter("on_behalf_notice", recruiter, offers, now, about=about)]


def moved_letters(
    before: Recruiter, after: Recruiter, offers: Sequence[Offer], now: datetime
) -> list[Letter]:
    """Tell another address of the firm what is online; nobody, where its link still opens."""
    claim = after.employer_claim
    if claim is None or claim == before.employer_claim:
        return []
    return employer_letters(after, offers, now, about=f"{after.id}-{claim.version}")


def employer_letter(
    kind: ToEmployer, recruiter: Recruiter, offers: Sequence[Offer], now: datetime, *, about: str
) -> Letter:
    """Write to the firm's own contact; its reply goes to who deposited."""
    return _written(kind, recruiter, listed(offers), now, about)


def changed_letter(
    dossier: Dossier,
    changed: Sequence[tuple[Offer, EmployerNotice]],
    now: datetime,
    *,
    about: str,
) -> Letter:
    """Tell the employer what became of offers it had read, or was told of.

    ``first``: nobody told its address who deposits, where it was given while nothing was online.
    """
    fields: dict[str, list[JsonValue]] = {offer.id: [*notice.changed] for offer, notice in changed}

    def facts(offer: Offer) -> dict[str, JsonValue]:
        return {**offer_facts(offer), "changed": fields[offer.id]}

    told = listed([offer for offer, _ in changed], facts)
    told["first"] = not _told_who(dossier)
    return _written("on_behalf_changed", dossier.recruiter, told, now, about)


def _told_who(dossier: Dossier) -> bool:
    """Whether a mail that says who deposited left, or is to, for the address the firm has now."""
    address = dossier.recruiter.firm_contact.email
    mine = (letter for letter in dossier.letters if letter.to == address)
    return any(letter.kind in _SAY_WHO and letter.state != "failed" for letter in mine)


def _written(
    kind: ToEmployer, recruiter: Recruiter, told: dict[str, JsonValue], now: datetime, about: str
) -> Letter:
    return write(
        kind,
        about=about,
        recruiter_id=recruiter.id,
        to=recruiter.firm_contact.email,
        reply_to=recruiter.contact.email,
        facts={**firm_facts(recruiter), **told},
        now=now,
    )
