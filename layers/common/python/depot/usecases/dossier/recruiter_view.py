"""A firm and its contact, as their depositor sees them."""

from datetime import datetime

from depot.domain.dossier.recruiter import Recruiter, Verification
from depot.domain.employer.provenance import Role
from depot.domain.firm.company import Address
from depot.domain.model import Value
from depot.usecases.views import ContactView, contact_view


class NewEmailView(Value):
    """An address that waits to be proven, by a link that works until then."""

    email: str
    until: datetime


class CorrectionView(Value):
    """What the depositor said of the firm."""

    name: str | None
    address: Address | None


class BehalfView(Value):
    """A deposit on a firm's behalf: as what, and the firm's own contact, which is called.

    ``own_word``: the firm gave it itself, and it alone changes it, while its mails arrive.
    """

    role: Role
    organisation: str
    siret: str
    employer: ContactView
    own_word: bool = False


class RecruiterView(Value):
    """The firm, as its depositor sees it; ``correction`` is his part of its name and address.

    ``contact`` is his own; the firm's is in ``behalf`` where he deposits for it.
    """

    id: str
    version: int
    siret: str
    company_name: str | None
    address: Address | None
    correction: CorrectionView | None
    verification: Verification
    opco_claim: str | None = None
    contact: ContactView
    new_email: NewEmailView | None = None
    behalf: BehalfView | None = None


def recruiter_view(recruiter: Recruiter, *, lost: bool = False) -> RecruiterView:
    """Show a recruiter; ``lost``: our mails to the firm somebody deposited for come back."""
    said, change = recruiter.correction, recruiter.email_change
    return RecruiterView(
        id=recruiter.id,
        version=recruiter.version,
        siret=recruiter.siret,
        company_name=recruiter.firm_name,
        address=recruiter.address,
        correction=CorrectionView(name=said.name, address=said.address) if said else None,
        verification=recruiter.verification,
        opco_claim=recruiter.opco_claim,
        contact=contact_view(recruiter.contact),
        new_email=NewEmailView(email=change.email, until=change.until) if change else None,
        behalf=_behalf(recruiter, lost=lost),
    )


def _behalf(recruiter: Recruiter, *, lost: bool) -> BehalfView | None:
    behalf = recruiter.behalf
    if behalf is None:
        return None
    return BehalfView(
        role=behalf.role,
        organisation=behalf.organisation,
        siret=behalf.siret,
        employer=contact_view(behalf.employer),
        own_word=behalf.own_word and not lost,
    )
