"""The depositor chooses the training centres: see who is competent nearby, ask some of them.

What is chosen is stored as a round; the mails leave by ``match_cfa``.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import Field

from depot.domain.askings import Askings
from depot.domain.errors import (
    CatalogueMissing,
    Conflict,
    FieldError,
    NotLive,
    ObjectsUnavailable,
    Refused,
    StaleVersion,
    StoreUnavailable,
)
from depot.domain.matching import Match
from depot.domain.model import Form
from depot.domain.offer import Offer
from depot.domain.rounds import CfaRound
from depot.ports.links import Links
from depot.ports.store import Create, Dossier, Store
from depot.ports.trainings import Catalogue
from depot.usecases.access import offer_in, open_dossier
from depot.usecases.cfa_choice_view import (
    SHOWN,
    CfaChoiceView,
    Standing,
    centre_views,
    promised_views,
    standing_of,
)
from depot.usecases.cfa_view import cfa_views
from depot.usecases.competent_cfas import competent_cfas


logger = logging.getLogger(__name__)


class CfaAsking(Form):
    """The centres to ask, by SIREN, and the version of the offer they were chosen for."""

    version: int = Field(ge=1)
    sirens: list[str]


@dataclass(frozen=True)
class _Choice:
    """What there is to choose from. ``competent`` is None when the catalogue cannot say."""

    dossier: Dossier
    offer: Offer
    askings: Askings
    competent: Sequence[Match] | None
    now: datetime

    @property
    def standing(self) -> Standing:
        current = self.offer.is_current(self.now)
        return standing_of(self.offer, self.askings, self.competent, current=current)

    def show(self) -> CfaChoiceView:
        dossier, offer, askings, standing = self.dossier, self.offer, self.askings, self.standing
        others = centre_views(self.competent or (), askings.taken) if standing == "open" else ()
        return CfaChoiceView(
            offer_id=offer.id,
            version=offer.version,
            metier=offer.need.metier.label,
            state=offer.state,
            verification=dossier.recruiter.verification,
            standing=standing,
            left=askings.left,
            asked=(*cfa_views(offer, dossier), *promised_views(askings)),
            nearby=len(others),
            centres=others[:SHOWN],
        )

    def pick(self, sirens: Sequence[str]) -> tuple[Match, ...]:
        """Those of the centres that were not asked yet. Raises Refused, NotLive."""
        new = [siren for siren in dict.fromkeys(sirens) if siren not in self.askings.taken]
        if not new:
            return ()
        if self.standing == "over":
            raise NotLive
        if self.standing != "open":
            raise Refused(FieldError("sirens", f"cfas_{self.standing}"))
        known = {match.siren: match for match in self.competent or ()}
        if not known.keys() >= set(new):
            raise Refused(FieldError("sirens", "cfa_unfit"))
        if len(new) > self.askings.left:
            raise Refused(FieldError("sirens", "cfas_too_many"))
        return tuple(known[siren] for siren in new)

    def asking(self, picked: tuple[Match, ...]) -> CfaRound:
        """Make the round that asks them."""
        return CfaRound(
            recruiter_id=self.offer.recruiter_id,
            offer_id=self.offer.id,
            number=self.askings.next,
            chosen=picked,
            created_at=self.now,
        )

    def after(self, asking: CfaRound) -> "_Choice":
        """What there is to choose from once they are asked."""
        dossier = replace(self.dossier, rounds=[*self.dossier.rounds, asking])
        return replace(self, dossier=dossier, askings=Askings((*self.askings.rounds, asking)))


def show(
    *,
    offer_id: str,
    token: str,
    store: Store,
    links: Links,
    catalogue_at_hand: Catalogue,
    now: datetime,
) -> CfaChoiceView:
    """Show who was asked about an offer, and who may be."""
    dossier = open_dossier(token, store=store, links=links)
    return _choice(dossier, offer_id, catalogue_at_hand, store, now).show()


def ask(
    form: CfaAsking,
    *,
    offer_id: str,
    token: str,
    store: Store,
    links: Links,
    catalogue_at_hand: Catalogue,
    now: datetime,
) -> CfaChoiceView:
    """Ask the centres chosen, but those asked already; none chosen asks none.

    Raises Refused, NotLive, and StaleVersion when the offer was changed since it was read.
    """
    while True:
        dossier = open_dossier(token, store=store, links=links)
        choice = _choice(dossier, offer_id, catalogue_at_hand, store, now)
        if choice.offer.version != form.version:
            raise StaleVersion(choice.show())
        picked = choice.pick(form.sirens)
        if not picked:
            return choice.show()
        asking = choice.asking(picked)
        with suppress(Conflict):  # another asking took this number: look again at who is left
            store.commit(Create(asking))
            return choice.after(asking).show()


def _choice(
    dossier: Dossier, offer_id: str, catalogue: Catalogue, store: Store, now: datetime
) -> _Choice:
    offer = offer_in(dossier, offer_id)
    competent = _competent(offer, catalogue, store)
    return _Choice(dossier, offer, Askings.of(dossier.rounds, offer_id), competent, now)


def _competent(offer: Offer, catalogue: Catalogue, store: Store) -> Sequence[Match] | None:
    here = offer.workplace.location
    if here is None:
        return ()
    try:
        return competent_cfas(offer, here, catalogue=catalogue, store=store)
    except (CatalogueMissing, ObjectsUnavailable, StoreUnavailable) as error:
        logger.warning("no catalogue to choose from", extra={"reason": type(error).__name__})
        return None
