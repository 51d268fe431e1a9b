"""Open what was deposited for a firm, with the link of its mail."""

from typing import NamedTuple, Self

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.behalf import Behalf
from depot.domain.errors import LinkInvalid
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
        """As it is by now; as it was read, where it is gone."""
        fresh = store.dossier(self.recruiter.id) or self.dossier
        return self._replace(dossier=fresh, behalf=fresh.recruiter.behalf or self.behalf)


def open_deposited(token: str, *, store: Store, links: Links) -> Deposited:
    """Open the dossier of an employer's token.

    Raises LinkInvalid: the token is not ours, the firm gave another address since, it deposited
    itself, or the dossier is being erased.
    """
    claim = links.employer_claim(token)
    dossier = store.dossier(claim.recruiter_id)
    behalf = dossier.recruiter.behalf if dossier else None
    if dossier is None or behalf is None or dossier.recruiter.erasing_at:
        raise LinkInvalid
    if behalf.link_version != claim.version:
        raise LinkInvalid
    return Deposited(dossier, behalf)
