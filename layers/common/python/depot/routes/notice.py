"""What the link of an OPCO's mails opens: one need, and its answer."""

from aws_lambda_powertools.event_handler import Response

from depot.edge import api
from depot.routes.opened import asked
from depot.usecases.opco import answer_notice
from depot.usecases.opco.answer_notice import NoticeAnswer
from depot.wiring.services import services


router = api.router()


@router.get("/api/notice")
def show() -> Response[str]:
    """Show the need."""
    return api.answer(answer_notice.show(**asked(router), mailing=services().mailing))


@router.post("/api/notice/answer")
def answer() -> Response[str]:
    """Take the OPCO's answer."""
    token, s = api.token(router), services()
    form = api.form(router, NoticeAnswer)
    view = answer_notice.answer(form, token=token, links=s.links, post=s.opco_post, now=s.now())
    return api.answer(view)
