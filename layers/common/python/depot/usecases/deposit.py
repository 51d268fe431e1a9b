"""The steps create_recruiter, add_offer and manage_offers share.

Resolve what was typed, prepare what is written.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from depot.domain.errors import FieldError, Refused
from depot.domain.notice import OpcoNotice
from depot.domain.offer import Need, Offer, OfferForm
from depot.domain.rounds import CfaRound
from depot.ports import Change, Create, Metiers


def resolve(
    forms: Sequence[OfferForm],
    *,
    metiers: Metiers,
    now: datetime,
    prefix: str = "offers.{}.",
    accepted_start: date | None = None,
) -> list[Need]:
    """Turn forms into needs, or refuse them all with every error found.

    ``prefix`` places an error: ``{}`` is the form's rank in what was submitted. A start date that
    was accepted before, ``accepted_start``, stays accepted once it is past.
    """
    found = [metiers.get(form.metier) for form in forms]
    errors: list[FieldError] = []
    for rank, (form, metier) in enumerate(zip(forms, found, strict=True)):
        path = prefix.format(rank)
        if metier is None:
            errors.append(FieldError(f"{path}metier", "metier_unknown"))
        errors += form.start_errors(now, path, accepted=accepted_start)
    Refused.all(errors)
    return [Need.of(form, metier) for form, metier in zip(forms, found, strict=True) if metier]


def check_opco(declared: str | None, opcos: Collection[str]) -> None:
    """Refuse an OPCO that does not exist."""
    if declared is not None and declared not in opcos:
        raise Refused(FieldError("opco", "opco_unknown"))


def asking(offer: Offer, now: datetime) -> CfaRound:
    """The round that asks training centres about an offer."""
    return CfaRound(recruiter_id=offer.recruiter_id, offer_id=offer.id, created_at=now)


def creation(offer: Offer, now: datetime) -> list[Change]:
    """All that a new offer writes.

    Itself, the notice to its OPCO, and the round if centres are to be asked.
    """
    notice = OpcoNotice(recruiter_id=offer.recruiter_id, offer_id=offer.id, created_at=now)
    asked = [asking(offer, now)] if offer.need.ask_cfa else []
    return [Create(entity) for entity in (offer, notice, *asked)]
