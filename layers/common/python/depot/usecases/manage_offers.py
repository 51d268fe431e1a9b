"""What the link in the mails opens: see, edit, extend, close.

The version read travels with each change.
"""

from collections.abc import Collection
from datetime import datetime

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from depot.domain.askings import Askings
from depot.domain.errors import Conflict, StaleVersion
from depot.domain.model import Form
from depot.domain.offer import REASONS, Offer, OfferForm, Outcome, Reason, Workplace
from depot.ports.links import Links
from depot.ports.store import Create, Dossier, Replace, Store
from depot.ports.trainings import Metiers
from depot.usecases.access import offer_in, open_dossier
from depot.usecases.deposit import asking, resolve
from depot.usecases.places import Patience, Places
from depot.usecases.views import ManageView, OfferView, manage_view, offer_view


class OfferEdit(OfferForm):
    """Every field of a need, and the version it replaces."""

    version: int = Field(ge=1)

    @property
    def need(self) -> OfferForm:
        """The need alone."""
        return OfferForm.model_validate(self.model_dump(exclude={"version"}))


class Extension(Form):
    """Four more weeks."""

    version: int = Field(ge=1)


class Closure(Form):
    """The end of an offer, by its depositor."""

    version: int = Field(ge=1)
    outcome: Outcome
    reason: Reason | None = None

    @field_validator("reason")
    @classmethod
    def _fits(cls, reason: Reason | None, form: ValidationInfo) -> Reason | None:
        if reason and reason not in REASONS.get(form.data.get("outcome", ""), ()):
            raise PydanticCustomError("literal_error", "literal_error")
        return reason


def show(
    *, opcos: Collection[str], token: str, store: Store, links: Links, now: datetime
) -> ManageView:
    """Show the recruiter and all its offers. ``opcos`` are the names of those there are."""
    return manage_view(open_dossier(token, store=store, links=links), opcos, now)


def edit(
    form: OfferEdit,
    *,
    offer_id: str,
    token: str,
    store: Store,
    metiers: Metiers,
    places: Places,
    links: Links,
    now: datetime,
) -> OfferView:
    """Replace what a live offer asks for.

    Asking the training centres for the first time asks them now.
    """
    dossier = open_dossier(token, store=store, links=links)
    offer = _as_read(dossier, offer_id, form.version, now)
    (need,) = resolve(
        [form.need], metiers=metiers, places=places, now=now, prefix="", accepted=offer.need
    )
    workplace = _workplace(form, offer, dossier, places)
    edited = offer.edit(need, now, workplace=workplace)
    askings = Askings.of(dossier.rounds, offer_id)
    wanted = need.ask_cfa and askings.may_ask_the_nearest
    rounds = [Create(asking(edited, now, askings.next))] if wanted else []
    return _commit(edited, dossier, *rounds, store=store, now=now)


def _workplace(form: OfferEdit, offer: Offer, dossier: Dossier, places: Places) -> Workplace:
    """Where it is from now on; an address that is the same is not asked about again."""
    if form.workplace is None and not offer.workplace.declared:
        return offer.workplace
    firm = dossier.recruiter.workplace
    return places.workplace(form.workplace, firm=firm, before=offer.workplace, patience=Patience())


def extend(
    form: Extension, *, offer_id: str, token: str, store: Store, links: Links, now: datetime
) -> OfferView:
    """Give a live offer four weeks from today."""
    dossier = open_dossier(token, store=store, links=links)
    offer = _as_read(dossier, offer_id, form.version, now)
    return _commit(offer.extend(now), dossier, store=store, now=now)


def close(
    form: Closure, *, offer_id: str, token: str, store: Store, links: Links, now: datetime
) -> OfferView:
    """Close a live offer as filled or cancelled; partners hear of it at once."""
    dossier = open_dossier(token, store=store, links=links)
    offer = _as_read(dossier, offer_id, form.version, now)
    return _commit(offer.close(form.outcome, form.reason, now), dossier, store=store, now=now)


def _as_read(dossier: Dossier, offer_id: str, version: int, now: datetime) -> Offer:
    offer = offer_in(dossier, offer_id)
    if offer.version != version:
        raise StaleVersion(offer_view(offer, dossier, now))
    return offer


def _commit(
    offer: Offer, dossier: Dossier, *others: Create, store: Store, now: datetime
) -> OfferView:
    try:
        store.commit(Replace(offer), *others)
    except Conflict:  # changed between our read and our write
        fresh = store.dossier(offer.recruiter_id) or dossier
        raise StaleVersion(offer_view(offer_in(fresh, offer.id), fresh, now)) from None
    return offer_view(offer, dossier, now)
