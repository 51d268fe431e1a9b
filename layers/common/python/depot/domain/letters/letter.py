"""A letter: one mail to send, written in the same transaction as what it tells (the outbox).

    pending ──> sent | failed
    sent ─────> failed             its mail came back

Whoever writes or claims a letter holds it until ``claimed_until``; then the sweep may claim it
again. A crash between "the mail left" and "the letter says so" may cost one duplicate, never a
loss: the lease bounds the window.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final, Literal, Self, get_args

from pydantic import JsonValue

from depot.domain.cfa.cfa_contact import Asking
from depot.domain.employer.behalf import EmployerClaim
from depot.domain.model import Entity
from depot.domain.opco.notice import OpcoTurn


ToDepositor = Literal[
    "deposit_received",
    "offer_added",
    "reminder",
    "offer_expired",
    "offer_closed",
    "firm_verified",
    "firm_refused",
    "duplicate_found",
    "cfa_candidates",
    "link_resent",
    "link_renewed",
    "email_asked",
    "erasure_warning",
    "employer_answered",
    "employer_objected",
]
ToAddress = Literal["links_resent"]
ToNewAddress = Literal["email_change"]
ToFormer = Literal["email_changed", "erased", "firm_erased"]
ToOpco = Literal["opco_need", "opco_reminder"]
ToCfa = Literal["cfa_need", "cfa_follow_up"]
ToEmployer = Literal[
    "on_behalf_notice",
    "on_behalf_reminder",
    "on_behalf_candidates",
    "on_behalf_changed",
    "employer_link_resent",
]
LetterKind = Literal[ToDepositor, ToAddress, ToNewAddress, ToFormer, ToOpco, ToCfa, ToEmployer]
Addressee = Literal["depositor", "address", "new_address", "former", "opco", "cfa", "employer"]
Progress = Literal["pending", "sent", "failed"]
# Why it failed: refused by the mail service or too long delayed; came back; its reader wants none;
# its reader is reached elsewhere by now, and what it tells is not for that address.
Failure = Literal["refused", "bounced", "complained", "unsubscribed", "moved"]

_KINDS: Final[Mapping[Addressee, tuple[LetterKind, ...]]] = {
    "depositor": get_args(ToDepositor),
    "address": get_args(ToAddress),
    "new_address": get_args(ToNewAddress),
    "former": get_args(ToFormer),
    "opco": get_args(ToOpco),
    "cfa": get_args(ToCfa),
    "employer": get_args(ToEmployer),
}
TOLD_TOGETHER: Final[frozenset[LetterKind]] = frozenset({"reminder", "offer_expired"})
"""Those of one kind to one address leave as one mail, whatever dossiers they are of."""
OF_AN_ADDRESS: Final[frozenset[LetterKind]] = frozenset({"links_resent", "employer_link_resent"})
"""They tell of all that an address may open, whatever dossier keeps them."""

# They tell of what their address alone may know: all that it manages; or a contact that the firm
# has no more, whose new address was told of it all when it was given.
_OF_ITS_ADDRESS: Final[frozenset[LetterKind]] = frozenset(
    {"links_resent", "on_behalf_notice", "on_behalf_reminder", "on_behalf_changed"}
)
_READERS: Final = {kind: reader for reader, kinds in _KINDS.items() for kind in kinds}
_LEASE: Final = timedelta(minutes=2)
_LONGEST_LEASE: Final = timedelta(hours=1)
# A mail service that is down, or not open yet, may stay so over a long weekend.
_PATIENCE: Final = timedelta(days=4)


class Letter(Entity):
    """``facts`` are what the template needs, without any link.

    Links are minted when the letter leaves: the manage link, the one that opens ``turn`` or
    ``asking``, the one that proves the ``change`` of address, or those of the deposits it
    ``opens`` to a firm. Who no longer manages anything is sent none.
    """

    id: str
    recruiter_id: str
    kind: LetterKind
    to: str
    reply_to: str | None = None
    facts: dict[str, JsonValue]
    turn: OpcoTurn | None = None
    asking: Asking | None = None
    change: int | None = None
    opens: tuple[EmployerClaim, ...] = ()
    state: Progress = "pending"
    attempts: int = 1
    claimed_until: datetime
    created_at: datetime
    sent_at: datetime | None = None
    message_id: str | None = None
    failure: Failure | None = None

    @property
    def due_at(self) -> datetime | None:
        """When somebody else may try."""
        return self.claimed_until if self.state == "pending" else None

    @property
    def reader(self) -> Addressee:
        """Who reads it, hence what its link opens: each reader's own page, and no other."""
        return _READERS[self.kind]

    def claim(self, now: datetime, *, to: str | None = None) -> Self:
        """Hold it for one more attempt; the lease doubles each time, up to an hour.

        ``to``: where its reader is reached by now, which it follows. One that tells of its own
        address ends there; one that ``opens`` deposits stays, for those still reached there.
        """
        reached = self.to if self.opens else to or self.to
        if reached != self.to and self.kind in _OF_ITS_ADDRESS:
            return self.failed("moved")
        lease = min(_LEASE * 2 ** min(self.attempts, 10), _LONGEST_LEASE)
        return self._next(attempts=self.attempts + 1, claimed_until=now + lease, to=reached)

    def sent(self, message_id: str, now: datetime) -> Self:
        """Record that it left; what it said is forgotten, for it holds a person's details."""
        return self._next(state="sent", message_id=message_id, sent_at=now, facts={}, opens=())

    def failed(self, why: Failure = "refused") -> Self:
        """Record that it will never leave, or never arrived; what it said is forgotten too."""
        return self._next(state="failed", failure=why, facts={}, opens=())

    def returned(self, why: Literal["bounced", "complained"]) -> Self:
        """Record that it came back, or that its reader, who has it, complained."""
        return self.failed(why) if why == "bounced" else self._next(failure=why)

    def exhausted(self, now: datetime) -> bool:
        """Whether it was tried for long enough."""
        return now >= self.created_at + _PATIENCE


def unreached(letters: Iterable[Letter], address: str) -> bool:
    """Whether mails of a dossier do not reach an address: the last came back, or was complained of.

    A complaint is told of a mail that was sent alone: who merely typed an address does not learn
    that its reader complained of another.
    """
    kept = [letter for letter in letters if letter.to == address]
    return bounced(kept, address) or any(
        letter.failure == "complained" and letter.sent_at and letter.state != "pending"
        for letter in kept
    )


def bounced(letters: Iterable[Letter], address: str) -> bool:
    """Whether the last mail of a dossier to an address came back: nobody reads it there."""
    mine = [letter for letter in letters if letter.to == address and letter.state != "pending"]
    last = max(mine, key=lambda letter: letter.created_at, default=None)
    return last is not None and last.failure == "bounced"


def kind_of(letter_id: str) -> LetterKind | None:
    """What kind of letter it is, from its id alone; None: it is no letter of ours."""
    return next((kind for kind in _READERS if letter_id.startswith(f"{kind}-")), None)


def reader_of(letter_id: str) -> Addressee | None:
    """Who reads a letter, from its id alone."""
    kind = kind_of(letter_id)
    return _READERS[kind] if kind else None


def write(
    kind: LetterKind,
    *,
    about: str,
    recruiter_id: str,
    to: str,
    facts: dict[str, JsonValue],
    now: datetime,
    reply_to: str | None = None,
    turn: OpcoTurn | None = None,
    asking: Asking | None = None,
    change: int | None = None,
    opens: tuple[EmployerClaim, ...] = (),
) -> Letter:
    """Write a letter, held by its writer.

    ``about`` makes its id unique for the recruiter: the same never twice.
    """
    return Letter(
        id=f"{kind}-{about}",
        recruiter_id=recruiter_id,
        kind=kind,
        to=to,
        reply_to=reply_to,
        facts=facts,
        turn=turn,
        asking=asking,
        change=change,
        opens=opens,
        claimed_until=now + _LEASE,
        created_at=now,
    )
