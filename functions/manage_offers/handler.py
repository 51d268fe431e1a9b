"""What the link in the mails opens.

GET /api/manage, PUT an offer, POST its extension or its closure.
"""

from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from depot import api
from depot.observability import logger
from depot.runtime import services
from depot.usecases import manage_offers
from depot.usecases.manage_offers import Closure, Extension, OfferEdit


app = api.resolver()


@app.get("/api/manage")
def show() -> Response[str]:
    """Show the recruiter and its offers."""
    s = services()
    return api.answer(manage_offers.show(api.token(app), store=s.store, links=s.links, now=s.now()))


@app.put("/api/manage/offers/<offer_id>")
def edit(offer_id: str) -> Response[str]:
    """Replace what an offer asks for."""
    s, bearer = services(), api.token(app)
    view = manage_offers.edit(
        api.form(app, OfferEdit),
        offer_id=offer_id,
        token=bearer,
        store=s.store,
        metiers=s.metiers,
        places=s.places,
        links=s.links,
        now=s.now(),
    )
    return api.answer(view)


@app.post("/api/manage/offers/<offer_id>/extension")
def extend(offer_id: str) -> Response[str]:
    """Give an offer four weeks from today."""
    s, bearer, form = services(), api.token(app), api.form(app, Extension)
    view = manage_offers.extend(
        form, offer_id=offer_id, token=bearer, store=s.store, links=s.links, now=s.now()
    )
    return api.answer(view)


@app.post("/api/manage/offers/<offer_id>/closure")
def close(offer_id: str) -> Response[str]:
    """Close an offer as filled or cancelled."""
    s, bearer, form = services(), api.token(app), api.form(app, Closure)
    view = manage_offers.close(
        form, offer_id=offer_id, token=bearer, store=s.store, links=s.links, now=s.now()
    )
    return api.answer(view)


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda entry point (HTTP API, payload 2.0)."""
    logger()
    return app.resolve(event, context)
