"""The lines of a deposit file, read: each a deposit of its own, or what cannot be read of it."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import UUID4, Base64Bytes, Field, ValidationError

from depot.domain.deposit.deposit_file import MAX_LINES, FileRow, read
from depot.domain.deposit.deposit_line import column_of, deposit_of, read_line
from depot.domain.dossier.recruiter import RecruiterForm
from depot.domain.employer.behalf import DepositorForm
from depot.domain.errors import FieldError, Refused, refusal
from depot.domain.firm.company import Company
from depot.domain.ids import derived_submission
from depot.domain.life.metiers import Metier
from depot.domain.model import Form
from depot.ports.trainings import Metiers
from depot.usecases.deposit.file_view import LineState
from depot.usecases.deposit.steps import resolve
from depot.usecases.firm.places import Places


class DepositFile(Form):
    """A file, and who deposits it; ``accepted`` are the repeated lines to deposit all the same.

    ``submission_id`` is drawn once for a file and its depositor, and kept across retries: a line
    sent again under it never deposits twice.
    """

    submission_id: UUID4
    depositor: DepositorForm
    file: Base64Bytes
    accepted: Annotated[list[int], Field(default_factory=list, max_length=MAX_LINES)]


@dataclass
class FileLine:
    """One line, and what becomes of it; without a ``form`` it could not be read.

    ``mail_stopped``: None while nobody looked what became of its confirmation.
    """

    number: int
    form: RecruiterForm | None = None
    metier: Metier | None = None
    company: Company | None = None
    state: LineState = "unchecked"
    manage_url: str | None = None
    mail_stopped: bool | None = None
    errors: list[FieldError] = field(default_factory=list)

    def refuse(self, errors: Sequence[FieldError]) -> None:
        """Add errors, one a column at most: the first says best what is wrong."""
        known = {error.field for error in self.errors}
        for error in errors:
            placed = error._replace(field=f"lines.{self.number}.{column_of(error.field)}")
            if placed.field not in known:
                self.errors.append(placed)
                known.add(placed.field)


def lines_of(
    file: DepositFile, *, metiers: Metiers, places: Places, now: datetime
) -> list[FileLine]:
    """Read every line, without asking anybody. Raises Refused for what is no such file."""
    Refused.all(file.depositor.errors(""))
    return [
        _line(row, file.depositor, submission, metiers=metiers, places=places, now=now)
        for row, submission in _submissions(read(file.file), file.submission_id)
    ]


def _submissions(rows: Sequence[FileRow], submission: UUID) -> Iterator[tuple[FileRow, UUID]]:
    """Each row with an id drawn from what it says, so that adding a line changes no other id."""
    seen: Counter[str] = Counter()
    for row in rows:
        content = json.dumps(sorted(row.cells.items()))
        yield row, derived_submission(submission, content, seen[content])
        seen[content] += 1


def _line(
    row: FileRow,
    depositor: DepositorForm,
    submission: UUID,
    *,
    metiers: Metiers,
    places: Places,
    now: datetime,
) -> FileLine:
    line = FileLine(row.number)
    said, errors = read_line(row)
    line.refuse(errors)
    if row.is_example:
        return line
    if isinstance(name := said.pop("metier", None), str):
        line.metier, wrong = _metier(name, metiers)
        line.refuse(wrong)
        said |= {"metier": line.metier.code} if line.metier else {}
    given = {"submission_id": submission, "depositor": depositor, "duplicates": "accept"}
    try:
        line.form = RecruiterForm.model_validate({**given, **deposit_of(said)})
        resolve(line.form.offers, metiers=metiers, places=places, now=now)
    except ValidationError as error:
        line.refuse(refusal(error).errors)
    except Refused as refused:
        line.refuse(refused.errors)
    return line


def _metier(name: str, metiers: Metiers) -> tuple[Metier | None, list[FieldError]]:
    """The métier a person means, by its OGR code or its label."""
    if known := metiers.get(name):
        return known, []
    found = metiers.named(name)
    if len(found) == 1:
        return found[0], []
    code = "metier_ambiguous" if found else "metier_unread"
    choices = tuple(metier.label for metier in found or metiers.near(name))
    return None, [FieldError("metier", code, choices)]
