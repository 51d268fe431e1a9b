"""A sweep, and all that it may come upon; the counts."""

from datetime import datetime

from depot.keys.pseudonyms import Pseudonyms
from depot.reference.places import departements
from depot.storage.counting import DynamoCountable
from depot.usecases.cfa.match_cfa import match_cfa
from depot.usecases.dossier.erase import erase
from depot.usecases.dossier.resend_link import resend_link
from depot.usecases.dossier.retain import retain
from depot.usecases.employer.remind_employer import remind_employer
from depot.usecases.feed.count_offers import OfferCounter
from depot.usecases.firm.verify_recruiter import verify_recruiter
from depot.usecases.life.sweeper import Sweeper
from depot.usecases.opco.notify_opco import notify_opco
from depot.usecases.opco.recheck_opco import recheck_opco
from depot.usecases.opco.remind_opco import remind_opco
from depot.wiring.services import Services


def sweeper(s: Services, now: datetime) -> Sweeper:
    """A sweep at ``now``. What nothing due needs is not even built."""
    return Sweeper(
        store=s.store,
        mailroom=s.mailroom,
        retake_notice=lambda recruiter, offer: _retake_notice(s, recruiter, offer, now),
        remind_opco=lambda recruiter, offer: remind_opco(
            recruiter, offer, post=s.opco_post, now=now
        ),
        remind_employer=lambda recruiter: remind_employer(
            recruiter, store=s.store, mailroom=s.mailroom, now=now
        ),
        retake_round=lambda recruiter, offer: (
            match_cfa(recruiter, offer, post=s.cfa_post, catalogue=s.catalogue, now=now) > 0
        ),
        follow_up_cfa=lambda asking: s.cfa_post.follow_up(asking, now),
        retake_link=lambda owner, slot: (
            resend_link(owner, slot, store=s.store, mailroom=s.mailroom, now=now) > 0
        ),
        verify=lambda recruiter: verify_recruiter(
            recruiter,
            store=s.store,
            companies=s.companies,
            communes=s.communes,
            mailroom=s.mailroom,
            now=now,
        ),
        retain=lambda recruiter: retain(
            recruiter, store=s.store, personal=s.personal, mailroom=s.mailroom, now=now
        ),
        erase=lambda recruiter: erase(recruiter, store=s.store, personal=s.personal, now=now),
        now=now,
        limits=s.limits,
    )


def _retake_notice(s: Services, recruiter: str, offer: str, now: datetime) -> bool:
    post, sources = s.opco_post, s.opco_sources
    told = notify_opco(recruiter, offer, post=post, sources=sources, now=now)
    return told is not None or recheck_opco(recruiter, offer, post=post, sources=sources, now=now)


def counter(s: Services, now: datetime) -> OfferCounter:
    """A count at ``now``."""
    return OfferCounter(
        offers=DynamoCountable(s.store),
        objects=s.feed,
        names=Pseudonyms(s.links.keys).names,
        departements=departements(),
        limits=s.limits,
        now=now,
    )
