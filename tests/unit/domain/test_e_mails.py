"""E-mail addresses are seen however they are written, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.e_mails import has_e_mail, without_e_mails


MASKED = [
    "{}@{}.fr",
    "{} @ {}.fr",
    "{}@@{}.fr",
    "{}\uff20{}\uff0efr",
    "{}(at){}.fr",
    "{} (at) {}.fr",
    "{} [at] {}.fr",
    "{} [AT] {}.fr",
    "{}{{at}}{}.fr",
    "{}<at>{}.fr",
    "{} -at- {}.fr",
    "{} _at_ {}.fr",
    "{} (arobase) {}.fr",
    "{}[@]{}.fr",
    "{}%40{}.fr",
    "{}&#64;{}.fr",
    "{}&#x40;{}.fr",
    "{}&commat;{}.fr",
    "{} arobase {} point fr",
    "{} Arobase {} Point Com",
    "{} arrobase {}.fr",
    "{} [at] {} [point] fr",
    "{}(at){}(dot)com",
    "{} @ {} . fr",
    "{}@{} point fr",
]
ORDINARY = [
    "3 € @ l’heure",
    "12 € @ heure. Repas compris.",
    "Poste 35 h @ Périgueux",
    "Suivez @aubonpain",
    "arobase",
    "Au clavier, l’arobase est un point important.",
    "Savoir taper une arobase",
    "Prévention (AT) et risques. Formation assurée.",
    "Un accident (AT) est un point de vigilance",
    "20 & 30 ans, 40 % de remise",
    "Réduction de 100 %40 jours",
    "Tarte aux pommes &#8211; 3 €",
    "Node.js, ASP.NET et C#",
    "Il fait le point. Contrat de 12 mois.",
    "CAP (a) ou BP (b)",
]
names = st.text(st.characters(categories=["Ll", "Nd"], max_codepoint=0x17F), min_size=1, max_size=9)


@pytest.mark.parametrize("written", MASKED)
@given(names, names)
def test_an_address_is_seen_however_it_is_written(written: str, name: str, firm: str) -> None:
    text = f"Écrivez à {written.format(name, firm)} ou passez."

    assert has_e_mail(text)
    assert firm not in without_e_mails(text, "").replace("Écrivez à", "").replace("ou passez", "")


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_french_is_left_alone(text: str) -> None:
    assert not has_e_mail(text)
    assert without_e_mails(text, "non") == text


words = st.sampled_from(
    ["nous", "cherchons", "un", "le", "at", "arobase", "€", "@", "(AT)", "l’heure", "3", "CAP/BP"]
)


@given(st.lists(words, max_size=30))
def test_words_of_an_address_without_its_domain_are_none(found: list[str]) -> None:
    assert not has_e_mail(" ".join(found))


@given(st.text(st.sampled_from("a1.-_@(at)[] %40&#;"), max_size=400))
def test_what_was_taken_away_is_not_there_any_more(text: str) -> None:
    assert not has_e_mail(without_e_mails(without_e_mails(text, "[retirée]"), "[retirée]"))
