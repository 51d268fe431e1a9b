"""What the links of a training centre's mails open: one need and its answer, and the way out.

Mail programs post to the address of ``List-Unsubscribe`` itself (RFC 8058): there alone the token
comes in the query. A person who opens that address is led to the page, where a button acts.
"""

from aws_lambda_powertools.event_handler import Response

from depot.edge import api
from depot.routes.opened import asked
from depot.usecases.cfa import answer_cfa, subscription
from depot.usecases.cfa.answer_cfa import Opening, ReplyForm
from depot.usecases.cfa.subscription import Subscription
from depot.wiring.services import services


router = api.router()


@router.get("/api/cfa")
def show() -> Response[str]:
    """Show the need."""
    return api.answer(answer_cfa.show(**asked(router), qr=services().qr))


@router.post("/api/cfa/reading")
def read() -> Response[str]:
    """Record that a person opened the page."""
    opened, form = asked(router), api.form(router, Opening)
    return api.answer(answer_cfa.read(form, **opened, qr=services().qr))


@router.post("/api/cfa/answer")
def answer() -> Response[str]:
    """Take the centre's answer."""
    opened, form, s = asked(router), api.form(router, ReplyForm), services()
    return api.answer(answer_cfa.answer(form, **opened, mailroom=s.mailroom, qr=s.qr))


@router.get("/api/cfa/subscription")
def subscribed() -> Response[str]:
    """Show whether the centre is written to."""
    return api.answer(subscription.show(**asked(router)))


@router.post("/api/cfa/subscription")
def subscribe() -> Response[str]:
    """Stop the mails, or resume them."""
    opened, form = asked(router), api.form(router, Subscription)
    return api.answer(subscription.change(form, **opened))


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
    return api.answer(view)


def _token() -> str:
    return (router.current_event.query_string_parameters or {}).get("t", "")
