"""SIREN, SIRET and ROME codes.

SIREN: 9 digits, Luhn. SIRET: 14 digits, SIREN then NIC (5), Luhn over the whole as well. La Poste
(SIREN 356000000) outgrew Luhn: its establishments are valid when the digits sum to a multiple of 5
(INSEE). Kept as text: leading zeros count.
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


def digits_of(text: str) -> str:
    """What was typed, less the spaces, dots and dashes people put between the digits."""
    return text.translate(_FORGIVEN)


def is_siren(text: str) -> bool:
    """Say whether these are nine digits that end with their key."""
    return len(text) == _SIREN_LENGTH and _digits(text) and luhn(text)


def is_siret(text: str) -> bool:
    """Say whether these are a SIREN and five digits that end with their key."""
    if not (len(text) == _SIRET_LENGTH and is_siren(text[:_SIREN_LENGTH]) and _digits(text)):
        return False
    return luhn(text) or (text.startswith(LA_POSTE) and sum(map(int, text)) % 5 == 0)


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _siret(text: str) -> str:
    digits = digits_of(text)
    if not _digits(digits):
        raise PydanticCustomError("siret_digits", "siret_digits")
    if len(digits) == _SIREN_LENGTH:
        raise PydanticCustomError("siret_is_siren", "siret_is_siren")
    if len(digits) != _SIRET_LENGTH:
        raise PydanticCustomError("siret_length", "siret_length")
    if not is_siret(digits):
        raise PydanticCustomError("siret_key", "siret_key")
    return digits


Siret = Annotated[
    str,
    StringConstraints(max_length=40),
    AfterValidator(_siret),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{14}$"}, mode="serialization"),
]
RomeCode = Annotated[str, StringConstraints(pattern=r"^[A-N][0-9]{4}$")]
