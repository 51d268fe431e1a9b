"""An offer through its states, and the form it comes from."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from depot.domain.errors import FieldError
from depot.domain.life.lifetime import paris_day
from depot.domain.life.offer import MAX_OFFERS_AT_ONCE, OfferForm
from tests.builders import BAKER, NOW, PASTRY_COOK, USUAL, a_deposit, a_need, an_offer
from tests.strategies import instants
from tests.world import days


LATER = NOW + days(3)
NEW_NEED = a_need(description="Four à bois")


def errors(start_on: date, now: datetime) -> list[str]:
    form = OfferForm(metier=BAKER.code, start_on=start_on)
    return [error.code for error in form.start_errors(now)]


def test_an_edit_changes_the_need_and_not_the_life_of_the_offer() -> None:
    reminded = an_offer().remind(NOW)

    edited = reminded.edit(NEW_NEED, LATER)

    kept = edited.model_copy(update={"history": reminded.history})
    assert kept == reminded.model_copy(update={"need": NEW_NEED, "updated_at": LATER, "version": 3})


def test_an_extension_starts_four_new_weeks_and_the_reminder_is_due_again() -> None:
    reminded = an_offer().remind(NOW + days(21))

    extended = reminded.extend(NOW + days(22), USUAL)

    assert extended.ends_on == reminded.ends_on + timedelta(days=22)
    assert extended.reminded_at is None
    assert extended.due_at == extended.reminds_at == reminded.reminds_at + days(22)
    assert extended.extensions == 1
    assert extended.updated_at == NOW + days(22)
    assert extended.published_at == NOW


def test_a_reminder_changes_nothing_that_partners_see() -> None:
    assert an_offer().remind(LATER).updated_at == NOW


@given(instants)
def test_an_offer_is_due_for_its_reminder_then_for_its_end_then_never(now: datetime) -> None:
    offer = an_offer(now=now)
    reminded = offer.remind(offer.reminds_at)

    assert offer.due_at == offer.reminds_at < offer.expires_at
    assert reminded.due_at == offer.expires_at
    assert reminded.expire(offer.expires_at).due_at is None
    assert offer.close("filled", None, now).due_at is None


def test_only_the_metier_is_compulsory() -> None:
    form = OfferForm.model_validate({"metier": BAKER.code})

    assert form == OfferForm(
        metier=BAKER.code,
        other_metiers=[],
        start_on=None,
        level=None,
        openings=1,
        description=None,
        ask_cfa=False,
    )
    assert form.start_errors(NOW) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"metier": ""},
        {"metier": " "},
        {"metier": "1" * 11},
        {"metier": "1", "level": "2"},
        {"metier": "1", "level": 3},
        {"metier": "1", "openings": 0},
        {"metier": "1", "openings": 11},
        {"metier": "1", "start_on": "2027-02-29"},
        {"metier": "1", "description": "x" * 1001},
        {"metier": "1", "other_metiers": "2"},
        {"metier": "1", "other_metiers": [""]},
        {"metier": "1", "other_metiers": None},
        {"metier": "1", "surprise": 1},
    ],
)
def test_what_does_not_fit_the_form_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        OfferForm.model_validate(wrong)


@given(st.sampled_from("123"), st.lists(st.sampled_from("1234"), max_size=4))
def test_other_metiers_are_two_at_most_each_once_and_not_the_first(
    metier: str, others: list[str]
) -> None:
    form = {"metier": metier, "other_metiers": others}
    expected = ""
    if len(others) > 2:
        expected = "metiers_too_many"
    elif len({metier, *others}) < 1 + len(others):
        expected = "metier_repeated"

    if expected:
        with pytest.raises(ValidationError, match=expected):
            OfferForm.model_validate(form)
    else:
        assert OfferForm.model_validate(form).other_metiers == others


def test_a_need_names_its_metiers_and_their_rome_codes_the_main_one_first() -> None:
    other_pastry = PASTRY_COOK.model_copy(update={"code": "2"})
    need = a_need(metier=PASTRY_COOK, other_metiers=(BAKER, other_pastry))

    assert need.metiers == (PASTRY_COOK, BAKER, other_pastry)
    assert need.romes == ("D1104", "D1102")


def test_ten_offers_may_be_deposited_at_once_and_no_more() -> None:
    ten = [{"metier": BAKER.code}] * MAX_OFFERS_AT_ONCE

    assert len(a_deposit(offers=ten).offers) == 10
    with pytest.raises(ValidationError, match="offers_too_many"):
        a_deposit(offers=[*ten, {"metier": BAKER.code}])


@pytest.mark.parametrize(
    ("start_on", "expected"),
    [
        (date(2026, 11, 22), ["start_past"]),
        (date(2026, 11, 23), []),
        (date(2028, 11, 23), []),
        (date(2028, 11, 24), ["start_far"]),
        (date(9999, 12, 31), ["start_far"]),
        (date(1, 1, 1), ["start_past"]),
    ],
)
def test_a_start_date_is_from_today_to_two_years(start_on: date, expected: list[str]) -> None:
    assert errors(start_on, NOW) == expected


@pytest.mark.parametrize(
    ("start_on", "expected"), [(date(2030, 2, 28), []), (date(2030, 3, 1), ["start_far"])]
)
def test_two_years_after_29_february_is_28_february(start_on: date, expected: list[str]) -> None:
    assert errors(start_on, datetime(2028, 2, 29, 12, tzinfo=UTC)) == expected


def test_a_start_date_on_29_february_is_a_date_like_another() -> None:
    assert errors(date(2028, 2, 29), NOW) == []


def test_today_is_todays_in_paris() -> None:
    just_after_midnight = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)

    assert errors(date(2026, 11, 23), just_after_midnight) == ["start_past"]
    assert errors(date(2026, 11, 24), just_after_midnight) == []


@given(instants)
def test_today_is_always_a_good_start_and_yesterday_never(now: datetime) -> None:
    today = paris_day(now)

    assert errors(today, now) == []
    assert errors(today - timedelta(days=1), now) == ["start_past"]


def test_a_wrong_start_date_is_placed_in_what_was_submitted() -> None:
    form = OfferForm(metier=BAKER.code, start_on=date(2020, 1, 1))

    assert form.start_errors(NOW, "offers.3.") == [FieldError("offers.3.start_on", "start_past")]


@pytest.mark.parametrize(
    "typed",
    [
        "Voir http://evil.example/login",
        "Voir HTTPS://EVIL.EXAMPLE",
        "Tout est sur www.phish.example",
        "Connectez-vous :\nevil.example/login",
        "(evil.example/login)",
        "Voir sous-domaine.evil.com.",
        "Voir EVIL.FR",
        "evil.example:8080/x",
        "evil.example?a=b",
        "Écrivez à jeanne@example.org",
        "Écrivez à jeanne(at)example.org",
        "Écrivez à jeanne [at] example.org",
        "Écrivez à jeanne%40example.org",
        "Écrivez à jeanne&#64;example.org",
        "Écrivez à jeanne arobase example point fr",
        "Suivez @aubonpain",
    ],
)
def test_a_description_with_a_link_or_an_address_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="text_link"):
        OfferForm(metier="11573", description=typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Horaires 6h/13h, 2 j/semaine. CDI/CDD possible.",
        "Développer en ASP.NET et Node.js",
        "Poste à pourvoir.Contrat de 12 mois.CAP/BP",
        "Salaire 1.200 euros, soit 43 % du SMIC",
        "Comptabilité, paie, etc.",
        "Permis B (24h/24), S.A.R.L. Martin",
        "Payé 12 € @ l’heure",
        "Savoir taper une arobase",
    ],
)
def test_a_description_of_ordinary_words_is_accepted_as_typed(typed: str) -> None:
    assert OfferForm(metier="11573", description=typed).description == typed
