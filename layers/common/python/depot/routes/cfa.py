"""What the links of a training centre's mails open: one need and its answer, and the way out.

Mail programs post to the address of ``List-Unsubscribe`` itself (RFC 8058): there alone the token
comes in the query. A person who opens that address is led to the page, where a button acts.
"""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from depot import api
from depot.routes.opened import OpenedRouter
from depot.runtime import services
from depot.usecases.cfa import answer_cfa, subscription
from depot.usecases.cfa.answer_cfa import Opening, ReplyForm
from depot.usecases.cfa.subscription import Subscription


router = OpenedRouter()
showing, changing = router.showing, router.changing

router.get("/api/cfa")(showing(answer_cfa.show, "qr"))
router.post("/api/cfa/reading")(changing(Opening, answer_cfa.read, "qr"))
router.post("/api/cfa/answer")(changing(ReplyForm, answer_cfa.answer, "mailroom", "qr"))
router.get("/api/cfa/subscription")(showing(subscription.show))
router.post("/api/cfa/subscription")(changing(Subscription, subscription.change))


@router.get("/api/cfa/unsubscribe")
def lead() -> Response[str]:
    """Lead a person to the page; nothing changes."""
    links, token = services().links, _token()
    page = links.unsubscribe(links.unsubscribe_claim(token)).page
    return api.redirect(page)


@router.post("/api/cfa/unsubscribe")
def unsubscribe() -> Response[str]:
    """One click, whatever the body: RFC 8058 allows no cookie, no login, no second step."""
    s = services()
    view = subscription.unsubscribe(_token(), store=s.store, links=s.links, now=s.now())
    return api.answer(view, HTTPStatus.OK)


def _token() -> str:
    return (router.current_event.query_string_parameters or {}).get("t", "")
