"""What the link in the mails opens.

GET /api/manage, PUT the OPCO, PUT an offer, POST its extension or its closure.
"""

from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from depot import api
from depot.observability import logger
from depot.runtime import services
from depot.usecases import manage_offers
from depot.usecases.declare_opco import OpcoClaim, declare_opco
from depot.usecases.manage_offers import Closure, Extension, OfferEdit


app = api.resolver()


def bearer() -> dict[str, Any]:
    """Who asks, and what every answer needs."""
    s = services()
    return {"token": api.token(app), "store": s.store, "links": s.links, "now": s.now()}


@app.get("/api/manage")
def show() -> Response[str]:
    """Show the recruiter and its offers."""
    return api.answer(manage_offers.show(**bearer(), opcos=services().opcos))


@app.put("/api/manage/opco")
def declare() -> Response[str]:
    """Say which OPCO the firm has."""
    who, form = bearer(), api.form(app, OpcoClaim)
    return api.answer(declare_opco(form, **who, opcos=services().opcos))


@app.put("/api/manage/offers/<offer_id>")
def edit(offer_id: str) -> Response[str]:
    """Replace what an offer asks for."""
    who, form = bearer(), api.form(app, OfferEdit)
    metiers = services().metiers
    return api.answer(manage_offers.edit(form, offer_id=offer_id, **who, metiers=metiers))


@app.post("/api/manage/offers/<offer_id>/extension")
def extend(offer_id: str) -> Response[str]:
    """Give an offer four weeks from today."""
    who, form = bearer(), api.form(app, Extension)
    return api.answer(manage_offers.extend(form, offer_id=offer_id, **who))


@app.post("/api/manage/offers/<offer_id>/closure")
def close(offer_id: str) -> Response[str]:
    """Close an offer as filled or cancelled."""
    who, form = bearer(), api.form(app, Closure)
    return api.answer(manage_offers.close(form, offer_id=offer_id, **who))


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda entry point (HTTP API, payload 2.0)."""
    logger()
    return app.resolve(event, context)
