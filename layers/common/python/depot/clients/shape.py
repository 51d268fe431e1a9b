"""Read an answer into the shape its API documents; anything else is an outage."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from depot.domain.errors import SourceUnavailable


class Shape(BaseModel):
    """A part of somebody else's answer: what we do not use is let go."""

    model_config = ConfigDict(extra="ignore", frozen=True)


S = TypeVar("S", bound=Shape)
R = TypeVar("R")


def parse(shape: type[S], body: bytes) -> S:
    """Read a body. Raises SourceUnavailable, which names the first field that is wrong."""
    try:
        return shape.model_validate_json(body)
    except ValidationError as error:
        # Not chained: a validation error quotes the values, which may name a person.
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        reason = f"unexpected answer: {first['type']} {where}"
        raise SourceUnavailable(reason) from None


def records(
    shape: type[S], rows: Iterable[Mapping[str, Any]], read: Callable[[S], R]
) -> Iterator[R | None]:
    """Read the records of a page one by one; None for each of another shape."""
    for row in rows:
        try:
            found = shape.model_validate(row)
        except ValidationError:
            yield None
        else:
            yield read(found)
