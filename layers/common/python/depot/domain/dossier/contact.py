"""The person to call: name, e-mail, phone."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Self

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from depot.domain.errors import LimitReached
from depot.domain.model import Form, Value
from depot.domain.text import clean_line, has_link


# Regions with French numbers: metropolitan first, then overseas, where "0262…" is also typed with a
# leading 0.
_REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT", "PM", "NC", "PF", "WF")
_FRANCE = 33
_MAX_A_DAY = 3
_DAY = timedelta(hours=24)
_ORDINARY = frozenset(
    {
        phonenumbers.PhoneNumberType.FIXED_LINE,
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    }
)
# Numbers that cost the caller or reach no person.
_REFUSED = frozenset(
    {
        phonenumbers.PhoneNumberType.PREMIUM_RATE,
        phonenumbers.PhoneNumberType.SHARED_COST,
        phonenumbers.PhoneNumberType.PAGER,
        phonenumbers.PhoneNumberType.VOICEMAIL,
    }
)


def _readings(text: str) -> Iterator[phonenumbers.PhoneNumber]:
    for region in _REGIONS:
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            yield number


def _away(number: phonenumbers.PhoneNumber) -> bool:
    return number.country_code != _FRANCE and phonenumbers.number_type(number) in _ORDINARY


def _parse(text: str) -> phonenumbers.PhoneNumber:
    # 0596 is Martinique, 0269 Mayotte: the metropolitan plan claims them too, so overseas goes
    # first for ordinary lines, and last for the special numbers everybody shares.
    readings = sorted(_readings(text), key=_away, reverse=True)
    if not readings:
        raise PydanticCustomError("phone", "phone")
    return readings[0]


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
    national = number.country_code == _FRANCE
    return phonenumbers.format_number(number, style.NATIONAL if national else style.INTERNATIONAL)


def _name(text: str) -> str:
    name = clean_line(text)
    if sum(char.isalpha() for char in name) < 2:  # noqa: PLR2004 - shortest French family name: two letters
        raise PydanticCustomError("name", "name")
    if has_link(name):
        raise PydanticCustomError("name_link", "name_link")
    return name


def _email(typed: str) -> str:
    try:
        read = validate_email(typed.strip(), check_deliverability=False, allow_display_name=True)
    except EmailNotValidError:
        raise PydanticCustomError("email", "email") from None
    # Amazon SES carries no accent before the @, and knows domains by their ASCII name.
    if read.ascii_email is None:
        raise PydanticCustomError("email_accent", "email_accent")
    return read.ascii_email.lower()


Name = Annotated[str, StringConstraints(max_length=100), AfterValidator(_name)]
Email = Annotated[str, StringConstraints(max_length=500), AfterValidator(_email)]
Phone = Annotated[str, StringConstraints(max_length=40), AfterValidator(_phone)]


def one_more_address(given: tuple[datetime, ...], now: datetime) -> tuple[datetime, ...]:
    """Count one more address, each of which is written to before anybody proved it.

    Raises LimitReached at the fourth of a day.
    """
    lately = tuple(at for at in given if now - at < _DAY)
    if len(lately) >= _MAX_A_DAY:
        raise LimitReached("email_limit", field="email")
    return (*lately, now)


class ContactForm(Form):
    """The person to call, as typed; gives the phone in E.164, the e-mail in lower case."""

    name: Name
    email: Email
    phone: Phone


class Contact(Value):
    """The person to call, as stored: checked once, never again when it is read back."""

    name: str
    email: str
    phone: str

    @classmethod
    def of(cls, form: ContactForm) -> Self:
        """Keep what was accepted."""
        return cls(**form.model_dump())
