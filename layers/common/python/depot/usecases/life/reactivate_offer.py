"""Put an ended offer online again, for four weeks from today.

It keeps its id: partners who removed it take it up again. Whoever was told of it is not told twice:
its OPCO and the training centres asked already have the need, unless it ended before they heard.
"""

from collections.abc import Iterator
from datetime import datetime

from depot.domain.dossier.recruiter import OnDuplicates
from depot.domain.errors import FieldError, Refused
from depot.domain.life.bounds import one_more_live
from depot.domain.life.states import Limits
from depot.domain.model import Versioned
from depot.ports.links import Links
from depot.ports.store import Change, Dossier, Replace, Store
from depot.usecases.deposit.duplicates import ask_first
from depot.usecases.dossier.access import by_link, open_dossier
from depot.usecases.employer.ask_anew import ask_anew
from depot.usecases.employer.objections import refuse_objected
from depot.usecases.letters.mailroom import Mailroom
from depot.usecases.life.offer_change import as_read, commit
from depot.usecases.life.offer_view import OfferView


class Reactivation(Versioned):
    """Four weeks more for an offer that ended."""

    duplicates: OnDuplicates = "ask"


def reactivate_offer(
    form: Reactivation,
    *,
    offer_id: str,
    token: str,
    store: Store,
    links: Links,
    mailroom: Mailroom,
    limits: Limits,
    now: datetime,
) -> OfferView:
    """Publish an ended offer again, under the firm as it is now.

    An employer somebody deposited for is asked anew. Raises LinkInvalid, NotFound, StaleVersion,
    LimitReached; Refused for a firm that cannot be published or objects to it, NotLive for an offer
    that is online or was withdrawn for good, Duplicate when the same need is live in another offer.
    """
    dossier = open_dossier(token, store=store, links=links)
    if refusal := dossier.recruiter.refused:
        raise Refused(FieldError("siret", refusal))
    offer = as_read(dossier, offer_id, form.version, now)
    refuse_objected(dossier.recruiter, offer.need.romes, store=store, now=now)
    one_more_live(dossier.offers, now, field="offer")
    # With the recruiter: a firm refused meanwhile is not published again, and it is looked at.
    recruiter = dossier.recruiter.with_an_offer_again(now)
    workplace, phone, by = recruiter.workplace, recruiter.firm_contact.phone, by_link(recruiter)
    again = offer.reactivate(now, limits, workplace=workplace, phone=phone, by=by)
    ask_first([again], form.duplicates, store=store, now=now, prefix="", mine=dossier)
    notices = _notices(dossier, offer_id, now)
    anew = ask_anew(dossier, offer, again, now, again=True)
    changes = (Replace(recruiter), *notices, *anew.changes)
    view = commit(again, anew.dossier, *changes, store=store, now=now)
    mailroom.deliver_all(anew.letters, recruiter, now)
    return view


def _notices(dossier: Dossier, offer_id: str, now: datetime) -> Iterator[Change]:
    for notice in dossier.notices:
        if notice.offer_id == offer_id and (revived := notice.revived(now)) is not notice:
            yield Replace(revived)
