"""The depositor says that an offer is filled, or that he no longer looks; or says it otherwise.

Why, and by which channel the apprentice was found, are asked and never required.
"""

from datetime import datetime

from pydantic import ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.letters.letter import Letter, write
from depot.domain.life.bounds import told_lately
from depot.domain.life.offer import Offer
from depot.domain.life.states import CHANNELS, REASONS, Channel, Ending, Limits, Reason
from depot.domain.model import Versioned
from depot.ports.links import Links
from depot.ports.store import Create, Store
from depot.usecases.dossier.access import by_link, open_dossier
from depot.usecases.letters.facts import ended_facts, firm_facts
from depot.usecases.letters.mailroom import Mailroom
from depot.usecases.life.offer_change import as_read, commit
from depot.usecases.life.offer_view import OfferView


class Closure(Versioned):
    """The end of an offer, by its depositor."""

    outcome: Ending
    reason: Reason | None = None
    channel: Channel | None = None

    @field_validator("reason")
    @classmethod
    def _fits(cls, reason: Reason | None, form: ValidationInfo) -> Reason | None:
        outcome: Ending | None = form.data.get("outcome")
        if reason and not (outcome and reason in REASONS[outcome]):
            raise PydanticCustomError("literal_error", "literal_error")
        return reason

    @field_validator("channel")
    @classmethod
    def _found_by(cls, channel: Channel | None, form: ValidationInfo) -> Channel | None:
        reason: Reason | None = form.data.get("reason")
        if channel and not (reason and channel in CHANNELS.get(reason, ())):
            raise PydanticCustomError("literal_error", "literal_error")
        return channel


def close_offer(
    form: Closure,
    *,
    offer_id: str,
    token: str,
    store: Store,
    links: Links,
    mailroom: Mailroom,
    limits: Limits,
    now: datetime,
) -> OfferView:
    """Close an offer as filled or cancelled; partners hear of it at once, its depositor by mail.

    Of one that had ended, only what is said of its end changes, and nobody is written to; nor when
    it was closed, put online and closed again within a day. Raises LinkInvalid, NotFound, NotLive,
    StaleVersion.
    """
    dossier = open_dossier(token, store=store, links=links)
    recruiter = dossier.recruiter
    offer = as_read(dossier, offer_id, form.version, now)
    closed = offer.close(
        form.outcome, form.reason, now, channel=form.channel, by=by_link(recruiter)
    )
    told = offer.state != "live" or told_lately(offer, now)
    letter = None if told else _confirmation(recruiter, closed, limits, now)
    written = [Create(letter)] if letter else []
    view = commit(closed, dossier, *written, store=store, now=now)
    if letter:
        mailroom.deliver(letter, recruiter, now)
    return view


def _confirmation(recruiter: Recruiter, offer: Offer, limits: Limits, now: datetime) -> Letter:
    return write(
        "offer_closed",
        about=f"{offer.id}-{offer.version}",  # reactivated, it may be closed again
        recruiter_id=recruiter.id,
        to=recruiter.contact.email,
        facts={**firm_facts(recruiter), **ended_facts(offer, limits), "outcome": offer.state},
        now=now,
    )
