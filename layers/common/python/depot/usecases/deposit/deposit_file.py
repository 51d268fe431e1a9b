"""Several needs of several firms by one file: shown first, then deposited, a line a transaction.

All lines are right or nothing is stored. What takes longer than a request may take is resumed by
sending the same again: who was asked about is remembered by the directory's cache, what was
deposited is known by its id.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, get_args

from depot.domain.deposit.duplicates import twins
from depot.domain.dossier.contact import Contact
from depot.domain.dossier.recruiter import RecruiterForm
from depot.domain.employer.objection import Objected
from depot.domain.errors import (
    DepositFileRefused,
    FieldError,
    Refused,
    SourceUnavailable,
    StoreUnavailable,
)
from depot.domain.firm.company import Company
from depot.domain.ids import derived_id
from depot.ports.firms import Directory
from depot.usecases.deposit.create_recruiter import create_recruiter
from depot.usecases.deposit.file_lines import DepositFile, FileLine, lines_of
from depot.usecases.deposit.file_view import FileView, LineState, line_view
from depot.usecases.deposit.intake import Intake
from depot.usecases.deposit.receipt import confirmation_stopped
from depot.usecases.deposit.replay import link_again, made_before
from depot.usecases.employer.objections import objected
from depot.usecases.employer.on_behalf import behalf_errors, behalf_of
from depot.usecases.firm.companies import look_up


OBJECTED: Final = frozenset(get_args(Objected))
# What reads otherwise of a line than of a form.
_OF_A_LINE = {
    "depositor_is_firm": FieldError("siret", "firm_is_depositor"),
    "hidden_company": FieldError("siret", "hidden_in_file"),
}


@dataclass
class AskedOnce:
    """A directory asked once about each firm, and not at all once it could not say."""

    directory: Directory
    known: dict[str, Company | None] = field(default_factory=dict)
    down: bool = False

    def find(self, siret: str) -> Company | None:
        """Give the same answer again. Raises SourceUnavailable."""
        if siret not in self.known:
            if self.down:
                raise SourceUnavailable
            try:
                self.known[siret] = self.directory.find(siret)
            except SourceUnavailable:
                self.down = True
                raise
        return self.known[siret]


@dataclass(frozen=True)
class FileDesk:
    """Previews and deposits files; ``enough_time`` says whether to begin one more line."""

    intake: Intake
    now: datetime
    enough_time: Callable[[], bool]

    def preview(self, file: DepositFile) -> FileView:
        """Show each line as it is understood; store nothing.

        Raises DepositFileRefused, Refused; SubmissionErased when a line's dossier was erased.
        """
        lines = self._checked(file, self._asking_once())
        return _view(lines, complete=all(line.state != "unchecked" for line in lines))

    def deposit(self, file: DepositFile) -> FileView:
        """Deposit every line not deposited yet, except repeated ones nobody accepted.

        Nor what its firm does not want.

        Raises DepositFileRefused before anything is stored. Not ``complete``: send the same again.
        """
        intake = self._asking_once()
        lines = self._checked(file, intake)
        if all(line.state != "unchecked" for line in lines):
            for line in lines:
                self._settle(line, lines, file.accepted, intake)
        done = {"deposited", "skipped", *OBJECTED}
        view = _view(lines, complete=all(line.state in done for line in lines))
        return view.model_copy(update={"mail_stopped": self._mail_stopped(lines)})

    def _mail_stopped(self, lines: Sequence[FileLine]) -> bool:
        """Whether confirmations do not arrive: all go to one address, so the last tells."""
        deposited = [line for line in lines if line.state == "deposited"]
        seen = [line.mail_stopped for line in deposited if line.mail_stopped is not None]
        if seen or not deposited:
            return any(seen)
        form = deposited[-1].form  # all were deposited before
        dossier = self.intake.store.dossier(derived_id(form.submission_id)) if form else None
        return dossier is not None and confirmation_stopped(dossier)

    def _asking_once(self) -> Intake:
        return replace(self.intake, companies=AskedOnce(self.intake.companies))

    def _settle(
        self,
        line: FileLine,
        lines: Sequence[FileLine],
        accepted: Collection[int],
        intake: Intake,
    ) -> None:
        if line.state in OBJECTED:
            return
        repeated = line.state in {"already_live", "need_repeated"}
        if repeated and line.number not in accepted:
            line.state = "skipped"
        elif line.form and line.state != "deposited" and self.enough_time():
            try:
                receipt = create_recruiter(line.form, intake=intake, now=self.now)
            except Refused as refused:  # since it was checked, a moment ago
                line.refuse(refused.errors)
                raise _refusal(lines) from None
            line.state, line.manage_url = "deposited", receipt.manage_url
            line.mail_stopped = receipt.mail_stopped

    def _checked(self, file: DepositFile, intake: Intake) -> list[FileLine]:
        """Read the lines, then ask about each while there is time; refuse them together."""
        lines = lines_of(file, metiers=intake.metiers, places=intake.places, now=self.now)
        for line in lines:
            if line.form and not line.errors:
                wrong = behalf_errors(line.form, intake.mail_providers)
                line.refuse([_OF_A_LINE.get(error.code, error) for error in wrong])
        if self.enough_time():
            employer = Contact.of(file.depositor.contact)
            behalf_of(file.depositor, employer, companies=intake.companies, ask=True)
        for rank, line in enumerate(lines):
            if line.form and not line.errors and self.enough_time():
                self._check(line, line.form, lines[:rank], intake.companies)
        if any(line.errors for line in lines):
            raise _refusal(lines)
        return lines

    def _check(
        self, line: FileLine, form: RecruiterForm, before: Sequence[FileLine], companies: Directory
    ) -> None:
        if stored := made_before(form, self.intake.store):
            line.state, line.company = "deposited", stored.company
            line.manage_url = link_again(stored, self.intake.links, self.now)
            return
        try:
            line.company = look_up(form.siret, companies=companies)
        except Refused as refused:
            line.refuse([_OF_A_LINE.get(error.code, error) for error in refused.errors])
            return
        line.state = self._objected(line, form) or self._repeats(line, form, before)

    def _objected(self, line: FileLine, form: RecruiterForm) -> Objected | None:
        depositor = form.depositor.siret[:9] if form.depositor else None
        romes = [line.metier.rome] if line.metier else []
        return objected(form.siret, depositor, romes, store=self.intake.store, now=self.now)

    def _repeats(
        self, line: FileLine, form: RecruiterForm, before: Sequence[FileLine]
    ) -> LineState:
        metier = line.metier
        if metier is None:
            return "ready"
        try:
            live = self.intake.store.live_offers(form.siret, metier.rome)
        except StoreUnavailable:
            live = ()
        if twins(live, siret=form.siret, metier=metier, now=self.now):
            return "already_live"
        same = (
            other.form.siret == form.siret and other.metier and other.metier.rome == metier.rome
            for other in before
            if other.form
        )
        return "need_repeated" if any(same) else "ready"


def _refusal(lines: Sequence[FileLine]) -> DepositFileRefused:
    errors = [error for line in lines for error in line.errors]
    return DepositFileRefused(_view(lines, complete=True), *errors)


def _view(lines: Sequence[FileLine], *, complete: bool) -> FileView:
    shown = [
        line_view(
            line.number,
            line.form,
            state=line.state,
            company=line.company,
            metier=line.metier,
            manage_url=line.manage_url,
        )
        for line in lines
        if line.form and not line.errors
    ]
    return FileView(complete=complete, lines=tuple(shown))
