"""The depositor says which OPCO the firm has, where our sources leave it open.

It is believed only among their candidates; anything else is told to the desk. The needs that nobody
has taken are told again, at once, to whom that leads.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from depot.domain.dossier.recruiter import OpcoName
from depot.domain.errors import Conflict, StaleVersion
from depot.domain.letters.letter import Letter
from depot.domain.life.states import Limits
from depot.domain.model import Versioned
from depot.ports.links import Links
from depot.ports.store import Change, Create, Dossier, Replace, Store
from depot.usecases.deposit.steps import check_opco
from depot.usecases.dossier.access import open_dossier
from depot.usecases.dossier.manage_view import ManageView, afresh, manage_view
from depot.usecases.opco.post import OpcoPost


_AT_ONCE: Final = 40  # two items each, far from the hundred of a transaction
# Somebody waits: the sweep sends the others.
_WHILE_WAITING: Final = 10


class OpcoClaim(Versioned):
    """The OPCO, or null for "I do not know"; ``version`` is that of the recruiter."""

    opco: OpcoName | None = None


class _Step(NamedTuple):
    """What is written together: a notice never without the letter it says it sent."""

    changes: tuple[Change, ...]
    letter: Letter | None = None


def declare_opco(
    form: OpcoClaim,
    *,
    opcos: Collection[str],
    token: str,
    links: Links,
    post: OpcoPost,
    limits: Limits,
    now: datetime,
) -> ManageView:
    """Keep what the depositor declares, and tell whom it concerns.

    Raises LinkInvalid, StaleVersion, Refused for an OPCO that does not exist.
    """
    check_opco(form.opco, opcos)
    store = post.store
    dossier = open_dossier(token, store=store, links=links)
    if dossier.recruiter.version != form.version:
        raise StaleVersion(manage_view(dossier, opcos, limits, now))
    steps = list(_steps(form.opco, dossier, post, now))
    try:
        _commit(steps, store)
    except Conflict:  # changed between our read and our write
        raise StaleVersion(afresh(dossier, store, opcos, limits, now)) from None
    letters = [step.letter for step in steps if step.letter]
    post.mailroom.deliver_all(letters[:_WHILE_WAITING], dossier.recruiter, now)
    return afresh(dossier, store, opcos, limits, now)


def _steps(claim: str | None, dossier: Dossier, post: OpcoPost, now: datetime) -> Iterator[_Step]:
    """The recruiter first, then each notice that was told under another declaration."""
    recruiter = dossier.recruiter
    if recruiter.opco_claim != claim:
        yield _Step((Replace(recruiter.declares(claim, now)),))
    current = {offer.id: offer for offer in dossier.offers if offer.is_current(now)}
    for notice in dossier.notices:
        offer, finding = current.get(notice.offer_id), notice.finding
        if not (offer and finding and notice.declarable) or finding.claim == claim:
            continue
        declared = finding.declaring(claim, now)
        told = notice.declared(declared, remind_at=post.reminds_at(now), now=now)
        if told.turn == notice.turn:
            yield _Step((Replace(told),))
        else:
            letter = post.letter("opco_need", told, recruiter, offer, now)
            yield _Step((Replace(told), Create(letter)), letter)


def _commit(steps: Sequence[_Step], store: Store) -> None:
    for start in range(0, len(steps), _AT_ONCE):
        together = steps[start : start + _AT_ONCE]
        store.commit(*(change for step in together for change in step.changes))
