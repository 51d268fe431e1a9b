"""All that is kept about a person, whatever its kind: shown, kept longer, or gone."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple, Protocol

from pydantic import JsonValue

from depot.domain.model import Entity


class Kept(NamedTuple):
    """One thing kept of a dossier: the tag of its kind, and all it says."""

    tag: str
    says: JsonValue


class PersonalData(Protocol):
    """A dossier as a whole: every item under its id, future kinds included."""

    def everything(self, recruiter_id: str) -> Iterator[Kept]:
        """All that is kept of a dossier."""

    def of_firm(self, siret: str) -> Iterator[Kept]:
        """What is kept of an establishment apart from any dossier: what a directory said of it."""

    def keep_until(self, recruiter_id: str, until: datetime) -> None:
        """Have no item of a dossier purged before ``until``."""

    def forget(self, recruiter_id: str, spare: Collection[Entity] = ()) -> int:
        """Remove all that is kept of a dossier but these, the recruiter last; say how much went.

        Safe to repeat, at any moment of another one.
        """

    def forget_firm(self, siret: str) -> None:
        """Remove what a directory said of an establishment."""
