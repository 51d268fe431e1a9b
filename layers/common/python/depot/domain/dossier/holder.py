"""Whose dossier it is: how the person is reached, which links open it, how long it is kept."""

from datetime import datetime, timedelta
from typing import Final, Self

from depot.domain.dossier.contact import Contact, one_more_address
from depot.domain.dossier.retention import KEPT, WARNING
from depot.domain.model import Entity, Value


_CONFIRMED_WITHIN: Final = timedelta(days=7)


class EmailChange(Value):
    """An address asked for and not yet proven; ``number`` tells it from those asked for before."""

    number: int
    email: str
    asked_at: datetime

    @property
    def until(self) -> datetime:
        """When its link no longer confirms it."""
        return self.asked_at + _CONFIRMED_WITHIN


class Holder(Entity):
    """The person of a dossier, and its links.

    Bumping ``link_version`` revokes every link sent so far; links to several dossiers, minted
    before ``links_since``, no longer open this one. ``email_change`` waits for its link to be
    opened, and of ``email_changes`` ever asked for, the last ones at ``emails_asked``,
    ``confirmed_change`` was the last one proven.
    ``active_at`` is the last gesture of the depositor (None: the deposit), ``warned_at`` when it
    was told of the end, ``look_at`` when the sweep looks at that again; ``erasing_at``: nothing
    opens it any more, what is left of it goes.
    """

    id: str
    contact: Contact
    link_version: int = 1
    links_since: datetime | None = None
    email_change: EmailChange | None = None
    email_changes: int = 0
    emails_asked: tuple[datetime, ...] = ()
    confirmed_change: int = 0
    active_at: datetime | None = None
    warned_at: datetime | None = None
    look_at: datetime | None = None
    erasing_at: datetime | None = None
    created_at: datetime
    updated_at: datetime

    @property
    def retained_at(self) -> datetime:
        """When to ask whether the dossier is still used."""
        return self.look_at or self.created_at + KEPT - WARNING

    def pending_change(self, now: datetime) -> EmailChange | None:
        """The address that may still be confirmed."""
        change = self.email_change
        return change if change and now < change.until else None

    def lists(self, minted_at: datetime) -> bool:
        """Whether a link to all the dossiers of an address, minted then, opens this one too."""
        return self.links_since is None or self.links_since <= minted_at

    def reached_by(self, name: str, phone: str, email: str, now: datetime) -> Self:
        """Change name and phone at once; a new address is only requested.

        Giving the present address cancels a pending request; repeating the pending one changes
        nothing. Raises LimitReached at the fourth address of a day.
        """
        change, pending, asked = None, self.pending_change(now), self.emails_asked
        if pending and pending.email == email:
            change = pending
        elif email != self.contact.email:
            change = EmailChange(number=self.email_changes + 1, email=email, asked_at=now)
            asked = one_more_address(self.emails_asked, now)
        return self._acts(
            now,
            contact=self.contact.model_copy(update={"name": name, "phone": phone}),
            email_change=change,
            email_changes=change.number if change else self.email_changes,
            emails_asked=asked,
        )

    def confirmed(self, change: EmailChange, now: datetime) -> Self:
        """Write to the new address from now on; links sent to the old one open nothing more."""
        contact = self.contact.model_copy(update={"email": change.email})
        return self._renewed(now, contact=contact, confirmed_change=change.number)

    def renewed(self, now: datetime) -> Self:
        """Revoke every link, and the address somebody may have asked for with one of them."""
        return self._renewed(now)

    def kept(self, now: datetime) -> Self:
        """The depositor wants it kept."""
        return self._acts(now)

    def warned(self, now: datetime) -> Self:
        """Tell that it will be erased unless something happens."""
        return self._next(warned_at=now, look_at=now + WARNING)

    def looked_at(self, last_activity: datetime) -> Self:
        """It is used: look again once that may be long ago."""
        return self._next(warned_at=None, look_at=last_activity + KEPT - WARNING)

    def forgotten(self, now: datetime) -> Self:
        """Close it for ever: what is left of it is being erased."""
        return self._next(erasing_at=now, link_version=self.link_version + 1, email_change=None)

    def _renewed(self, now: datetime, **changes: object) -> Self:
        version = self.link_version + 1
        return self._acts(now, link_version=version, links_since=now, email_change=None, **changes)

    def _acts(self, now: datetime, **changes: object) -> Self:
        """A gesture of the depositor: it also says that the dossier is used."""
        return self._next(active_at=now, updated_at=now, **changes)
