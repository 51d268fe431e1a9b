"""Whether the firm somebody deposited for still reads what it is sent."""

from depot.domain.letters.letter import bounced
from depot.ports.store import Dossier


def employer_lost(dossier: Dossier) -> bool:
    """Whether the last mail to its address came back: another may then be given."""
    firm = dossier.recruiter
    return firm.behalf is not None and bounced(dossier.letters, firm.firm_contact.email)
