"""Where the apprentice will work."""

from typing import Self

from depot.domain.firm.company import Address, NafNomenclature, Point, Precision
from depot.domain.firm.places import Located
from depot.domain.identifiers import Siret
from depot.domain.model import Value


class Workplace(Value):
    """Where the apprentice will work, copied from the recruiter.

    Names are missing until the SIRET is verified. The address and its ``location``, whose precision
    is ``precision``, are the firm's own unless the depositor ``declared`` another one.
    """

    siret: Siret
    name: str | None = None
    legal_name: str | None = None
    address: Address | None = None
    location: Point | None = None
    precision: Precision = "establishment"
    declared: bool = False
    naf: str | None = None
    naf_nomenclature: NafNomenclature | None = None

    @property
    def elsewhere(self) -> Address | None:
        """The address the depositor declared, if it is not the firm's own."""
        return self.address if self.declared else None

    def moved(self, address: Address, located: Located | None) -> Self:
        """The same firm, at another address."""
        place = {"location": located and located.point}
        precision = {"precision": located.precision} if located else {}
        return self.model_copy(update={"address": address, "declared": True, **place, **precision})

    def known_as(self, firm: "Workplace") -> "Workplace":
        """The same place, once the firm is known; the firm's own if no other was declared."""
        if not self.declared:
            return firm
        kept = {"address", "location", "precision", "declared"}
        return firm.model_copy(update={name: getattr(self, name) for name in kept})
