"""Capability links."""

from datetime import datetime
from typing import NamedTuple, Protocol

from depot.domain.cfa.cfa_contact import Asking
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.behalf import EmployerClaim
from depot.domain.opco.notice import OpcoTurn


class ManageClaim(NamedTuple):
    """A manage token opens this recruiter, as long as the link version is still this one."""

    recruiter_id: str
    link_version: int


class UnsubscribeLinks(NamedTuple):
    """Where the reader of a letter asks for no more: a page, and an address for mail programs.

    The second takes a POST without more ado (RFC 8058); opened by a person, it leads to the page.
    """

    page: str
    one_click: str


class Subscriber(NamedTuple):
    """Who may ask for no more mail, or for mail again: a centre, and the address it reads."""

    siren: str
    address: str  # its digest: see depot.domain.letters.refusal


class FirmsClaim(NamedTuple):
    """A token that opens every dossier of the address of this one, as of ``minted_at``."""

    recruiter_id: str
    link_version: int
    minted_at: datetime


class ConfirmClaim(NamedTuple):
    """A token that proves the address this recruiter asked for, the ``number``-th."""

    recruiter_id: str
    number: int


class Links(Protocol):
    """Capability links."""

    def manage_url(self, recruiter: Recruiter) -> str:
        """The page where the bearer manages this recruiter's offers."""

    def manage_claim(self, token: str) -> ManageClaim:
        """What a manage token opens. Raises LinkInvalid."""

    def firms_url(self, recruiter: Recruiter, now: datetime) -> str:
        """The page that lists every dossier of this one's address; only ever mailed to it."""

    def firms_claim(self, token: str) -> FirmsClaim:
        """What a token of several dossiers opens. Raises LinkInvalid."""

    def confirm_url(self, recruiter_id: str, number: int) -> str:
        """The page where the bearer proves a new address; only ever mailed to it."""

    def confirm_claim(self, token: str) -> ConfirmClaim:
        """What a confirmation token proves. Raises LinkInvalid."""

    def opco_url(self, turn: OpcoTurn) -> str:
        """The page where the bearer answers one telling of one need."""

    def opco_claim(self, token: str) -> OpcoTurn:
        """What an OPCO's token opens. Raises LinkInvalid."""

    def employer_url(self, claim: EmployerClaim) -> str:
        """The page where the bearer answers about what was deposited on its firm's behalf."""

    def employer_claim(self, token: str) -> EmployerClaim:
        """What an employer's token opens. Raises LinkInvalid."""

    def cfa_url(self, asking: Asking) -> str:
        """The page where a training centre answers about one need."""

    def cfa_claim(self, token: str) -> Asking:
        """What a training centre's token opens. Raises LinkInvalid."""

    def unsubscribe(self, subscriber: Subscriber) -> UnsubscribeLinks:
        """Where a centre asks for no more mail. These never expire."""

    def unsubscribe_claim(self, token: str) -> Subscriber:
        """Who a token of the way out is of. Raises LinkInvalid."""

    def offer_url(self, offer_id: str) -> str:
        """The public page of an offer."""
