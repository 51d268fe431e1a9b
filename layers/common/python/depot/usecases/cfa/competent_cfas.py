"""Who may be asked about an offer: the one place where it is decided.

The choice the depositor sees, the choice left to us and the asking itself all go by this list, in
fair rotation, less the centres that want no more mail. Of the catalogue's centres only the
contenders are looked up (``depot.domain.cfa.matching``): when they were last asked decides among
them; whether one wants no more mail is asked of those chosen alone, who then make way for others.
"""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from sys import maxsize

from depot.domain.cfa.matching import Match, contenders, rank
from depot.domain.cfa.turns import Lots
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.firm.company import Point
from depot.domain.letters.refusal import address_subject
from depot.domain.life.offer import Offer
from depot.ports.store import Store
from depot.ports.trainings import Catalogue


def competent_cfas(
    offer: Offer,
    here: Point,
    *,
    recruiter: Recruiter,
    catalogue: Catalogue,
    store: Store,
    now: datetime,
    without: Collection[str] = (),
    most: int,
) -> tuple[Match, ...]:
    """The competent centres near a place, best first, as things stand now: at most ``most``.

    ``without`` are SIRENs and addresses to leave out, beside the recruiter's own: nobody is asked
    about a need it deposited, or that is its own. Raises CatalogueMissing, and StoreUnavailable
    when it cannot be known who wants no more mail.
    """
    index, refusing = catalogue.index(), {*without, *recruiter.own_sirens}
    asked: dict[str, datetime] = {}
    known: frozenset[str] = frozenset()
    while True:
        field = contenders(index, offer.need, here, unsubscribed=refusing, most=most)
        sirens = field.sirens
        asked |= store.last_asked(sirens - known)
        known |= sirens
        chosen = field.in_turn(Lots(offer.id, asked))
        fresh = _refusals(chosen, store, now) or _farther(chosen)
        if not fresh:
            return chosen
        refusing |= fresh


def competent_among(
    sirens: Collection[str],
    offer: Offer,
    here: Point,
    *,
    recruiter: Recruiter,
    catalogue: Catalogue,
    store: Store,
    now: datetime,
    without: Collection[str] = (),
) -> tuple[Match, ...]:
    """Those of some centres that are competent and want mail, however far down the list they are.

    ``without``, and what is raised: as above.
    """
    index, refusing = catalogue.index(), {*without, *recruiter.own_sirens}
    while True:
        found = rank(
            index, offer.need, here, offer_id=offer.id, unsubscribed=refusing, most=maxsize
        )
        wanted = tuple(match for match in found if match.siren in sirens)
        fresh = _refusals(wanted, store, now) or _farther(wanted)
        if not fresh:
            return wanted
        refusing |= fresh


def _farther(centres: Sequence[Match]) -> AbstractSet[str]:
    """The SIRENs of those that share the mailbox of a nearer one: it is written to once."""
    nearest: dict[str, str] = {}
    for centre in sorted(centres, key=lambda match: (match.distance_km, match.siren)):
        nearest.setdefault(centre.email, centre.siren)
    return {centre.siren for centre in centres if nearest[centre.email] != centre.siren}


def _refusals(centres: Sequence[Match], store: Store, now: datetime) -> AbstractSet[str]:
    """The SIRENs and addresses, of these centres, that are written to no more."""
    names = {centre.siren: centre.siren for centre in centres}
    names |= {address_subject(centre.email): centre.email for centre in centres}
    found = store.refusals(names.keys())
    return {names[refusal.subject] for refusal in found if refusal.bars("cfa", now)}
