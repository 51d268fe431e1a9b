"""What the link in an OPCO's mail opens: one need, and what its reader does about it.

The version read travels with the answer. A link whose turn is over shows no contact any more.
"""

from dataclasses import replace
from datetime import datetime

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from depot.domain.errors import Conflict, FieldError, LinkInvalid, NoticeMoved, Refused
from depot.domain.letters.letter import Letter
from depot.domain.model import Versioned
from depot.domain.opco.notice import OpcoAnswer
from depot.domain.opco.routing import OpcoMailing
from depot.ports.links import Links
from depot.ports.store import Create, Replace, Store
from depot.usecases.opco.notice_view import NoticeView, OpenedByOpco, notice_view
from depot.usecases.opco.post import OpcoPost


class NoticeAnswer(Versioned):
    """What the OPCO does about a need.

    ``to`` names who should have it instead, one of the view's ``recipients``.
    """

    answer: OpcoAnswer
    to: str | None = Field(None, max_length=200)

    @field_validator("to")
    @classmethod
    def _fits(cls, to: str | None, form: ValidationInfo) -> str | None:
        if to is not None and form.data.get("answer") in {"taking", "contacted"}:
            raise PydanticCustomError("to_without_passing", "to_without_passing")
        return to


def show(
    token: str, *, store: Store, links: Links, mailing: OpcoMailing, now: datetime
) -> NoticeView:
    """Show one need to whoever was told of it. Raises LinkInvalid."""
    return notice_view(_open(token, store, links), mailing=mailing, now=now)


def answer(
    form: NoticeAnswer,
    *,
    token: str,
    links: Links,
    post: OpcoPost,
    now: datetime,
) -> NoticeView:
    """Record the answer; passing on writes to the next at once.

    The same answer twice changes nothing. Raises LinkInvalid, NoticeMoved when the need is no
    longer as it was read, Refused when it cannot be passed on to whom the form names.
    """
    store, mailing = post.store, post.mailing
    opened = _open(token, store, links)
    view = notice_view(opened, mailing=mailing, now=now)
    if view.status == "current" and form.answer == view.answer and form.to is None:
        return view
    if view.status != "current" or form.version != view.version:
        raise NoticeMoved(view)
    if form.to is not None and form.to not in view.recipients:
        raise Refused(FieldError("to", "opco_unfit"))
    answered = _answered(opened, form, post.reminds_at(now), now)
    letters = _letters(opened, answered, post, now)
    try:
        store.commit(Replace(answered.notice), *map(Create, letters))
    except Conflict:  # answered elsewhere between our read and our write
        fresh = _open(token, store, links)
        raise NoticeMoved(notice_view(fresh, mailing=mailing, now=now)) from None
    post.mailroom.deliver_all(letters, opened.recruiter, now)
    return notice_view(answered, mailing=mailing, now=now)


def _open(token: str, store: Store, links: Links) -> OpenedByOpco:
    turn = links.opco_claim(token)
    notice = store.notice(turn.recruiter_id, turn.offer_id)
    recruiter = store.recruiter(turn.recruiter_id)
    offer = store.offer(turn.recruiter_id, turn.offer_id)
    if notice is None or recruiter is None or offer is None:
        raise LinkInvalid
    return OpenedByOpco(turn, notice, recruiter, offer)


def _answered(
    opened: OpenedByOpco, form: NoticeAnswer, remind_at: datetime, now: datetime
) -> OpenedByOpco:
    if form.answer == "not_ours":
        moved = opened.notice.passed_on(form.to, remind_at=remind_at, now=now)
    else:
        moved = opened.notice.answered(form.answer, now)
    return replace(opened, notice=moved)


def _letters(
    before: OpenedByOpco, after: OpenedByOpco, post: OpcoPost, now: datetime
) -> list[Letter]:
    """Who is told next, if it was passed on to anybody."""
    if after.notice.turn == before.notice.turn:
        return []
    return [post.letter("opco_need", after.notice, after.recruiter, after.offer, now)]
