"""What a depositor says of the firm itself: the sign above the door, the address.

Kept as such, beside what the directory says: it is what people read, and it outlives every answer
of the directory. A firm that hides from public directories is shown by these words alone.
"""

from datetime import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from depot.domain.errors import FieldError
from depot.domain.firm.company import Address, Point, Precision
from depot.domain.firm.places import AddressForm, Located
from depot.domain.firm.workplace import Workplace
from depot.domain.model import Form, Value
from depot.domain.text import clean_line, has_link


_SHORTEST = 2  # letters or digits: some signs have no more


def _sign(text: str) -> str:
    sign = clean_line(text)
    if sign and sum(char.isalnum() for char in sign) < _SHORTEST:
        raise PydanticCustomError("sign", "sign")
    if has_link(sign):
        raise PydanticCustomError("sign_link", "sign_link")
    return sign


Sign = Annotated[str, StringConstraints(max_length=100), AfterValidator(_sign)]


class CorrectionForm(Form):
    """A correction, as typed; what is left out stays as the directory says."""

    name: Sign | None = None
    address: AddressForm | None = None

    @property
    def whole(self) -> bool:
        """Whether it says all that is published of a firm."""
        return bool(self.name and self.address)

    def missing(self, prefix: str = "") -> list[FieldError]:
        """What a firm that hides from public directories must still say."""
        given = (("name", self.name), ("address.postcode", self.address))
        return [
            FieldError(f"{prefix}{field}", "hidden_firm") for field, value in given if not value
        ]


class Correction(Value):
    """A correction, as stored. ``precision`` is that of ``location``."""

    name: str | None = None
    address: Address | None = None
    location: Point | None = None
    precision: Precision = "commune"
    corrected_at: datetime

    @classmethod
    def of(
        cls, name: str | None, address: Address | None, located: Located | None, now: datetime
    ) -> Self:
        """Keep what was accepted."""
        place = {"location": located.point, "precision": located.precision} if located else {}
        return cls(name=name or None, address=address, corrected_at=now, **place)

    @property
    def whole(self) -> bool:
        """Whether it says all that is published of a firm."""
        return bool(self.name and self.address)

    def over(self, workplace: Workplace) -> Workplace:
        """The firm's place with these words in it."""
        said: dict[str, object] = {"name": self.name} if self.name else {}
        if self.address:
            place = {"address", "location", "precision"}
            said |= {name: getattr(self, name) for name in place}
        return workplace.model_copy(update=said)
