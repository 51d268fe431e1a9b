"""The depositor says what the firm is called and where it is; its live offers follow."""

from collections.abc import Collection
from datetime import datetime

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import Conflict, FieldError, Refused, StaleVersion
from depot.domain.firm.correction import Correction, CorrectionForm
from depot.domain.life.states import Limits
from depot.domain.model import Versioned
from depot.ports.links import Links
from depot.ports.store import Replace, Store
from depot.usecases.dossier.access import by_link, open_dossier
from depot.usecases.dossier.manage_view import ManageView, afresh, manage_view
from depot.usecases.firm.firms import commit_firm, with_its_offers
from depot.usecases.firm.places import Patience, Places


class FirmEdit(Versioned, CorrectionForm):
    """What replaces all that was said before; ``version`` is that of the recruiter.

    Nothing at all leaves the firm to the directory again.
    """


def correct_firm(
    form: FirmEdit,
    *,
    token: str,
    store: Store,
    places: Places,
    links: Links,
    opcos: Collection[str],
    limits: Limits,
    now: datetime,
) -> ManageView:
    """Record a correction. A firm that hides from public directories must still be named by it.

    ``opcos`` are the names of those there are. Raises Refused, StaleVersion.
    """
    dossier = open_dossier(token, store=store, links=links)
    recruiter = dossier.recruiter
    if recruiter.version != form.version:
        raise StaleVersion(manage_view(dossier, opcos, limits, now))
    Refused.all([*places.errors(form.address, "address."), *_missing(form, recruiter)])
    correction = correction_of(form, before=recruiter.correction, places=places, now=now)
    corrected = recruiter.corrected(correction, now)
    try:
        offers = with_its_offers(corrected, dossier, now, by_link(corrected))
        commit_firm(store, offers, Replace(corrected))
    except Conflict:  # changed between our read and our write
        raise StaleVersion(afresh(dossier, store, opcos, limits, now)) from None
    return afresh(dossier, store, opcos, limits, now)


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
