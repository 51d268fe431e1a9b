"""A deposit file, as its depositor sees it: each line as it was understood."""

from datetime import date
from typing import Literal

from depot.domain.dossier.recruiter import RecruiterForm
from depot.domain.firm.company import Company
from depot.domain.identifiers import Siret
from depot.domain.life.metiers import Metier
from depot.domain.model import Value
from depot.usecases.views import MetierView, metier_view


LineState = Literal[
    "unchecked",
    "ready",
    "already_live",
    "need_repeated",
    "need_removed",
    "firm_objects",
    "deposited",
    "skipped",
]


class FileContactView(Value):
    """Whom candidates will call, as typed; phone in E.164."""

    name: str
    email: str
    phone: str


class LineView(Value):
    """One line. ``firm`` and ``city`` are the directory's: null while it does not say.

    ``unchecked``: the directory is still to be asked. ``already_live`` and ``need_repeated`` are
    skipped unless they are accepted; ``need_removed`` and ``firm_objects``, which the firm itself
    does not want, in any case. ``manage_url``: of what is deposited, for an hour
    and until it is renewed; then it is in the mail alone.
    """

    line: int
    state: LineState
    siret: Siret
    firm: str | None = None
    city: str | None = None
    metier: MetierView | None = None
    contact: FileContactView
    start_on: date | None
    level: str | None
    openings: int
    description: str | None
    ask_cfa: bool
    manage_url: str | None = None


class FileView(Value):
    """Every line that could be read. ``complete``: nothing is left to do of what was asked.

    ``mail_stopped``: the confirmations do not reach who deposits, whose address is in error.
    """

    complete: bool
    mail_stopped: bool = False
    lines: tuple[LineView, ...]


def line_view(
    number: int,
    form: RecruiterForm,
    *,
    state: LineState,
    company: Company | None,
    metier: Metier | None,
    manage_url: str | None = None,
) -> LineView:
    """Show a line."""
    (need,) = form.offers
    shown = company.without_secrets() if company else None
    return LineView(
        line=number,
        state=state,
        siret=form.siret,
        firm=shown.name or None if shown else None,
        city=shown.address.city if shown else None,
        metier=metier_view(metier) if metier else None,
        contact=FileContactView(**form.contact.model_dump()),
        start_on=need.start_on,
        level=need.level,
        openings=need.openings,
        description=need.description or None,
        ask_cfa=need.ask_cfa,
        manage_url=manage_url,
    )
