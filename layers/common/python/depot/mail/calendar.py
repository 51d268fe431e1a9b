"""The last days of offers as a calendar (iCalendar, RFC 5545), to add to one's own.

An event a day long, an alarm a week before, no link: a calendar is often shared, and the link of
the mail is a key.

What was extended has the same UID and a higher SEQUENCE, so that the entry moves (RFC 5546, 3.2.1,
which also wants an ORGANIZER): the days its end moved by, which only ever grow.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from icalendar import Alarm, Calendar, Event, vCalAddress


_MAKER: Final = "-//depot//Depot d'offres en alternance//FR"
_BEFORE: Final = timedelta(days=-7)


def last_days(offers: Sequence[Mapping[str, Any]], written_at: datetime, organizer: str) -> bytes:
    """Make the calendar of these offers, facts of a letter written at ``written_at``.

    ``organizer`` is the address that mails it.
    """
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for offer in offers:
        calendar.add_component(_event(offer, written_at, organizer))
    made: bytes = calendar.to_ical()
    return made


def _event(offer: Mapping[str, Any], written_at: datetime, organizer: str) -> Event:
    day, title = date.fromisoformat(offer["ends_on"]), f"Fin de votre offre : {offer['metier']}"
    event = Event()
    event.add("uid", f"{offer['offer']}@depot")
    event.add("sequence", offer.get("moved", 0))
    event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    event.add("dtstamp", written_at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", title)
    event.add("description", "Prolongez-la ou clôturez-la par le lien de nos e-mails.")
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _BEFORE)
    event.add_component(alarm)
    return event
