"""A métier: one appellation of the ROME 4.0 (France Travail)."""

from typing import Annotated

from pydantic import StringConstraints

from depot.domain.identifiers import RomeCode
from depot.domain.model import Value


MetierCode = Annotated[str, StringConstraints(min_length=1, max_length=10)]
"""The OGR code of an appellation, as typed: it may be none."""


class Metier(Value):
    """``code`` is the OGR code of the appellation.

    ``parent`` the former ROME 3 code catalogues still carry.
    """

    code: str
    label: str
    rome: RomeCode
    parent: RomeCode
