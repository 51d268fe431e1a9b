"""SIRET and ROME codes.

SIRET: 14 digits, SIREN (9) then NIC (5), Luhn over the whole. La Poste (SIREN 356000000) outgrew
Luhn: its establishments are valid when the digits sum to a multiple of 5 (INSEE). Kept as text:
leading zeros count.
"""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError


LA_POSTE = "356000000"
_FORGIVEN = str.maketrans("", "", " .-\u00a0\u202f\t")
_SIRET_LENGTH = 14
_SIREN_LENGTH = 9


def luhn(digits: str) -> bool:
    """Say whether the digits end with their Luhn key."""
    doubled = (int(digit) * (1 + i % 2) for i, digit in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0  # noqa: PLR2004 - digit sum


def _siret(text: str) -> str:
    digits = text.translate(_FORGIVEN)
    if not (digits.isascii() and digits.isdigit()):
        raise PydanticCustomError("siret_digits", "siret_digits")
    if len(digits) == _SIREN_LENGTH:
        raise PydanticCustomError("siret_is_siren", "siret_is_siren")
    if len(digits) != _SIRET_LENGTH:
        raise PydanticCustomError("siret_length", "siret_length")
    la_poste = digits.startswith(LA_POSTE) and sum(map(int, digits)) % 5 == 0
    if not (la_poste or luhn(digits)):
        raise PydanticCustomError("siret_key", "siret_key")
    return digits


Siret = Annotated[
    str,
    StringConstraints(max_length=40),
    AfterValidator(_siret),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{14}$"}, mode="serialization"),
]
RomeCode = Annotated[str, StringConstraints(pattern=r"^[A-N][0-9]{4}$")]
