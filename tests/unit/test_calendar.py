"""The calendar of a confirmation: what a calendar makes of it."""

from datetime import date, timedelta

from hypothesis import given
from icalendar import Calendar, Event

from depot.mail.calendar import last_days
from depot.usecases.letters.facts import offer_facts
from tests.builders import NOW, an_offer
from tests.strategies import lines


def events(body: bytes) -> list[Event]:
    return list(Calendar.from_ical(body).walk("VEVENT"))


def test_each_offer_is_a_whole_day_with_an_alarm_a_week_before() -> None:
    body = last_days([offer_facts(an_offer("o1")), offer_facts(an_offer("o2"))], NOW)

    first, second = events(body)
    assert (first.start, first.end) == (date(2026, 12, 21), date(2026, 12, 22))
    assert first["summary"] == "Fin de votre offre : Boulanger / Boulangère"
    assert first["uid"] != second["uid"]
    (alarm,) = first.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(days=-7)
    assert body == last_days([offer_facts(an_offer("o1")), offer_facts(an_offer("o2"))], NOW)


def test_it_holds_no_link_and_nobody() -> None:
    body = last_days([offer_facts(an_offer())], NOW).decode()

    for secret in ("http", "Jeanne", "@example.org", "+33"):
        assert secret not in body


@given(lines)
def test_no_text_makes_a_line_of_its_own(text: str) -> None:
    offer = {"offer": "o1", "metier": text, "ends_on": "2026-12-21"}

    (event,) = events(last_days([offer], NOW))

    assert event.start == date(2026, 12, 21)
    assert set(event) == {
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP"),
    }
