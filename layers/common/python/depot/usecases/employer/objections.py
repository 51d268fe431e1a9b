"""Whether a firm objects to what somebody deposits for it, and what makes it so."""

from collections.abc import Collection
from datetime import datetime

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.objection import Objected, Objection
from depot.domain.errors import FieldError, Refused
from depot.domain.identifiers import RomeCode
from depot.ports.store import Change, Create, Replace, Store


def objection_of(siret: str, depositor: str, *, store: Store) -> Objection | None:
    """What the whole firm of an establishment objects to, of a depositor (SIREN)."""
    return store.objection(siret[:9], depositor)


def objected(
    siret: str, depositor: str | None, romes: Collection[str], *, store: Store, now: datetime
) -> Objected | None:
    """Why a firm will not have it, if so; ``depositor`` is a SIREN, None for the firm itself.

    One read, for a deposit on somebody's behalf alone.
    """
    found = objection_of(siret, depositor, store=store) if depositor else None
    return found.bars(romes, now) if found else None


def refuse_objected(
    recruiter: Recruiter,
    romes: Collection[str],
    *,
    store: Store,
    now: datetime,
    field: str = "siret",
) -> None:
    """Raise Refused when the firm objects to its depositor looking for these."""
    why = objected(recruiter.siret, recruiter.depositor, romes, store=store, now=now)
    if why:
        raise Refused(FieldError(field, why))


def objecting(
    siret: str,
    depositor: str,
    romes: Collection[RomeCode] | None,
    *,
    store: Store,
    now: datetime,
) -> Change:
    """What makes a firm object to one need of a depositor, or (None) to any."""
    found = objection_of(siret, depositor, store=store)
    if found:
        return Replace(found.again(romes, now))
    return Create(
        Objection(
            siren=siret[:9],
            depositor=depositor,
            romes=tuple(romes or ()),
            every=romes is None,
            said_at=now,
        )
    )
