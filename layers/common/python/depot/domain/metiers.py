"""A métier: one appellation of the ROME 4.0 (France Travail)."""

from depot.domain.identifiers import RomeCode
from depot.domain.model import Value


class Metier(Value):
    """``code`` is the OGR code of the appellation.

    ``parent`` the former ROME 3 code catalogues still carry.
    """

    code: str
    label: str
    rome: RomeCode
    parent: RomeCode
