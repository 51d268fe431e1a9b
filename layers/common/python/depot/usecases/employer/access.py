"""Open what was deposited for a firm, with the link of its mail."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple, Self

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.behalf import Behalf
from depot.domain.employer.notice import EmployerNotice
from depot.domain.errors import LinkInvalid
from depot.domain.life.offer import Offer
from depot.domain.model import Entity
from depot.ports.links import Links
from depot.ports.store import Dossier, Store


class Deposited(NamedTuple):
    """A dossier that somebody deposited, and who."""

    dossier: Dossier
    behalf: Behalf

    @property
    def recruiter(self) -> Recruiter:
        """Whose dossier it is: the depositor's, about the firm."""
        return self.dossier.recruiter

    def again(self, store: Store) -> Self:
        """As it is by now. Raises LinkInvalid once the link that opened it opens it no more."""
        fresh = _opened(self.recruiter.id, self.behalf.link_version, store)
        return self._replace(dossier=fresh.dossier, behalf=fresh.behalf)

    def written(self, entities: Iterable[Entity]) -> Self:
        """As its reader has just written it, whatever anybody wrote next."""
        new = list(entities)
        recruiter = next((each for each in new if isinstance(each, Recruiter)), self.recruiter)
        offers = {each.id: each for each in new if isinstance(each, Offer)}
        notices = {each.offer_id: each for each in new if isinstance(each, EmployerNotice)}
        dossier = replace(
            self.dossier,
            recruiter=recruiter,
            offers=[offers.get(each.id, each) for each in self.dossier.offers],
            employers=[notices.get(each.offer_id, each) for each in self.dossier.employers],
        )
        return self._replace(dossier=dossier, behalf=recruiter.behalf or self.behalf)


def open_deposited(token: str, *, store: Store, links: Links) -> Deposited:
    """Open the dossier of an employer's token.

    Raises LinkInvalid: the token is not ours, the firm gave another address since, it deposited
    itself, or the dossier is being erased.
    """
    return _opened(*links.employer_claim(token), store)


def _opened(recruiter_id: str, link_version: int, store: Store) -> Deposited:
    dossier = store.dossier(recruiter_id)
    behalf = dossier.recruiter.behalf if dossier else None
    if dossier is None or behalf is None or dossier.recruiter.erasing_at:
        raise LinkInvalid
    if behalf.link_version != link_version:
        raise LinkInvalid
    return Deposited(dossier, behalf)
