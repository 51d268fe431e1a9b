"""All that one address manages, behind one link: whoever opens it has read that address's mail."""

from datetime import date, datetime, timedelta
from typing import Final

from depot.domain.dossier.recruiter import Recruiter, Verification
from depot.domain.errors import LinkInvalid
from depot.domain.model import Value
from depot.ports.links import Links
from depot.ports.store import Store


# It opens much, and a new one is a mail away.
_OPENS_FOR: Final = timedelta(days=90)


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
    """Every dossier of an address, in the order of their names."""

    email: str
    firms: tuple[FirmLine, ...]


def my_firms(*, token: str, store: Store, links: Links, now: datetime) -> FirmsView:
    """List the dossiers of an address.

    Less those whose link was renewed since this one was minted. Raises LinkInvalid, also when the
    link is older than three months.
    """
    claim = links.firms_claim(token)
    if now >= claim.minted_at + _OPENS_FOR:
        raise LinkInvalid
    through = store.recruiter(claim.recruiter_id)
    if through is None or through.erasing_at or through.link_version != claim.link_version:
        raise LinkInvalid
    email = through.contact.email
    mine = [each for each in store.of_email(email) if each.lists(claim.minted_at)]
    lines = [_line(each, store, links) for each in mine]
    return FirmsView(email=email, firms=tuple(sorted(lines, key=lambda line: _order(line.name))))


def _order(name: str) -> tuple[str, str]:
    return name.casefold(), name


def _line(recruiter: Recruiter, store: Store, links: Links) -> FirmLine:
    dossier, address = store.dossier(recruiter.id), recruiter.address
    live = dossier.live if dossier else []
    return FirmLine(
        name=recruiter.name,
        siret=recruiter.siret,
        city=address.city if address else None,
        verification=recruiter.verification,
        live=len(live),
        ends_on=max((offer.ends_on for offer in live), default=None),
        manage_url=links.manage_url(recruiter),
    )
