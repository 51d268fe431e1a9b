"""What partners send, each with its own key."""

from aws_lambda_powertools.event_handler import Response

from depot.edge import api
from depot.usecases.partners.receive_receipts import ReceiptsForm, known_partner, receive_receipts
from depot.wiring.services import services


router = api.router()


@router.post("/api/partners/<slug>/receipts")
def receipts(slug: str) -> Response[str]:
    """Who sends comes first: what a stranger wrote is not even read."""
    s = services()
    partner = known_partner(slug, api.bearer(router) or "", s.partners)
    form = api.form(router, ReceiptsForm)
    kept = receive_receipts(form, partner=partner, store=s.store, now=s.now())
    return api.answer(kept)
