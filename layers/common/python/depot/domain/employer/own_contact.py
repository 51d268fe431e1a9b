"""A firm's contact that is really its depositor's own is refused: nobody would reach the firm.

A relay (a training centre that gives its own switchboard for each partner firm) hides from
candidates, OPCO and other centres whom they talk to; and the firm would never hear of the deposit.
"""

from collections.abc import Collection, Iterator
from typing import Protocol

from depot.domain.errors import FieldError


class Reachable(Protocol):
    """A contact, typed or stored; phone in E.164, e-mail in lower case and ASCII."""

    @property
    def email(self) -> str:
        """Where to write."""

    @property
    def phone(self) -> str:
        """What to call."""


def own_contact_errors(
    firm: Reachable,
    depositor: Reachable,
    *,
    public: Collection[str],
    prefix: str = "contact.",
) -> list[FieldError]:
    """What of the firm's contact is its depositor's.

    The same e-mail, whatever follows a ``+``; the same domain, or one under the other, unless it is
    ``public``: domains where anybody has a mailbox; the same phone.
    """
    return [FieldError(f"{prefix}{field}", code) for field, code in _own(firm, depositor, public)]


def _own(
    firm: Reachable, depositor: Reachable, public: Collection[str]
) -> Iterator[tuple[str, str]]:
    if _mailbox(firm.email) == _mailbox(depositor.email):
        yield "email", "own_email"
    elif _same_house(_domain(firm.email), _domain(depositor.email), public):
        yield "email", "own_domain"
    if firm.phone == depositor.phone:
        yield "phone", "own_phone"


def _mailbox(email: str) -> tuple[str, str]:
    local, _, domain = email.rpartition("@")
    return local.partition("+")[0], domain


def _domain(email: str) -> str:
    return email.rpartition("@")[2]


def _same_house(one: str, other: str, public: Collection[str]) -> bool:
    if one in public or other in public:
        return False
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
