"""Remind an OPCO that has not answered, once a turn, while the need is current."""

from datetime import datetime

from depot.usecases.opco.post import OpcoPost


def remind_opco(recruiter_id: str, offer_id: str, *, post: OpcoPost, now: datetime) -> bool:
    """Write the reminder of a notice whose time has come; False when none was to be written."""
    notice = post.store.notice(recruiter_id, offer_id)
    due_at = notice.reminder_at if notice else None
    if notice is None or notice.state == "waiting" or due_at is None or due_at > now:
        return False
    recruiter = post.store.recruiter(recruiter_id)
    offer = post.store.offer(recruiter_id, offer_id)
    if recruiter is None or offer is None:
        return False
    if not offer.is_current(now):
        post.keep(notice.without_reminder())
        return False
    return post.send("opco_reminder", notice.reminded(now), recruiter, offer, now)
