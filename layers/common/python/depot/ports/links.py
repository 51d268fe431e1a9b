"""Capability links."""

from typing import NamedTuple, Protocol

from depot.domain.notice import Turn
from depot.domain.recruiter import Recruiter


class ManageClaim(NamedTuple):
    """A manage token opens this recruiter, as long as the link version is still this one."""

    recruiter_id: str
    link_version: int


class EmployerClaim(NamedTuple):
    """An employer's token opens what was deposited for it, while the version is still this one."""

    recruiter_id: str
    version: int


class Links(Protocol):
    """Capability links."""

    def manage_url(self, recruiter: Recruiter) -> str:
        """The page where the bearer manages this recruiter's offers."""

    def manage_claim(self, token: str) -> ManageClaim:
        """What a manage token opens. Raises LinkInvalid."""

    def opco_url(self, turn: Turn) -> str:
        """The page where the bearer answers one telling of one need."""

    def opco_claim(self, token: str) -> Turn:
        """What an OPCO's token opens. Raises LinkInvalid."""

    def employer_url(self, recruiter_id: str, version: int) -> str:
        """The page where the bearer answers about what was deposited on its firm's behalf."""

    def employer_claim(self, token: str) -> EmployerClaim:
        """What an employer's token opens. Raises LinkInvalid."""
