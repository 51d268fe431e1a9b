"""Names, e-mails and phones as people type them."""

import re
from contextlib import suppress
from email.utils import parseaddr

import pytest
from hypothesis import example, given, reject
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from depot.domain.dossier.contact import Contact, Email, Name, Phone, spoken_phone
from tests.builders import a_contact


NAMES, EMAILS, PHONES = TypeAdapter(Name), TypeAdapter(Email), TypeAdapter(Phone)


def refusal(field: TypeAdapter[str], typed: str) -> str:
    with pytest.raises(ValidationError) as caught:
        field.validate_python(typed)
    return str(caught.value.errors()[0]["type"])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Jeanne Martin", "Jeanne Martin"),
        ("  Jeanne \t Martin\n", "Jeanne Martin"),
        ("Ng", "Ng"),
        ("M. Ó Briain-Le Goff", "M. Ó Briain-Le Goff"),
        ("أحمد", "أحمد"),
        ("Jeanne\u202e Martin\u200b", "Jeanne Martin"),
        ("Jeanne\r\nBcc: x", "Jeanne Bcc: x"),
        ("<b>Jeanne</b>", "<b>Jeanne</b>"),
    ],
)
def test_a_name_is_kept_as_one_clean_line(typed: str, kept: str) -> None:
    assert NAMES.validate_python(typed) == kept


@pytest.mark.parametrize("typed", ["", " ", "J", "1234", "--", "\u202e\u200b", "J\u200b"])
def test_a_name_has_two_letters(typed: str) -> None:
    assert refusal(NAMES, typed) == "name"


@pytest.mark.parametrize(
    "typed", ["Gagnez http://evil.example", "www.evil.example", "WWW.Evil", "jeanne@example.org"]
)
def test_a_name_is_no_link(typed: str) -> None:
    assert refusal(NAMES, typed) == "name_link"


@pytest.mark.parametrize("hidden", ["ww\u200bw.evil.example", "http:\u200b//evil.example"])
def test_a_link_hidden_by_invisible_characters_is_seen(hidden: str) -> None:
    assert refusal(NAMES, hidden) == "name_link"


def test_a_name_has_a_hundred_characters_at_most() -> None:
    assert NAMES.validate_python("Jo" * 50)
    assert refusal(NAMES, "Jo" * 50 + "e") == "string_too_long"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Jeanne.MARTIN@Example.ORG", "jeanne.martin@example.org"),
        (" jeanne@example.org ", "jeanne@example.org"),
        ("jeanne+depot@example.org", "jeanne+depot@example.org"),
        ("Jeanne Martin <jeanne@example.org>", "jeanne@example.org"),
    ],
)
def test_an_e_mail_is_kept_in_lower_case(typed: str, kept: str) -> None:
    assert EMAILS.validate_python(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "jeanne",
        "jeanne@",
        "@example.org",
        "jeanne@localhost",
        "jeanne martin@example.org",
        "jeanne@example..org",
        "jeanne@[127.0.0.1]",
        "jeanne@example.org, autre@example.org",
        "jeanne@example.org\r\nBcc: autre@example.org",
        "x" * 250 + "@example.org",
    ],
)
def test_what_is_no_e_mail_is_refused(typed: str) -> None:
    assert refusal(EMAILS, typed) == "email"


def test_an_e_mail_that_no_mail_of_ours_could_reach_is_refused() -> None:
    # Amazon SES carries no accent before the @.
    assert refusal(EMAILS, "josé@example.org") == "email_accent"


def test_an_accented_domain_is_kept_as_mail_servers_know_it() -> None:
    assert EMAILS.validate_python("jeanne@forêt.example.org") == "jeanne@xn--fort-ipa.example.org"


@given(st.emails())
def test_an_accepted_e_mail_is_ascii_in_lower_case_and_accepted_again(typed: str) -> None:
    try:
        kept = EMAILS.validate_python(typed)
    except ValidationError:
        reject()  # hypothesis says so when too few are left

    assert kept.isascii()
    assert kept == kept.lower() == EMAILS.validate_python(kept)


@given(st.emails(), st.text(max_size=20), st.text('\r\n\t "@<>,;:\\\\().', max_size=5))
def test_an_accepted_e_mail_is_one_address_in_a_header_and_nothing_beside(
    address: str, name: str, odd: str
) -> None:
    """Who a mail goes to, whom a reply reaches: no second address, no name, no other line."""
    for typed in (f"{name} <{address}>", f'"{name}{odd}" <{address}>', f"{odd}{address}{odd}"):
        with suppress(ValidationError):
            kept = EMAILS.validate_python(typed)
            assert parseaddr(kept) == ("", kept)
            assert not re.search(r'[\s\x00-\x1f"<>,;:()\\\[\]]', kept)
            assert kept.count("@") == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("01 99 00 12 34", "+33199001234"),
        ("02 61 91 12 34", "+33261911234"),
        ("03.53.01.12.34", "+33353011234"),
        ("04-65-71-12-34", "+33465711234"),
        ("0536491234", "+33536491234"),
        ("+33 1 99 00 12 34", "+33199001234"),
        ("+33 (0)1 99 00 12 34", "+33199001234"),
        ("0033199001234", "+33199001234"),
        ("09 70 12 34 56", "+33970123456"),
        ("0800 12 34 56", "+33800123456"),
    ],
)
def test_a_french_number_is_kept_in_e164(typed: str, kept: str) -> None:
    assert PHONES.validate_python(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0262 20 12 34", "+262262201234"),
        ("0263 12 34 56", "+262263123456"),
        ("0269 60 12 34", "+262269601234"),
        ("0692 12 34 56", "+262692123456"),
        ("0590 20 12 34", "+590590201234"),
        ("0596 50 12 34", "+596596501234"),
        ("0594 25 12 34", "+594594251234"),
        ("0639 69 12 34", "+262639691234"),
        ("+687 23 12 34", "+687231234"),
    ],
)
def test_an_overseas_number_gets_the_code_of_its_territory(typed: str, kept: str) -> None:
    assert PHONES.validate_python(typed) == kept


@given(st.from_regex(r"0([134][0-9]|6[0-2]|7[4-8]|9[568])[0-9]{7}", fullmatch=True))
def test_a_metropolitan_number_is_never_taken_for_an_overseas_one(typed: str) -> None:
    try:
        kept = PHONES.validate_python(typed)
    except ValidationError:
        reject()  # hypothesis says so when too few are left

    assert kept == f"+33{typed[1:]}"


@pytest.mark.parametrize("typed", ["+32 2 555 12 34", "+49 30 901820"])
def test_a_number_from_over_the_border_is_accepted(typed: str) -> None:
    assert PHONES.validate_python(typed) == typed.replace(" ", "")


@pytest.mark.parametrize(
    "typed", ["08 99 12 34 56", "0892 12 34 56", "0820 12 34 56", "0811 12 34 56"]
)
def test_a_number_that_costs_its_caller_is_refused(typed: str) -> None:
    assert refusal(PHONES, typed) == "phone_costly"


@pytest.mark.parametrize("typed", ["", "17", "3949", "01 99 00 12", "0199001234567", "bonjour"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert refusal(PHONES, typed) == "phone"


def test_a_number_has_forty_characters_at_most() -> None:
    assert refusal(PHONES, "0" * 41) == "string_too_long"


@example("01 99 00 12 34")
@example("+32 2 555 12 34")
@given(st.text(max_size=40) | st.from_regex(r"\+?[0-9 .()-]{4,20}", fullmatch=True))
def test_an_accepted_number_is_e164_and_accepted_again(typed: str) -> None:
    try:
        kept = PHONES.validate_python(typed)
    except ValidationError:
        return

    assert kept.startswith("+")
    assert kept[1:].isdecimal()
    assert PHONES.validate_python(kept) == kept


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("+33199001234", "01 99 00 12 34"),
        ("+33800123456", "0 800 12 34 56"),
        ("+262262201234", "+262 262 20 12 34"),
        ("+3225551234", "+32 2 555 12 34"),
    ],
)
def test_a_number_is_read_as_people_of_france_say_it(kept: str, read: str) -> None:
    assert spoken_phone(kept) == read


def test_a_slip_in_a_field_name_is_not_silent() -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        a_contact(mail="jeanne@example.org")


def test_a_contact_is_cleaned_field_by_field() -> None:
    contact = a_contact(name=" Jeanne  Martin ", email="J@Example.org", phone="01.99.00.12.34")

    assert contact == Contact(name="Jeanne Martin", email="j@example.org", phone="+33199001234")
