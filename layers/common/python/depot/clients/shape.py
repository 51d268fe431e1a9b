"""Read an answer into the shape its API documents; anything else is an outage."""

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from depot.domain.errors import SourceUnavailable


class Shape(BaseModel):
    """A part of somebody else's answer: what we do not use is let go."""

    model_config = ConfigDict(extra="ignore", frozen=True)


S = TypeVar("S", bound=Shape)


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
