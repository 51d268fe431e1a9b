"""The calendar of a confirmation: what a calendar makes of it."""

from contextlib import suppress
from datetime import date, timedelta

from hypothesis import given
from icalendar import Calendar, Event

from depot.domain.errors import LimitReached
from depot.mail.calendar import last_days
from depot.usecases.letters.facts import offer_facts
from tests.builders import NOW, USUAL, an_offer
from tests.strategies import lines


SENDER = "ne-pas-repondre@depot.example"


def events(body: bytes) -> list[Event]:
    return list(Calendar.from_ical(body).walk("VEVENT"))


def test_each_offer_is_a_whole_day_with_an_alarm_a_week_before() -> None:
    offers = [offer_facts(an_offer("o1")), offer_facts(an_offer("o2"))]
    body = last_days(offers, NOW, SENDER)

    first, second = events(body)
    assert (first.start, first.end) == (date(2026, 12, 21), date(2026, 12, 22))
    assert first["summary"] == "Fin de votre offre : Boulanger / Boulangère"
    assert first["uid"] != second["uid"]
    (alarm,) = first.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(days=-7)
    assert body == last_days(
        [offer_facts(an_offer("o1")), offer_facts(an_offer("o2"))], NOW, SENDER
    )


def test_an_offer_that_was_extended_moves_its_entry_each_time() -> None:
    """RFC 5546, 3.2.1: the same UID and ORGANIZER, a higher SEQUENCE; RFC 5545, 3.8.7.4: from 0."""
    lives = [an_offer()]
    for days in (10, 10.1, 20, 40):
        now = NOW + timedelta(days=days)
        with suppress(LimitReached):  # the same day again: nothing is gained
            lives.append(lives[-1].extend(now, USUAL))
    closed = lives[-1].close("filled", None, NOW + timedelta(days=45))
    again = closed.reactivate(
        NOW + timedelta(days=50), USUAL, workplace=closed.workplace, phone=closed.phone
    )

    found = [events(last_days([offer_facts(offer)], NOW, SENDER))[0] for offer in [*lives, again]]

    assert len(found) == 5
    sequences = [event["sequence"] for event in found]
    assert sequences[0] == 0
    assert sequences == sorted(set(sequences))
    assert [event.start for event in found] == sorted({event.start for event in found})
    assert {str(event["uid"]) for event in found} == {"o1@depot"}
    assert {str(event["organizer"]) for event in found} == {f"mailto:{SENDER}"}


def test_it_holds_no_link_and_nobody() -> None:
    body = last_days([offer_facts(an_offer())], NOW, SENDER).decode()

    for secret in ("http", "Jeanne", "@example.org", "+33"):
        assert secret not in body


@given(lines)
def test_no_text_makes_a_line_of_its_own(text: str) -> None:
    offer = {"offer": "o1", "metier": text, "ends_on": "2026-12-21"}

    (event,) = events(last_days([offer], NOW, SENDER))

    assert event.start == date(2026, 12, 21)
    assert set(event) == {
        *("UID", "SEQUENCE", "ORGANIZER", "DTSTAMP", "DTSTART", "DTEND"),
        *("SUMMARY", "DESCRIPTION", "TRANSP"),
    }
