"""The depositor says which OPCO the firm has, where our sources leave it open.

It is believed only among their candidates; anything else is told to whoever reads the default
mailbox. The needs already announced without a certain OPCO are announced again.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from pydantic import Field

from depot.domain.errors import Conflict, StaleVersion
from depot.domain.model import Form
from depot.domain.notice import OpcoNotice
from depot.domain.recruiter import OpcoName
from depot.ports import Dossier, Links, Replace, Store
from depot.usecases.access import open_dossier
from depot.usecases.deposit import check_opco
from depot.usecases.views import ManageView, manage_view


_AT_ONCE: Final = 40  # far from the hundred items of a transaction


class OpcoClaim(Form):
    """The OPCO, or null for "I do not know"; and the version of the recruiter it was chosen on."""

    version: int = Field(ge=1)
    opco: OpcoName | None = None


def declare_opco(
    form: OpcoClaim,
    *,
    opcos: Collection[str],
    token: str,
    store: Store,
    links: Links,
    now: datetime,
) -> ManageView:
    """Keep what the depositor declares, and announce again what it may change.

    Raises Refused of an OPCO that does not exist, StaleVersion.
    """
    check_opco(form.opco, opcos)
    dossier = open_dossier(token, store=store, links=links)
    recruiter = dossier.recruiter
    if recruiter.version != form.version:
        raise StaleVersion(manage_view(dossier, opcos, now))
    waiting = [notice.again(now) for notice in _open_to(form.opco, dossier)]
    changed = [] if recruiter.opco_claim == form.opco else [recruiter.declares(form.opco, now)]
    # The recruiter first: whoever takes a notice up reads what was declared.
    changes = [Replace(entity) for entity in (*changed, *waiting)]
    try:
        for start in range(0, len(changes), _AT_ONCE):
            store.commit(*changes[start : start + _AT_ONCE])
    except Conflict:  # changed between our read and our write
        raise StaleVersion(_again(dossier, store, opcos, now)) from None
    return _again(dossier, store, opcos, now)


def _open_to(claim: str | None, dossier: Dossier) -> list[OpcoNotice]:
    """Notices told without our sources being certain, under another declaration than this one."""
    live = {offer.id for offer in dossier.offers if offer.state == "live"}
    return [
        notice
        for notice in dossier.notices
        if notice.offer_id in live
        and notice.state == "told"
        and notice.finding
        and notice.finding.undeclared.outcome != "identified"
        and notice.finding.claim != claim
    ]


def _again(dossier: Dossier, store: Store, opcos: Collection[str], now: datetime) -> ManageView:
    return manage_view(store.dossier(dossier.recruiter.id) or dossier, opcos, now)
