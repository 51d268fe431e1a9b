"""The steps create_recruiter, add_offer and manage_offers share.

Resolve what was typed, prepare what is written.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from depot.domain.cfa.rounds import CfaRound
from depot.domain.employer.notice import EmployerNotice
from depot.domain.errors import FieldError, Refused
from depot.domain.life.metiers import Metier
from depot.domain.life.offer import Need, Offer, OfferForm
from depot.domain.opco.notice import OpcoNotice
from depot.ports.store import Change, Create
from depot.ports.trainings import Metiers
from depot.usecases.firm.places import Places


def resolve(
    forms: Sequence[OfferForm],
    *,
    metiers: Metiers,
    places: Places,
    now: datetime,
    others: Iterable[FieldError] = (),
    prefix: str = "offers.{}.",
    accepted: Need | None = None,
) -> list[Need]:
    """Turn forms into needs, or refuse them all with every error found.

    ``others`` are errors found elsewhere in what was submitted, told first. ``prefix`` places an
    error: ``{}`` is the form's rank in it. What was ``accepted`` before stays so: a start date past
    by now, a métier refused since.
    """
    found: list[list[Metier]] = []
    errors = [*others]
    for rank, form in enumerate(forms):
        path = prefix.format(rank)
        known, wrong = _metiers(form, path, metiers, accepted.metiers if accepted else ())
        found.append(known)
        errors += wrong
        errors += form.start_errors(now, path, accepted=accepted.start_on if accepted else None)
        errors += places.errors(form.workplace, f"{path}workplace.")
    Refused.all(errors)
    return [Need.of(form, known) for form, known in zip(forms, found, strict=True)]


def _metiers(
    form: OfferForm, path: str, metiers: Metiers, accepted: Sequence[Metier]
) -> tuple[list[Metier], list[FieldError]]:
    before = {metier.code: metier for metier in accepted}
    fields = {form.metier: "metier"}
    fields |= {code: f"other_metiers.{rank}" for rank, code in enumerate(form.other_metiers)}
    found: list[Metier] = []
    errors: list[FieldError] = []
    for code, field in fields.items():
        metier = metiers.get(code) or before.get(code)
        if metier is None:
            errors.append(FieldError(f"{path}{field}", "metier_unknown"))
        elif code not in before and not metiers.apprenticeable(metier):
            errors.append(FieldError(f"{path}{field}", "metier_not_apprenticeable"))
        else:
            found.append(metier)
    return found, errors


def check_opco(declared: str | None, opcos: Collection[str]) -> None:
    """Refuse an OPCO that does not exist."""
    if declared is not None and declared not in opcos:
        raise Refused(FieldError("opco", "opco_unknown"))


def asking(offer: Offer, now: datetime, number: int = 1) -> CfaRound:
    """The round that asks the training centres nearest to an offer."""
    return CfaRound(
        recruiter_id=offer.recruiter_id, offer_id=offer.id, number=number, created_at=now
    )


def creation(offer: Offer, now: datetime) -> list[Change]:
    """All that a new offer writes.

    Itself, the notice to its OPCO, the round if centres are to be asked, and what its employer says
    of it if somebody else deposited it.
    """
    owned: dict[str, Any] = {
        "recruiter_id": offer.recruiter_id,
        "offer_id": offer.id,
        "created_at": now,
    }
    notice = OpcoNotice(**owned)
    asked = [asking(offer, now)] if offer.need.ask_cfa else []
    told = [EmployerNotice(**owned)] if offer.provenance else []
    return [Create(entity) for entity in (offer, notice, *asked, *told)]
