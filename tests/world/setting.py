"""Who there is in the world: métiers, OPCOs and their mailboxes; and what may happen to it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.opco.finding import OpcoShare
from depot.domain.opco.routing import OpcoMailboxes, OpcoMailing, OpcoRouting
from depot.ports.store import Absent, Change, Dossier
from depot.usecases.deposit.receipt import Receipt
from tests.builders import BAKER, CHOCOLATE_MAKER, DISHWASHER, PASTRY_COOK, a_recruiter
from tests.fakes import FakeLinks, MemoryStore


SECOND = UUID("00000000-0000-4000-8000-000000000002")
EP = "Opco entreprises de proximité"
AKTO = "Akto"
METIERS = {metier.code: metier for metier in (BAKER, PASTRY_COOK, CHOCOLATE_MAKER, DISHWASHER)}
REFUSED = frozenset({DISHWASHER.rome})
OCAPIAT = "Ocapiat"
DESK_MAILBOX = "accueil@example.org"
MAILBOXES = {EP: "ep@example.org", AKTO: "akto@example.org", OCAPIAT: "ocapiat@example.org"}
OPCOS = MAILBOXES.keys()
MAILING = OpcoMailing(
    OpcoRouting(
        default=DESK_MAILBOX,
        opcos={opco: OpcoMailboxes(mailbox=mailbox) for opco, mailbox in MAILBOXES.items()},
    ),
    regions={},
)
REMINDER_DAYS = 3
FOLLOW_UP_DAYS = 5
PUBLIC_MAIL = frozenset({"gmail.example"})


class Crash(BaseException):
    """The process ends here: nothing of ours catches it."""


def crash() -> None:
    raise Crash


def a_qr(text: str) -> str:
    return f"data:{text}"


def nothing() -> None:
    """Let a commit pass."""


@dataclass
class RacingStore(MemoryStore):
    """``rivals`` act just before our commits, one each: what happens between our read and write.

    ``late`` act just after our reads of a recruiter: between that look and the next.
    ``unreadable``: dossiers whose items nobody can make sense of.
    """

    rivals: list[Callable[[], object]] = field(default_factory=list)
    late: list[Callable[[], object]] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)

    def dossier(self, recruiter_id: str) -> Dossier | None:
        if recruiter_id in self.unreadable:
            message = "of another version"
            raise ValueError(message)
        return super().dossier(recruiter_id)

    def recruiter(self, recruiter_id: str) -> Recruiter | None:
        found = super().recruiter(recruiter_id)
        if self.late:
            self.late.pop(0)()
        return found

    def commit(self, *changes: Change | Absent) -> None:
        if self.rivals:
            self.rivals.pop(0)()
        super().commit(*changes)


def share(opco: str, part: float = 1.0, rank: int = 1) -> OpcoShare:
    return OpcoShare(opco=opco, share=part, rank=rank, status="unique")


def token_of(receipt: Receipt) -> str:
    assert receipt.manage_url
    return token_in(receipt.manage_url)


def token_in(link: str | None) -> str:
    """What a link carries; nothing when there is no link."""
    return (link or "").partition("#")[2]


def manage_token(recruiter_id: str, version: int = 1) -> str:
    """What opens a dossier to the bearer, unless it was renewed since that version."""
    holder = a_recruiter(id=recruiter_id, link_version=version)
    return FakeLinks().manage_url(holder).partition("#")[2]


def days(number: float) -> timedelta:
    return timedelta(days=number)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)
