"""What the link in a training centre's mail opens: one need, and what the centre answers.

Opening by GET records nothing: mail scanners follow links. The page says that it was opened at the
first gesture of a person on it (``reading``); who answers has read as well. Once the need is over,
its contact is shown no more and no answer is taken; two months later the link opens nothing.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final, TypeVar

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from depot.domain.cfa.cfa_contact import CfaAnswer, CfaReply
from depot.domain.dossier.contact import Email, Phone
from depot.domain.errors import Conflict, FieldError, LinkInvalid, NoticeMoved, Refused
from depot.domain.letters.letter import Letter, LetterKind, write
from depot.domain.life.lifetime import paris_day
from depot.domain.model import Form
from depot.domain.text import Paragraphs, leads_away
from depot.ports.links import Links
from depot.ports.store import Create, Replace, Store
from depot.usecases.cfa.need_view import CfaNeedView, OpenedByCfa, cfa_need_view
from depot.usecases.letters.facts import depositor_facts, reply_facts
from depot.usecases.letters.mailroom import Mailroom


# What else may be said with each answer.
_FITTING: Final[dict[str, frozenset[str]]] = {
    "candidates": frozenset({"candidates", "word", "phone", "email"}),
    "later": frozenset({"back_on"}),
    "not_concerned": frozenset(),
}
# A mail may be forwarded: what was answered, and by whom to call back, is not shown for ever.
_OPENS_AFTER: Final = timedelta(days=60)
_FARTHEST: Final = timedelta(days=731)
# The sweep, or the page's first gesture, may write between our read and our write.
_TRIES: Final = 3

T = TypeVar("T")


class Opening(Form):
    """A person opened the page: nothing more to say."""


class ReplyForm(Form):
    """What a centre answers about a need. ``replies``: those given before, as it read them."""

    replies: int = Field(ge=0)
    answer: CfaAnswer
    candidates: int | None = Field(None, ge=1, le=99)
    word: Paragraphs | None = None
    phone: Phone | None = None
    email: Email | None = None
    back_on: date | None = None

    @field_validator("candidates", "word", "phone", "email", "back_on")
    @classmethod
    def _fits(cls, said: T | None, form: ValidationInfo) -> T | None:
        fitting = _FITTING.get(form.data.get("answer", ""))
        if said and fitting is not None and form.field_name not in fitting:
            raise PydanticCustomError("reply_unfit", "reply_unfit")
        return said or None

    @field_validator("word")
    @classmethod
    def _leads_nowhere(cls, word: str | None) -> str | None:
        """Our own mail carries it to the employer."""
        if word and leads_away(word):
            raise PydanticCustomError("word_link", "word_link")
        return word

    @property
    def reply(self) -> CfaReply:
        """The answer alone."""
        return CfaReply.model_validate(self.model_dump(exclude={"replies"}))


Qr = Callable[[str], str]


def show(token: str, *, store: Store, links: Links, qr: Qr, now: datetime) -> CfaNeedView:
    """Show one need to a centre that was told of it. Raises LinkInvalid."""
    return cfa_need_view(_open(token, store, links, now), links=links, qr=qr, now=now)


def read(
    _form: Opening, *, token: str, store: Store, links: Links, qr: Qr, now: datetime
) -> CfaNeedView:
    """Record that a person opened it; the first time alone counts.

    One that others keep from being recorded is let go: whoever answers has read.
    Raises LinkInvalid.
    """
    for _ in range(_TRIES):
        opened = _open(token, store, links, now)
        seen = opened.contact.read(now)
        if seen is opened.contact or opened.status(now) != "current":
            break
        try:
            store.commit(Replace(seen))
        except Conflict:
            continue
        break
    return show(token, store=store, links=links, qr=qr, now=now)


def answer(
    form: ReplyForm,
    *,
    token: str,
    store: Store,
    links: Links,
    mailroom: Mailroom,
    qr: Qr,
    now: datetime,
) -> CfaNeedView:
    """Record the answer; the first that announces candidates is mailed to the employer at once.

    The same answer twice changes nothing. Raises LinkInvalid, Refused for a date out of bounds,
    NoticeMoved when another answer was given since or the need is over, Conflict when others write
    again and again.
    """
    _check_date(form.back_on, now)
    for left in reversed(range(_TRIES)):
        opened = _open(token, store, links, now)
        before, same = opened.contact, opened.contact.reply == form.reply
        if opened.status(now) != "current" or (before.replies != form.replies and not same):
            raise NoticeMoved(cfa_need_view(opened, links=links, qr=qr, now=now))
        if same:
            break
        letters = _news(opened, form.reply, now) if before.news(form.reply) else []
        try:
            store.commit(Replace(before.answered(form.reply, now)), *map(Create, letters))
        except Conflict:
            if not left:
                raise
            continue
        mailroom.deliver_all(letters, opened.recruiter, now)
        break
    return show(token, store=store, links=links, qr=qr, now=now)


def _open(token: str, store: Store, links: Links, now: datetime) -> OpenedByCfa:
    asking = links.cfa_claim(token)
    contact = store.contact(asking)
    recruiter = store.recruiter(asking.recruiter_id)
    offer = store.offer(asking.recruiter_id, asking.offer_id)
    if contact is None or recruiter is None or offer is None:
        raise LinkInvalid
    if paris_day(now) > offer.ended_on + _OPENS_AFTER:
        raise LinkInvalid
    return OpenedByCfa(contact, recruiter, offer)


def _check_date(day: date | None, now: datetime) -> None:
    today = paris_day(now)
    if day and day < today:
        raise Refused(FieldError("back_on", "back_past"))
    if day and day > today + _FARTHEST:
        raise Refused(FieldError("back_on", "start_far"))


def _news(opened: OpenedByCfa, reply: CfaReply, now: datetime) -> list[Letter]:
    """Tell whoever deposited, and the firm if somebody else did; their reply goes to the centre."""
    contact, recruiter = opened.contact, opened.recruiter
    readers: dict[LetterKind, str] = {"cfa_candidates": recruiter.contact.email}
    if recruiter.behalf:
        readers["on_behalf_candidates"] = recruiter.firm_contact.email
    facts = reply_facts(contact.centre, reply, opened.offer)
    return [
        write(
            kind,
            about=contact.about,
            recruiter_id=contact.recruiter_id,
            to=email,
            reply_to=reply.email or contact.centre.email,
            facts={**facts, "depositor": depositor_facts(recruiter)},
            now=now,
        )
        for kind, email in readers.items()
    ]
