"""The answer to a deposit."""

from depot.domain.dossier.recruiter import Verification
from depot.domain.model import Value
from depot.ports.store import Dossier
from depot.usecases.life.offer_view import OfferView


class Receipt(Value):
    """The answer to a deposit. ``manage_url`` is the same capability the mail carries.

    None to a deposit sent again too late, or once its link was renewed: it is in the mail to
    ``email``, and nowhere else. ``mail_stopped``: that mail does not reach ``email``, which is in
    error: the page alone has the link.
    """

    recruiter_id: str
    company_name: str | None
    email: str
    verification: Verification
    manage_url: str | None
    mail_stopped: bool = False
    offers: tuple[OfferView, ...]


def confirmation_stopped(dossier: Dossier) -> bool:
    """Whether the confirmation does not arrive, for the mailbox is in error.

    Anybody finds that out who writes there; a complaint is its holder's own, and is not told to
    whoever types the address.
    """
    confirmations = [mail for mail in dossier.letters if mail.kind == "deposit_received"]
    return any(mail.failure in {"bounced", "refused"} for mail in confirmations)
