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
from depot.usecases.correct_firm import FirmEdit, correct_firm
from depot.usecases.declare_opco import OpcoClaim, declare_opco
from depot.usecases.manage_offers import Closure, Extension, OfferEdit


_OFFER: Final = "/api/manage/offers/<offer_id>"
# What it takes to write to OPCOs.
_POST: Final = ("routes", "mailroom", "reminder_days")

app = api.resolver()


def asked(*ports: str) -> dict[str, Any]:
    """Who asks and when, and the services to answer with."""
    s, token = services(), api.token(app)
    return {"token": token, "now": s.now(), **{port: getattr(s, port) for port in ports}}


def showing(show: Callable[..., BaseModel], *ports: str) -> Callable[[], Response[str]]:
    """Make the route that shows what a link opens; ``ports`` are the services of its own."""
    return lambda: api.answer(show(**asked("store", "links", *ports)))


def changing(
    form: type[BaseModel], act: Callable[..., BaseModel], *ports: str
) -> Callable[..., Response[str]]:
    """Make the route of one change; ``ports`` are the services of its own."""

    def change(**path: str) -> Response[str]:
        given = asked("store", "links", *ports)
        return api.answer(act(api.form(app, form), **path, **given))

    return change


app.get("/api/manage")(showing(manage_offers.show, "opcos"))
app.put("/api/manage/firm")(changing(FirmEdit, correct_firm, "places"))
app.put("/api/manage/opco")(changing(OpcoClaim, declare_opco, "opcos", *_POST))
app.put(_OFFER)(changing(OfferEdit, manage_offers.edit, "metiers", "places"))
app.post(f"{_OFFER}/extension")(changing(Extension, manage_offers.extend))
app.post(f"{_OFFER}/closure")(changing(Closure, manage_offers.close))
app.get("/api/notice")(showing(answer_notice.show, "routes"))
app.post("/api/notice/answer")(changing(NoticeAnswer, answer_notice.answer, *_POST))


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda entry point (HTTP API, payload 2.0)."""
    logger()
    return app.resolve(event, context)
