"""What letters tell: plain facts, in the words of the store.

The templates choose the words people read.
"""

from collections.abc import Callable, Sequence
from typing import Final

from pydantic import JsonValue

from depot.domain.cfa.cfa_contact import CfaReply
from depot.domain.cfa.matching import Match
from depot.domain.dossier.contact import spoken_phone
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.objection import Objected
from depot.domain.life.lifetime import last_day
from depot.domain.life.offer import Offer
from depot.domain.life.states import Limits
from depot.domain.opco.finding import AGREEMENT, ESCAPE_CODES, Evidence, Finding


# Offers one mail tells of: it is still read, and far from the 400 KB of an item.
MANY: Final = 20


def firm_facts(recruiter: Recruiter) -> dict[str, JsonValue]:
    """The firm and its contact."""
    address, contact = recruiter.address, recruiter.firm_contact
    return {
        "firm": recruiter.name,
        "legal_name": recruiter.legal_name,
        "corrected": recruiter.correction is not None,
        "nature": recruiter.company.nature if recruiter.company else None,
        "siret": recruiter.siret,
        "address": address.label if address else None,
        "contact": contact.name,
        "email": str(contact.email),
        "phone": spoken_phone(contact.phone),
        "verification": recruiter.verification,
        "depositor": depositor_facts(recruiter),
    }


def depositor_facts(recruiter: Recruiter) -> dict[str, JsonValue] | None:
    """Who deposited for the firm; nothing when it did so itself."""
    behalf, contact = recruiter.behalf, recruiter.contact
    if behalf is None:
        return None
    return {
        "role": behalf.role,
        "organisation": behalf.organisation,
        "legal_name": behalf.legal_name,
        "siret": behalf.siret,
        "contact": contact.name,
        "email": contact.email,
        "phone": spoken_phone(contact.phone),
    }


def offer_facts(offer: Offer) -> dict[str, JsonValue]:
    """One need."""
    need, elsewhere = offer.need, offer.workplace.elsewhere
    return {
        "offer": offer.id,
        "metier": need.metier.label,
        "other_metiers": [metier.label for metier in need.other_metiers],
        "rome": need.metier.rome,
        "level": need.level,
        "start_on": need.start_on.isoformat() if need.start_on else None,
        "openings": need.openings,
        "description": need.description,
        "ask_cfa": need.ask_cfa,
        "workplace": elsewhere.label if elsewhere else None,
        "ends_on": offer.ends_on.isoformat(),
        "moved": days_moved(offer),
    }


def days_moved(offer: Offer) -> int:
    """By how many days its end has moved since it was published: with time, only ever more."""
    return max(0, (offer.ends_on - last_day(offer.published_at)).days)


def title_facts(offer: Offer) -> dict[str, JsonValue]:
    """One need in a line: its métier, and until when it is online."""
    return {"metier": offer.need.metier.label, "ends_on": offer.ends_on.isoformat()}


def listed(
    offers: Sequence[Offer],
    facts: Callable[[Offer], dict[str, JsonValue]] = offer_facts,
    most: int = MANY,
) -> dict[str, JsonValue]:
    """So many of these needs, those that end first; ``others`` says how many more there are."""
    first = sorted(offers, key=lambda offer: offer.ends_on)[:most]
    return {"offers": [facts(offer) for offer in first], "others": len(offers) - len(first)}


def ended_facts(
    offer: Offer, limits: Limits, objected: Objected | None = None
) -> dict[str, JsonValue]:
    """One need that is no longer online, and until when it may be again.

    ``objected``: why its firm will not have it so, if it deposited nothing itself.
    """
    until = limits.reactivable_until(offer.ended_on)
    said = {"reactivable_until": until.isoformat(), "objected": objected}
    return {**offer_facts(offer), **said}


def ending_facts(offer: Offer, limits: Limits, objected: Objected | None) -> dict[str, JsonValue]:
    """One need near its end, and whether it may go on; ``objected`` as ``ended_facts``."""
    said = {"extendable": offer.ends_on < limits.furthest(offer.live_since), "objected": objected}
    return {**offer_facts(offer), **said}


def reply_facts(centre: Match, reply: CfaReply, offer: Offer) -> dict[str, JsonValue]:
    """What a training centre answers about one need, and how to reach it."""
    return {
        "metier": offer.need.metier.label,
        "centre": centre.name,
        "city": centre.city,
        "candidates": reply.candidates,
        "word": reply.word,
        "centre_phone": spoken_phone(reply.phone) if reply.phone else None,
        "centre_email": reply.email or centre.email,
    }


def opco_facts(finding: Finding) -> dict[str, JsonValue]:
    """The OPCO, and what each source said of it."""
    return {
        "outcome": finding.outcome,
        "opcos": list(finding.opcos),
        "idccs": [piece.asked for piece in finding.evidence if piece.source == AGREEMENT],
        "hints": list(finding.hints),
        "disputed": bool(finding.disputed),
        "said": [_said(piece) for piece in finding.evidence],
    }


def _said(piece: Evidence) -> dict[str, JsonValue]:
    """One source's answer; a code that means "no agreement" is shown as no agreement."""
    hidden = {"at", "confidence", *(("idcc",) if piece.idcc in ESCAPE_CODES else ())}
    return {"idcc": None, **piece.model_dump(mode="json", exclude=hidden)}
