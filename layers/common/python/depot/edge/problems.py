"""Refusals as problem+json (RFC 9457): each field error says what is wrong and what to do.

The sentences are in ``depot.words``.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from pydantic import BaseModel, SerializeAsAny

from depot.domain.errors import DomainError, FieldError, Refused
from depot.words import FALLBACK, FIELDS, PROBLEMS


class FieldProblem(BaseModel):
    """One field: where, what, what to do; ``code`` for machines."""

    field: str
    code: str
    message: str
    remedy: str


class Problem(BaseModel):
    """An RFC 9457 problem; ``current`` is the present state that stands in the way."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    errors: Sequence[FieldProblem] = ()
    current: SerializeAsAny[BaseModel] | None = None


_MOST_CHOICES: Final = 12  # in a sentence


def problem(
    code: str, errors: Iterable[FieldError] = (), current: BaseModel | None = None
) -> Problem:
    """The problem for a code."""
    status, title, detail = PROBLEMS[code]
    fields = [_field(error) for error in errors]
    return Problem(
        title=title, status=status, detail=detail, code=code, errors=fields, current=current
    )


def from_domain(error: DomainError) -> Problem:
    """The problem for a refusal of ours."""
    errors = error.errors if isinstance(error, Refused) else ()
    return problem(error.code, errors, getattr(error, "current", None))


def _field(error: FieldError) -> FieldProblem:
    words = FIELDS.get(error.code, FALLBACK)
    remedy = _listing(words.remedy, error.choices)
    return FieldProblem(field=error.field, code=error.code, message=words.message, remedy=remedy)


def _listing(remedy: str, choices: Sequence[str]) -> str:
    if not choices:
        return remedy
    shown = [*choices[:_MOST_CHOICES], *(["…"] if len(choices) > _MOST_CHOICES else [])]
    return f"{remedy.removesuffix('.')} : {', '.join(shown)}."
