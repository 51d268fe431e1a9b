"""A submission sent again: what it made before, for whoever sends the very same."""

from datetime import datetime, timedelta
from typing import Final

from depot.domain.dossier.contact import Contact
from depot.domain.dossier.recruiter import Recruiter, RecruiterForm
from depot.domain.errors import SubmissionErased, SubmissionReused
from depot.domain.ids import derived_id
from depot.ports.links import Links
from depot.ports.store import Store


# Long enough for a retry. Later, whoever holds what was typed may not be who typed it.
_LINK_SHOWN: Final = timedelta(hours=1)


def made_before(form: RecruiterForm, store: Store) -> Recruiter | None:
    """What this submission made, if anything: an id alone opens nothing.

    Raises SubmissionReused for another content, SubmissionErased: under the id of a dossier that is
    being erased a new one would go with it, a day later.
    """
    recruiter_id = derived_id(form.submission_id)
    made = store.recruiter(recruiter_id)
    if made is None:
        if store.erasure(recruiter_id):
            raise SubmissionErased
        return None
    manages = form.depositor.contact if form.depositor else form.contact
    said = (form.siret, Contact.of(form.contact), Contact.of(manages))
    if (made.siret, made.firm_contact, made.contact) != said:
        raise SubmissionReused
    if made.erasing_at:
        raise SubmissionErased
    return made


def link_again(made: Recruiter, links: Links, now: datetime) -> str | None:
    """The manage link, to whoever retries; a link renewed since is only ever mailed."""
    retried = made.link_version == 1 and now - made.created_at <= _LINK_SHOWN
    return links.manage_url(made) if retried else None
