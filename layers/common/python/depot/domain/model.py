"""The two kinds of model: what we own (entities) and what a stranger typed (forms).

Neither puts what it holds into the message of an error: that message ends in a log.
"""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field


class Value(BaseModel):
    """A valid, immutable value.

    Fields it does not know are dropped when it is read back, and a field a release adds has a
    default: during a deployment, and after a rollback, two releases in a row read each other's
    items. Nothing older is provided for.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Form(BaseModel):
    """Untrusted input: unknown fields are refused, so a slip in a field name is never silent."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, hide_input_in_errors=True
    )


class Versioned(Form):
    """A change of something that was read: its ``version`` then, so that no other is undone."""

    version: int = Field(ge=1)


class Entity(Value):
    """A stored thing. ``version`` starts at 1; each transition returns a copy one version later."""

    version: int = 1

    def guarded(self) -> Self:
        """The same, one version later: written beside what it decided, unless it moved since."""
        return self._next()

    def _next(self, **changes: object) -> Self:
        return self.model_copy(update={"version": self.version + 1, **changes})
