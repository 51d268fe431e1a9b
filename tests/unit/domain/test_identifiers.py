"""SIRET, with python-stdnum as the oracle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from stdnum import luhn as luhn_oracle
from stdnum.fr import siren as siren_oracle
from stdnum.fr import siret as siret_oracle

from depot.domain.identifiers import LA_POSTE, RomeCode, Siret, digits_of, is_siren, luhn
from tests.builders import SIRET


SIRETS = TypeAdapter(Siret)
digits = st.text("0123456789", min_size=14, max_size=14)


def keyed(size: int) -> st.SearchStrategy[str]:
    """Texts of ``size`` digits, the last of them their Luhn key."""
    before = st.text("0123456789", min_size=size - 1, max_size=size - 1)
    return before.map(lambda text: text + luhn_oracle.calc_check_digit(text))


sirens = keyed(9)
sirets = st.builds(str.__add__, sirens, st.text("0123456789", min_size=4, max_size=4)).map(
    lambda text: text + luhn_oracle.calc_check_digit(text)
)
postal = st.text("0123456789", min_size=5, max_size=5).map(lambda nic: LA_POSTE + nic)


def accepted(text: str) -> bool:
    try:
        SIRETS.validate_python(text)
    except ValidationError:
        return False
    return True


def refusal(text: str) -> str:
    with pytest.raises(ValidationError) as caught:
        SIRETS.validate_python(text)
    return str(caught.value.errors()[0]["type"])


@given(st.text("0123456789", min_size=1, max_size=30))
def test_the_key_is_luhns(text: str) -> None:
    assert luhn(text) == luhn_oracle.is_valid(text)


@given(st.text("0123456789", max_size=10) | sirens | st.text(max_size=10))
def test_a_siren_is_what_the_oracle_says(text: str) -> None:
    # The oracle forgives separators and takes any digit of Unicode: digits_of and ASCII are ours.
    forgiven = text.isascii() and text.isdigit()

    assert is_siren(text) == (forgiven and siren_oracle.is_valid(text))


@given(digits | keyed(14) | sirets | postal)
def test_a_siret_is_what_the_oracle_says(text: str) -> None:
    """La Poste's own establishments with the common key, besides: INSEE attributed such ones."""
    common = text.startswith(LA_POSTE) and luhn_oracle.is_valid(text)

    assert accepted(text) == (siret_oracle.is_valid(text) or common)


@given(postal)
def test_la_poste_has_its_own_key_beside_the_common_one(text: str) -> None:
    five_divides = sum(map(int, text)) % 5 == 0

    assert accepted(text) == (five_divides or luhn_oracle.is_valid(text))


@pytest.mark.parametrize("text", ["35600000000048", "35600000009075", "48744469700428", SIRET])
def test_real_sirets_are_accepted(text: str) -> None:
    assert SIRETS.validate_python(text) == text


@pytest.mark.parametrize(
    "typed",
    [
        "487 444 697 00428",
        "487.444.697.00428",
        "487-444-697-00428",
        " 48744469700428\t",
        "487\u00a0444\u00a0697\u00a000428",
        "487\u202f444\u202f697 00428",
    ],
)
def test_spaces_dots_and_dashes_are_forgiven(typed: str) -> None:
    assert SIRETS.validate_python(typed) == "48744469700428"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("487444697", "siret_is_siren"),
        ("487 444 697", "siret_is_siren"),
        ("4874446970042", "siret_length"),
        ("487444697004280", "siret_length"),
        ("48744469700429", "siret_key"),
        ("35600000000002", "siret_key"),
        ("", "siret_digits"),
        ("A8744469700428", "siret_digits"),
        ("４８７４４４６９７００４２８", "siret_digits"),
        ("٤٨٧٤٤٤٦٩٧٠٠٤٢٨", "siret_digits"),
        ("4874446970042²", "siret_digits"),
        ("4" * 41, "string_too_long"),
    ],
)
def test_a_wrong_siret_is_refused_for_what_is_wrong(typed: str, code: str) -> None:
    assert refusal(typed) == code


@given(sirets, st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(siret: str, place: int, shift: int) -> None:
    digit = (int(siret[place]) + shift) % 10
    slip = f"{siret[:place]}{digit}{siret[place + 1 :]}"

    assert slip.startswith(LA_POSTE) or refusal(slip) == "siret_key"


@given(sirets, st.integers(0, 12))
def test_two_digits_swapped_are_noticed_but_for_0_and_9(siret: str, place: int) -> None:
    """The key's own blind spot: to it, 09 and 90 are the same, but where the SIREN's key ends."""
    first, second = siret[place : place + 2]
    slip = f"{siret[:place]}{second}{first}{siret[place + 2 :]}"

    blind = first == second or ({first, second} == {"0", "9"} and place != 8)
    assert slip.startswith(LA_POSTE) or accepted(slip) == blind


@given(sirens, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_of_a_siren_is_always_noticed(siren: str, place: int, shift: int) -> None:
    digit = (int(siren[place]) + shift) % 10

    assert not is_siren(f"{siren[:place]}{digit}{siren[place + 1 :]}")


@pytest.mark.parametrize("typed", ["302 474 648", "302.474.648", "302-474-648", "302\u202f474648"])
def test_a_siren_is_read_through_its_spaces(typed: str) -> None:
    assert is_siren(digits_of(typed))


def test_a_siret_of_no_possible_siren_is_refused_whatever_its_own_key() -> None:
    assert luhn_oracle.is_valid("00009001800003")

    assert refusal("00009001800003") == "siret_key"


def test_a_siret_keeps_its_leading_zeros() -> None:
    assert SIRETS.validate_python("000 090 019 00019") == SIRET


@pytest.mark.parametrize("code", ["D1102", "A1101", "N4105"])
def test_a_rome_code_is_a_letter_and_four_digits(code: str) -> None:
    assert TypeAdapter(RomeCode).validate_python(code) == code


@pytest.mark.parametrize("code", ["O1102", "D110", "d1102", "D11021", "D1102\n", "D١١٠٢"])
def test_what_is_no_rome_code_is_refused(code: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(RomeCode).validate_python(code)
