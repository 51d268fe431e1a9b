"""The answer to a deposit."""

from depot.domain.dossier.recruiter import Verification
from depot.domain.model import Value
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
