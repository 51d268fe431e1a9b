"""Addresses as people type them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from depot.domain.firm.company import Address
from depot.domain.firm.places import AddressForm, Commune, commune_code, name_key
from tests.builders import PERIGUEUX
from tests.strategies import hostile_texts, texts


AROUND = (Commune(insee="24138", name="Coulounieix-Chamiers"), PERIGUEUX)


def form(**over: object) -> AddressForm:
    given = {"street": "12 rue du Four", "postcode": "24000", "city": "Périgueux"}
    return AddressForm.model_validate({**given, **over})


def code(**over: object) -> str:
    with pytest.raises(ValidationError) as caught:
        form(**over)
    (error,) = caught.value.errors()
    return error["type"]


def test_an_address_bears_the_official_name_of_its_commune() -> None:
    assert form(city="PERIGUEUX CEDEX 9").address(AROUND) == Address(
        label="12 rue du Four 24000 Périgueux",
        street="12 rue du Four",
        postcode="24000",
        city="Périgueux",
        insee="24322",
    )


@pytest.mark.parametrize("street", [None, "", "  ", "\u200b"])
def test_an_address_may_be_a_commune_and_no_more(street: str | None) -> None:
    address = form(street=street).address(AROUND)

    assert (address.label, address.street) == ("24000 Périgueux", None)


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("perigueux", "Périgueux"),
        ("COULOUNIEIX CHAMIERS", "Coulounieix-Chamiers"),
        ("St Astier", "Saint-Astier"),
        ("STE-FOY-LA-GRANDE", "Sainte-Foy-la-Grande"),
        ("saint pierre du mont", "Saint-Pierre-du-Mont"),
        ("Chalon s/ Saône", "Chalon-sur-Saône"),
        ("l'hay les roses", "L’Haÿ-les-Roses"),
        ("Paris 7e", "Paris"),
        ("PARIS CEDEX 08", "Paris"),
        ("Lyon 3ème arrondissement", "Lyon"),
        ("13001 Marseille", "Marseille"),
        ("Oeting", "Œting"),
        ("Peri\u0301gueux", "Périgueux"),
        ("Cédex", ""),
    ],
)
def test_a_commune_is_known_under_the_spellings_of_envelopes(typed: str, official: str) -> None:
    assert name_key(typed) == name_key(official)


@pytest.mark.parametrize(
    ("one", "other"), [("Saint-Astier", "Astier"), ("Périgueux", "Bergerac"), ("Aix", "Dax")]
)
def test_two_communes_are_not_taken_for_each_other(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("typed", ["24000", " 24 000 ", "24\u00a0000", "24.000"])
def test_a_postcode_is_forgiven_its_spaces(typed: str) -> None:
    assert form(postcode=typed).postcode == "24000"


@pytest.mark.parametrize("typed", ["", "2400", "240000", "24OOO", "٢٤٠٠٠", "Périgueux"])
def test_a_postcode_has_five_digits(typed: str) -> None:
    assert code(postcode=typed) == "postcode"


@pytest.mark.parametrize("typed", ["", " ", "24000", "CEDEX 9", "東京"])
def test_a_commune_must_be_named(typed: str) -> None:
    assert code(city=typed) == "city"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("?", "street"),
        ("…", "street"),
        ("jeanne@example.org", "street_link"),
        ("jeanne\uff20example.org", "street_link"),
        ("https://example.org", "street_link"),
        ("WWW.example.org", "street_link"),
        ("x" * 101, "string_too_long"),
    ],
)
def test_a_street_holds_no_link_and_can_be_read(typed: str, said: str) -> None:
    assert code(street=typed) == said


def test_a_postcode_of_no_commune_is_an_error_of_the_postcode() -> None:
    (error,) = form().place_errors((), "offers.0.workplace.")

    assert (error.field, error.code) == ("offers.0.workplace.postcode", "postcode_unknown")


def test_a_commune_of_another_postcode_is_told_those_of_this_one() -> None:
    (error,) = form(city="Bergerac").place_errors(AROUND)

    assert (error.field, error.code) == ("city", "city_elsewhere")
    assert error.choices == ("Coulounieix-Chamiers", "Périgueux")


@pytest.mark.parametrize(
    ("insee", "commune"),
    [
        ("75107", "75056"),
        ("75056", "75056"),
        ("69389", "69123"),
        ("69299", "69299"),
        ("13216", "13055"),
        ("13119", "13119"),
        ("2A004", "2A004"),
        ("", ""),
    ],
)
def test_an_arrondissement_is_in_its_commune(insee: str, commune: str) -> None:
    assert commune_code(insee) == commune


anything = texts | hostile_texts


@given(anything, anything, anything)
def test_whatever_is_typed_is_an_address_or_a_refusal(street: str, code: str, city: str) -> None:
    try:
        typed = AddressForm.model_validate(
            {"street": street, "postcode": code, "city": city}, strict=False
        )
    except ValidationError:
        return
    errors = typed.place_errors(AROUND)

    assert errors or typed.address(AROUND).city in {"Coulounieix-Chamiers", "Périgueux"}


@given(anything)
def test_a_street_is_one_line_without_a_mail_or_a_link(street: str) -> None:
    try:
        label = form(street=street.encode("utf-8", "ignore").decode()).address(AROUND).label
    except ValidationError:
        return

    assert "\n" not in label
    assert "@" not in label
    assert "://" not in label


@given(
    st.sampled_from(["Périgueux", "Saint-Astier", "L'Haÿ-les-Roses", "Œting", "Y"]),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
    st.sampled_from([" ", "-", "’", " - "]),
    st.sampled_from(["", " CEDEX", " cedex 12", " 3e"]),
)
def test_case_accents_and_punctuation_say_nothing(
    name: str, case: object, normal: str, between: str, after: str
) -> None:
    assert callable(case)
    typed = unicodedata.normalize(normal, case(name)).replace("-", between)  # type: ignore[arg-type]

    assert name_key(typed + after) == name_key(name)
