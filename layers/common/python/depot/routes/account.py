"""What a depositor's link opens besides offers: the contact, the link itself, personal data."""

from typing import Any

from aws_lambda_powertools.event_handler import Response

from depot.edge import api
from depot.routes.opened import asked
from depot.usecases.dossier.change_contact import ContactEdit, change_contact
from depot.usecases.dossier.erase import ErasureForm, ask_erasure
from depot.usecases.dossier.export_data import export_data
from depot.usecases.dossier.renew_link import Renewal, renew_link
from depot.usecases.dossier.retain import Keeping, keep
from depot.usecases.employer.change_employer import EmployerEdit, change_employer
from depot.wiring.services import services


router = api.router()


@router.put("/api/manage/contact")
def contact() -> Response[str]:
    """Take another person, number or address."""
    opened, form, s = asked(router), api.form(router, ContactEdit), services()
    view = change_contact(form, **opened, mailroom=s.mailroom, opcos=s.opcos, limits=s.limits)
    return api.answer(view)


@router.put("/api/manage/employer")
def employer() -> Response[str]:
    """Take another contact of the firm that was deposited for."""
    opened, form, s = asked(router), api.form(router, EmployerEdit), services()
    shown: Any = {"opcos": s.opcos, "limits": s.limits, "mail_providers": s.mail_providers}
    return api.answer(change_employer(form, **opened, **shown, mailroom=s.mailroom))


@router.post("/api/manage/link")
def link() -> Response[str]:
    """Make every link anew, and mail it."""
    opened, form = asked(router), api.form(router, Renewal)
    return api.answer(renew_link(form, **opened, mailroom=services().mailroom))


@router.post("/api/manage/keeping")
def keeping() -> Response[str]:
    """Keep the dossier two years more."""
    opened, form = asked(router), api.form(router, Keeping)
    return api.answer(keep(form, **opened))


@router.get("/api/manage/export")
def export() -> Response[str]:
    """Give all that is kept of the dossier."""
    return api.answer(export_data(**asked(router), personal=services().personal))


@router.post("/api/manage/erasure")
def erasure() -> Response[str]:
    """Erase the dossier."""
    opened, form, s = asked(router), api.form(router, ErasureForm), services()
    return api.answer(ask_erasure(form, **opened, personal=s.personal, mailroom=s.mailroom))
