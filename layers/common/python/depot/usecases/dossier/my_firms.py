"""All that one address manages, behind one link: whoever opens it has read that address's mail.

An adviser may have hundreds of dossiers: all are read by batches and put in order, the offers of a
hundred at a time, for theirs is a question each.
"""

from datetime import date, datetime, timedelta
from typing import Annotated, Final

from pydantic import Field

from depot.domain.dossier.recruiter import Recruiter, Verification
from depot.domain.errors import LinkInvalid
from depot.domain.model import Form, Value
from depot.ports.links import Links
from depot.ports.store import Store


# It opens much, and a new one is a mail away.
_OPENS_FOR: Final = timedelta(days=90)
_AT_ONCE: Final = 100


class FirmsQuery(Form):
    """The firms of an address after one of them: what the answer before this one called next."""

    after: Annotated[str, Field(max_length=100)] = ""


class FirmLine(Value):
    """One dossier; ``ends_on``: the last day of what is online. ``manage_url`` opens it."""

    name: str
    siret: str
    city: str | None
    verification: Verification
    live: int
    ends_on: date | None
    manage_url: str


class FirmsView(Value):
    """Dossiers of an address, in the order of their names: a hundred at most, out of ``count``.

    ``next``: what to ask after for those that follow; None at the end.
    """

    email: str
    count: int
    firms: tuple[FirmLine, ...]
    next: str | None


def my_firms(
    query: FirmsQuery, *, token: str, store: Store, links: Links, now: datetime
) -> FirmsView:
    """List the dossiers of an address: the first ones, or those after one of them.

    From the first again when that one is no longer among them. Less those whose link was renewed
    since this one was minted. Raises LinkInvalid, also when the link is older than three months.
    """
    claim = links.firms_claim(token)
    if now >= claim.minted_at + _OPENS_FOR:
        raise LinkInvalid
    through = store.recruiter(claim.recruiter_id)
    if through is None or through.erasing_at or through.link_version != claim.link_version:
        raise LinkInvalid
    email = through.contact.email
    mine = sorted(
        (each for each in store.of_email(email) if each.lists(claim.minted_at)), key=_order
    )
    start = next((rank for rank, each in enumerate(mine, 1) if each.id == query.after), 0)
    shown = mine[start : start + _AT_ONCE]
    return FirmsView(
        email=email,
        count=len(mine),
        firms=tuple(_line(each, store, links) for each in shown),
        next=shown[-1].id if start + len(shown) < len(mine) else None,
    )


def _order(recruiter: Recruiter) -> tuple[str, str, str]:
    """The same at each question: where names are alike, ids decide."""
    return recruiter.name.casefold(), recruiter.name, recruiter.id


def _line(recruiter: Recruiter, store: Store, links: Links) -> FirmLine:
    address = recruiter.address
    live = [offer for offer in store.offers(recruiter.id) if offer.state == "live"]
    return FirmLine(
        name=recruiter.name,
        siret=recruiter.siret,
        city=address.city if address else None,
        verification=recruiter.verification,
        live=len(live),
        ends_on=max((offer.ends_on for offer in live), default=None),
        manage_url=links.manage_url(recruiter),
    )
