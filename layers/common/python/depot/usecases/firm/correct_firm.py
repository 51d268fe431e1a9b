"""The depositor says what the firm is called and where it is; its live offers follow."""

from datetime import datetime

from pydantic import Field

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import Conflict, FieldError, Refused, StaleVersion
from depot.domain.firm.correction import Correction, CorrectionForm
from depot.ports.links import Links
from depot.ports.store import Dossier, Replace, Store
from depot.usecases.dossier.access import by_link, open_dossier
from depot.usecases.dossier.recruiter_view import RecruiterView, recruiter_view
from depot.usecases.firm.firms import commit_firm, with_its_offers
from depot.usecases.firm.places import Patience, Places


class FirmEdit(CorrectionForm):
    """What replaces all that was said before, and the version of the recruiter it replaces.

    Nothing at all leaves the firm to the directory again.
    """

    version: int = Field(ge=1)


def correct_firm(
    form: FirmEdit, *, token: str, store: Store, places: Places, links: Links, now: datetime
) -> RecruiterView:
    """Record a correction. A firm that hides from public directories must still be named by it."""
    dossier = open_dossier(token, store=store, links=links)
    recruiter = dossier.recruiter
    if recruiter.version != form.version:
        raise StaleVersion(recruiter_view(recruiter))
    Refused.all([*places.errors(form.address, "address."), *_missing(form, recruiter)])
    correction = correction_of(form, before=recruiter.correction, places=places, now=now)
    return _commit(recruiter.corrected(correction, now), dossier, store=store, now=now)


def correction_of(
    form: CorrectionForm | None,
    *,
    places: Places,
    now: datetime,
    patience: Patience | None = None,
    before: Correction | None = None,
) -> Correction | None:
    """Keep a correction that has no error; an address that stays is not asked about again."""
    if form is None or not (form.name or form.address):
        return None
    address = places.address(form.address) if form.address else None
    if before and before.address == address:
        return before.model_copy(update={"name": form.name or None, "corrected_at": now})
    located = places.locate(address, patience or Patience()) if address else None
    return Correction.of(form.name, address, located, now)


def _missing(form: FirmEdit, recruiter: Recruiter) -> list[FieldError]:
    hidden = recruiter.company is not None and not recruiter.company.diffusible
    return form.missing() if hidden else []


def _commit(
    recruiter: Recruiter, dossier: Dossier, *, store: Store, now: datetime
) -> RecruiterView:
    try:
        offers = with_its_offers(recruiter, dossier, now, by_link(recruiter))
        commit_firm(store, offers, Replace(recruiter))
    except Conflict:  # changed between our read and our write
        fresh = store.recruiter(recruiter.id) or dossier.recruiter
        raise StaleVersion(recruiter_view(fresh)) from None
    return recruiter_view(recruiter)
