"""Where an offer comes from, when its employer did not deposit it: what everybody may read."""

from typing import Literal

from depot.domain.model import Value


Role = Literal["opco", "chambre", "cfa"]
"""What deposits for a firm: its OPCO, a chamber (of trades, commerce or farming), a CFA."""


class Provenance(Value):
    """An organisation; never a person, never an address."""

    role: Role
    organisation: str
