"""A submission sent again: what it made before, for whoever sends the very same."""

from depot.domain.dossier.contact import Contact
from depot.domain.dossier.recruiter import Recruiter, RecruiterForm
from depot.domain.errors import SubmissionErased, SubmissionReused
from depot.domain.ids import derived_id
from depot.ports.store import Store


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
