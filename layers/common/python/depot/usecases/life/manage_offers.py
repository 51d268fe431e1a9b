"""What the link in the mails opens: see, edit, extend.

The version read travels with each change.
"""

from collections.abc import Collection
from datetime import datetime

from depot.domain.cfa.askings import Askings
from depot.domain.firm.workplace import Workplace
from depot.domain.life.offer import Offer, OfferForm
from depot.domain.life.states import Limits
from depot.domain.model import Versioned
from depot.ports.links import Links
from depot.ports.store import Create, Dossier, Store
from depot.ports.trainings import Metiers
from depot.usecases.deposit.steps import asking, resolve
from depot.usecases.dossier.access import by_link, open_dossier
from depot.usecases.dossier.manage_view import ManagePage, ManageView
from depot.usecases.employer.ask_anew import ask_anew
from depot.usecases.employer.objections import objected, refuse_objected
from depot.usecases.firm.places import Patience, Places
from depot.usecases.letters.mailroom import Mailroom
from depot.usecases.life.offer_change import as_read, commit
from depot.usecases.life.offer_view import OfferView


class OfferEdit(Versioned, OfferForm):
    """Every field of a need, in place of what the offer asked for."""

    @property
    def need(self) -> OfferForm:
        """The need alone."""
        return OfferForm.model_validate(self.model_dump(exclude={"version"}))


class Extension(Versioned):
    """Four more weeks."""


def show(
    *,
    opcos: Collection[str],
    limits: Limits,
    token: str,
    store: Store,
    links: Links,
    now: datetime,
) -> ManageView:
    """Show the recruiter and all its offers. ``opcos`` are the names of those there are.

    Raises LinkInvalid.
    """
    page = ManagePage(store, opcos, limits, now)
    return page.show(open_dossier(token, store=store, links=links))


def edit(
    form: OfferEdit,
    *,
    offer_id: str,
    token: str,
    store: Store,
    metiers: Metiers,
    places: Places,
    links: Links,
    mailroom: Mailroom,
    now: datetime,
) -> OfferView:
    """Replace what a live offer asks for.

    Asking the training centres for the first time asks them now; an employer somebody deposited for
    is asked anew. Raises LinkInvalid, NotFound, NotLive, StaleVersion, Refused.
    """
    dossier = open_dossier(token, store=store, links=links)
    offer = as_read(dossier, offer_id, form.version, now)
    (need,) = resolve(
        [form.need], metiers=metiers, places=places, now=now, prefix="", accepted=offer.need
    )
    added = set(need.romes) - set(offer.need.romes)
    if added:
        refuse_objected(dossier.recruiter, added, store=store, now=now, field="metier")
    workplace = _workplace(form, offer, dossier, places)
    edited = offer.edit(need, now, workplace=workplace, by=by_link(dossier.recruiter))
    rounds = _asking(dossier, offer, edited, store=store, now=now)
    anew = ask_anew(dossier, offer, edited, now)
    view = commit(edited, anew.dossier, *rounds, *anew.changes, store=store, now=now)
    mailroom.deliver_all(anew.letters, dossier.recruiter, now)
    return view


def _asking(
    dossier: Dossier, before: Offer, after: Offer, *, store: Store, now: datetime
) -> list[Create]:
    """Ask the nearest centres, if wanted and not done yet.

    A firm that wants no more of its depositor is not told of: asking is refused, and what was
    asked before it said so is not taken up again.
    """
    askings = Askings.of(dossier.rounds, after.id, dossier.letters)
    if not (after.need.ask_cfa and askings.may_ask_the_nearest):
        return []
    firm = dossier.recruiter
    if not before.need.ask_cfa:
        refuse_objected(firm, (), store=store, now=now, field="ask_cfa")
    elif objected(firm.siret, firm.depositor, (), store=store, now=now):
        return []
    return [Create(asking(after, now, askings.next))]


def _workplace(form: OfferEdit, offer: Offer, dossier: Dossier, places: Places) -> Workplace:
    """Where it is from now on; an address that is the same is not asked about again."""
    if form.workplace is None and not offer.workplace.declared:
        return offer.workplace
    firm = dossier.recruiter.workplace
    return places.workplace(form.workplace, firm=firm, before=offer.workplace, patience=Patience())


def extend(
    form: Extension,
    *,
    limits: Limits,
    offer_id: str,
    token: str,
    store: Store,
    links: Links,
    now: datetime,
) -> OfferView:
    """Give a live offer four weeks from today, as far as limits go.

    Raises LinkInvalid, NotFound, NotLive, StaleVersion, LimitReached; Refused when its
    firm wants no more of its depositor.
    """
    dossier = open_dossier(token, store=store, links=links)
    offer = as_read(dossier, offer_id, form.version, now)
    # No need is new: only a firm that objects to any is asked about.
    refuse_objected(dossier.recruiter, (), store=store, now=now, field="offer")
    extended = offer.extend(now, limits, by=by_link(dossier.recruiter))
    return commit(extended, dossier, store=store, now=now)
