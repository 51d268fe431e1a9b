"""What the links in the mails open: the depositor's offers, and one need for its OPCO."""

from collections.abc import Callable
from typing import Any, Final

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel

from depot import api
from depot.observability import logger
from depot.runtime import services
from depot.usecases import answer_notice, manage_offers
from depot.usecases.answer_notice import NoticeAnswer
from depot.usecases.manage_offers import Closure, Extension, OfferEdit


_OFFER: Final = "/api/manage/offers/<offer_id>"

app = api.resolver()


@app.get("/api/manage")
def show() -> Response[str]:
    """Show the recruiter and its offers."""
    s = services()
    return api.answer(manage_offers.show(api.token(app), store=s.store, links=s.links, now=s.now()))


def changing(
    form: type[BaseModel], act: Callable[..., BaseModel], *ports: str
) -> Callable[[str], Response[str]]:
    """Make the route of one change to an offer; ``ports`` are the services it needs of its own."""

    def change(offer_id: str) -> Response[str]:
        s, bearer = services(), api.token(app)
        given = {port: getattr(s, port) for port in ("store", "links", *ports)}
        return api.answer(
            act(api.form(app, form), offer_id=offer_id, token=bearer, now=s.now(), **given)
        )

    return change


app.put(_OFFER)(changing(OfferEdit, manage_offers.edit, "metiers", "places"))
app.post(f"{_OFFER}/extension")(changing(Extension, manage_offers.extend))
app.post(f"{_OFFER}/closure")(changing(Closure, manage_offers.close))


@app.get("/api/notice")
def show_notice() -> Response[str]:
    """Show one need to the OPCO that was told of it."""
    s, bearer = services(), api.token(app)
    view = answer_notice.show(bearer, store=s.store, links=s.links, routes=s.routes, now=s.now())
    return api.answer(view)


@app.post("/api/notice/answer")
def answer() -> Response[str]:
    """Record what the OPCO does about it."""
    s, bearer = services(), api.token(app)
    return api.answer(s.answer_notice(api.form(app, NoticeAnswer), bearer, s.now()))


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda entry point (HTTP API, payload 2.0)."""
    logger()
    return app.resolve(event, context)
