"""The depositor chooses the training centres: see who is competent nearby, ask some of them.

What is chosen is stored as a round; the mails leave by ``match_cfa``.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from depot.domain.cfa.askings import Askings
from depot.domain.cfa.matching import Match
from depot.domain.cfa.rounds import CfaRound
from depot.domain.dossier.recruiter import Recruiter
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
from depot.domain.firm.company import Point
from depot.domain.life.offer import Offer
from depot.domain.model import Versioned
from depot.ports.links import Links
from depot.ports.store import Create, Dossier, Store
from depot.ports.trainings import Catalogue
from depot.usecases.cfa.choice_view import (
    SHOWN,
    CfaChoiceView,
    Standing,
    centre_views,
    promised_views,
    standing_of,
)
from depot.usecases.cfa.competent_cfas import competent_among, competent_cfas
from depot.usecases.cfa.state_view import cfa_views
from depot.usecases.dossier.access import offer_in, open_dossier
from depot.usecases.employer.objections import objected


logger = logging.getLogger(__name__)


class CfaAsking(Versioned):
    """The centres to ask, by SIREN; ``version`` is that of the offer they were chosen for."""

    sirens: list[str]


@dataclass(frozen=True)
class _Choice:
    """What there is to choose from: ``near`` is None when it cannot be known just now.

    ``barred``: the firm wants no more of its depositor.
    """

    dossier: Dossier
    offer: Offer
    askings: Askings
    near: Sequence[Match] | None
    barred: bool
    now: datetime

    @property
    def standing(self) -> Standing:
        current = self.offer.is_current(self.now)
        return standing_of(self.offer, self.askings, self.near, current=current, barred=self.barred)

    def show(self) -> CfaChoiceView:
        dossier, offer, askings, standing = self.dossier, self.offer, self.askings, self.standing
        others = centre_views(self.near or (), askings) if standing == "open" else ()
        return CfaChoiceView(
            offer_id=offer.id,
            version=offer.version,
            metier=offer.need.metier.label,
            state=offer.state,
            verification=dossier.recruiter.verification,
            standing=standing,
            left=askings.left,
            asked=(*cfa_views(offer, dossier), *promised_views(askings)),
            centres=others[:SHOWN],
            more=len(others) > SHOWN,
        )

    def fresh(self, sirens: Sequence[str]) -> frozenset[str]:
        """Pick those not asked yet. Raises Refused or NotLive when they cannot be asked."""
        new = frozenset(sirens) - self.askings.taken
        if new and self.standing == "over":
            raise NotLive
        if new and self.standing != "open":
            raise Refused(FieldError("sirens", f"cfas_{self.standing}"))
        if len(new) > self.askings.left:
            raise Refused(FieldError("sirens", "cfas_too_many"))
        return new

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
        return replace(
            self,
            dossier=dossier,
            askings=replace(self.askings, rounds=(*self.askings.rounds, asking)),
        )


@dataclass(frozen=True)
class _Opener:
    """Opens the choice for one offer, as things stand."""

    store: Store
    catalogue: Catalogue
    now: datetime

    def open(self, dossier: Dossier, offer_id: str) -> _Choice:
        offer = offer_in(dossier, offer_id)
        askings = Askings.of(dossier.rounds, offer_id, dossier.letters)
        # Whoever was asked or shares a mailbox with them, and one to say that there are more.
        most = SHOWN + len(askings.taken) + len(askings.mailboxes) + 1
        near = self._known(
            lambda here, to: competent_cfas(offer, here, **to, most=most), offer, dossier
        )
        return _Choice(dossier, offer, askings, near, self._barred(dossier.recruiter), self.now)

    def _barred(self, recruiter: Recruiter) -> bool:
        siret, depositor = recruiter.siret, recruiter.depositor
        return objected(siret, depositor, (), store=self.store, now=self.now) is not None

    def pick(self, sirens: Collection[str], choice: _Choice) -> tuple[Match, ...]:
        """Find centres by SIREN, shown or not. Raises Refused if one of them is not competent."""
        offer = choice.offer
        found = self._known(
            lambda here, to: competent_among(sirens, offer, here, **to), offer, choice.dossier
        )
        if found is None:
            raise Refused(FieldError("sirens", "cfas_no_catalogue"))
        if len(found) < len(sirens) or not all(map(choice.askings.may_ask, found)):
            raise Refused(FieldError("sirens", "cfa_unfit"))
        return found

    def _known(
        self,
        look: Callable[[Point, dict[str, Any]], tuple[Match, ...]],
        offer: Offer,
        dossier: Dossier,
    ) -> tuple[Match, ...] | None:
        """What a look at the catalogue finds; None when it, or who wants no mail, is unknown."""
        here = offer.workplace.location
        if here is None:
            return ()
        try:
            given = {"catalogue": self.catalogue, "store": self.store, "now": self.now}
            return look(here, {**given, "recruiter": dossier.recruiter})
        except (CatalogueMissing, ObjectsUnavailable, StoreUnavailable) as error:
            logger.warning("nobody to choose from", extra={"reason": type(error).__name__})
            return None


def show(
    *,
    offer_id: str,
    token: str,
    store: Store,
    links: Links,
    catalogue: Catalogue,
    now: datetime,
) -> CfaChoiceView:
    """Show who was asked about an offer, and who may be. Raises LinkInvalid, NotFound."""
    dossier = open_dossier(token, store=store, links=links)
    return _Opener(store, catalogue, now).open(dossier, offer_id).show()


def ask(
    form: CfaAsking,
    *,
    offer_id: str,
    token: str,
    store: Store,
    links: Links,
    catalogue: Catalogue,
    now: datetime,
) -> CfaChoiceView:
    """Ask the centres chosen, but those asked already; none chosen asks none.

    Raises LinkInvalid, NotFound, Refused, NotLive, and StaleVersion when the offer was changed
    since it was read.
    """
    opener = _Opener(store, catalogue, now)
    while True:
        choice = opener.open(open_dossier(token, store=store, links=links), offer_id)
        if choice.offer.version != form.version:
            raise StaleVersion(choice.show())
        fresh = choice.fresh(form.sirens)
        if not fresh:
            return choice.show()
        asking = choice.asking(opener.pick(fresh, choice))
        with suppress(Conflict):  # another asking took this number: look again at who is left
            store.commit(Create(asking))
            return choice.after(asking).show()
