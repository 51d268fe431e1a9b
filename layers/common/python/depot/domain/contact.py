"""The person to call: name, e-mail, phone."""

from typing import Annotated

import phonenumbers
from pydantic import AfterValidator, EmailStr, Field, StringConstraints
from pydantic_core import PydanticCustomError

from depot.domain.model import Form
from depot.domain.text import clean_line


# Regions with French numbers: metropolitan first, then overseas, where "0262…" is also typed with a
# leading 0.
_REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT", "PM", "NC", "PF", "WF")
# Numbers that cost the caller or reach no person.
_REFUSED = frozenset(
    {
        phonenumbers.PhoneNumberType.PREMIUM_RATE,
        phonenumbers.PhoneNumberType.SHARED_COST,
        phonenumbers.PhoneNumberType.PAGER,
        phonenumbers.PhoneNumberType.VOICEMAIL,
    }
)


def _parse(text: str) -> phonenumbers.PhoneNumber:
    for region in _REGIONS:
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return number
    raise PydanticCustomError("phone", "phone")


def _phone(text: str) -> str:
    number = _parse(text)
    if phonenumbers.number_type(number) in _REFUSED:
        raise PydanticCustomError("phone_costly", "phone_costly")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def spoken_phone(phone: str) -> str:
    """Give an E.164 number as people of France read it.

    01 23 45 67 89, or +262 … for the others.
    """
    number = phonenumbers.parse(phone)
    style = phonenumbers.PhoneNumberFormat
    national = number.country_code == 33  # noqa: PLR2004 - France
    return phonenumbers.format_number(number, style.NATIONAL if national else style.INTERNATIONAL)


def _name(text: str) -> str:
    name = clean_line(text)
    if sum(char.isalpha() for char in name) < 2:  # noqa: PLR2004 - shortest French family name: two letters
        raise PydanticCustomError("name", "name")
    if "://" in name or "www." in name.lower() or "@" in name:
        raise PydanticCustomError("name_link", "name_link")
    return name


Name = Annotated[str, StringConstraints(max_length=100), AfterValidator(_name)]
Email = Annotated[EmailStr, AfterValidator(str.lower), Field(max_length=254)]
Phone = Annotated[str, StringConstraints(max_length=40), AfterValidator(_phone)]


class Contact(Form):
    """The person to call. The phone is kept in E.164, the e-mail in lower case."""

    name: Name
    email: Email
    phone: Phone
