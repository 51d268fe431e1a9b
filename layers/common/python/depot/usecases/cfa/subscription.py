"""A centre that wants no more mail, or mail again: what the way out of its mails opens.

Both its SIREN and the address it reads are kept (``depot.domain.letters.refusal``), for ever.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from depot.domain.errors import Conflict
from depot.domain.letters.refusal import MailRefusal, Why
from depot.domain.model import Form, Value
from depot.ports.links import Links, Subscriber
from depot.ports.store import Change, Create, Replace, Store


_TRIES: Final = 3


class Subscription(Form):
    """Whether needs are to be told to this centre."""

    wanted: bool


class SubscriptionView(Value):
    """Where a centre stands. ``in_error``: its address did not take our mails, nothing is sent."""

    siren: str
    wanted: bool
    in_error: bool = False


def show(token: str, *, store: Store, links: Links, now: datetime) -> SubscriptionView:
    """Show whether a centre is written to. Raises LinkInvalid."""
    return _view(links.unsubscribe_claim(token), store, now)


def change(
    form: Subscription, *, token: str, store: Store, links: Links, now: datetime
) -> SubscriptionView:
    """Stop or resume; asking twice changes nothing. Raises LinkInvalid, Conflict."""
    subscriber = links.unsubscribe_claim(token)

    def moved(refusal: MailRefusal | None, subject: str) -> Change | None:
        if form.wanted:
            return _replaced(refusal, refusal.lifted(now)) if refusal else None
        return refused(refusal, subject, "unsubscribed", now)

    write_refusals(store, subscriber, moved)
    return _view(subscriber, store, now)


def unsubscribe(token: str, *, store: Store, links: Links, now: datetime) -> SubscriptionView:
    """Stop, in one click. Raises LinkInvalid, Conflict."""
    form = Subscription(wanted=False)
    return change(form, token=token, store=store, links=links, now=now)


def write_refusals(
    store: Store,
    subjects: tuple[str, ...],
    moved: Callable[[MailRefusal | None, str], Change | None],
    *others: Callable[[], Change | None],
) -> None:
    """Read each subject and write what moves, together with ``others``, which read anew each time.

    Raises Conflict when somebody else is faster again and again.
    """
    for left in reversed(range(_TRIES)):
        changes = [moved(store.refusal(subject), subject) for subject in subjects]
        changes += [other() for other in others]
        wanted = [change for change in changes if change]
        try:
            if wanted:
                store.commit(*wanted)
        except Conflict:
            if not left:
                raise
            continue
        return


def refused(before: MailRefusal | None, subject: str, why: Why, now: datetime) -> Change | None:
    """What makes a refusal hold from now on, if it does not already."""
    if before is None:
        return Create(MailRefusal(subject=subject, why=why, since=now))
    return _replaced(before, before.again(why, now))


def _replaced(before: MailRefusal, after: MailRefusal) -> Change | None:
    return None if after is before else Replace(after)


def _view(subscriber: Subscriber, store: Store, now: datetime) -> SubscriptionView:
    found = [refusal for refusal in map(store.refusal, subscriber) if refusal]
    return SubscriptionView(
        siren=subscriber.siren,
        wanted=not any(refusal.wished(now) for refusal in found),
        in_error=any(refusal.holds(now) == "bounced" for refusal in found),
    )
