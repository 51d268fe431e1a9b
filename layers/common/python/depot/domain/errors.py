"""Everything that can go wrong, as one tree: the HTTP status it becomes, who raises it and why.

    DepotError                        500  nobody is meant to read it
    ├── DomainError                        the person must do something; a stable code, no HTTP here
    │   ├── Refused                   422  forms, use cases: fields that cannot be accepted
    │   │   ├── DepositFileRefused    422  deposit_file: lines of a file cannot be accepted
    │   │   ├── Duplicate             409  deposits: the same is already live, the depositor chooses
    │   │   └── LimitReached          409  offers: too long, too long ago; a link: enough for today
    │   ├── LinkInvalid               401  links: wrong, revoked or for another purpose
    │   ├── PartnerUnknown            401  receive_receipts: nobody by that name has that key
    │   ├── NotFound                  404  use cases: no such thing behind this link
    │   ├── NotLive                   409  offers: in no state for this
    │   ├── StaleVersion              409  use cases: changed elsewhere since it was read
    │   │   └── NoticeMoved           409  OPCO, centre: passed on, answered or over since then
    │   ├── SubmissionReused          409  deposits: the same submission id, with other contents
    │   ├── SubmissionErased      409  deposits: what this submission id made was erased today
    │   └── TooLarge                  413  api: the body is larger than any form
    ├── Conflict                      409  Store, Objects: another state than the one read
    ├── ObjectMissing                 500  Objects, Jobs: what should be there is not
    ├── FeedBroken                    500  feed: its files do not hold together
    │   └── ShrunkSnapshot            500  publish_feed: too many records would vanish at once
    ├── CatalogueRefused              500  import_catalogue: not imported, the present one stays
    └── Outside                       500  somebody else's service
        ├── SourceUnavailable         500  clients: an API is down, slow or talks nonsense
        ├── JobRefused                500  Jobs: a partner will not have this offer
        ├── ObjectsUnavailable        500  Objects: the store does not answer
        ├── StoreUnavailable          500  Store: the tables cannot say
        ├── SiroFileRefused           500  SIRO: its file cannot be believed
        ├── CatalogueMissing          500  Catalogue: none was imported yet
        │   └── CatalogueBroken       500  Catalogue: this code cannot read what was imported
        ├── MailDelayed               500  Courier: the mail may leave later, retry
        └── MailRefused               500  Courier: the mail will never leave, do not retry

500 is a bug when a person meets it: whoever asks a neighbour says what it does without an answer.
Elsewhere it is a failed event, tried again or alarmed. The sentences people read stand in one
place, ``depot.words``. A test holds this tree to the classes and to that table.
"""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar, NamedTuple

from pydantic import BaseModel, ValidationError


class DepotError(Exception):
    """Root of our errors."""


class DomainError(DepotError):
    """A refusal a person can act on."""

    code: ClassVar[str]


class FieldError(NamedTuple):
    """One field that cannot be accepted: dotted path as the form sends it, and an error code.

    ``choices`` are what it may be instead, when they can be listed.
    """

    field: str
    code: str
    choices: tuple[str, ...] = ()


class Refused(DomainError):
    """One or more fields cannot be accepted."""

    code = "invalid"

    def __init__(self, *errors: FieldError) -> None:
        """Keep the errors, in the order of the form."""
        super().__init__(", ".join(f"{error.field}: {error.code}" for error in errors))
        self.errors = errors

    @classmethod
    def all(cls, errors: Iterable[FieldError]) -> None:
        """Raise if there is any error."""
        if found := tuple(errors):
            raise cls(*found)


def refusal(error: ValidationError) -> Refused:
    """The refusal for input that does not fit its form. What was typed is never echoed."""
    details = error.errors(include_url=False, include_input=False, include_context=False)
    return Refused(*(FieldError(".".join(map(str, d["loc"])), d["type"]) for d in details))


class DepositFileRefused(Refused):
    """Lines of a deposit file cannot be accepted: nothing of it is deposited."""

    def __init__(self, current: BaseModel, *errors: FieldError) -> None:
        """Keep the file as it was understood, for the person to see."""
        super().__init__(*errors)
        self.current = current


class Duplicate(Refused):
    """The need is already live, or appears twice in the same submission: the depositor chooses."""

    code = "duplicate"

    def __init__(self, current: BaseModel, *errors: FieldError) -> None:
        """Keep the live offers, for the person to see."""
        super().__init__(*errors)
        self.current = current


class LimitReached(Refused):
    """An offer lasts, or waited, as long as may be; or a link did enough for today."""

    code = "limit_reached"

    def __init__(self, limit: str, last: date | None = None, *, field: str = "offer") -> None:
        """Keep which limit, of what, and the day it was, as people write it."""
        super().__init__(FieldError(field, limit, (f"{last:%d/%m/%Y}",) if last else ()))


class LinkInvalid(DomainError):
    """The link in the mail is wrong, revoked or for another purpose."""

    code = "link_invalid"


class NotFound(DomainError):
    """No such thing behind this link."""

    code = "not_found"


class NotLive(DomainError):
    """The offer is not in a state from which this may be done."""

    code = "not_live"


class StaleVersion(DomainError):
    """It was changed elsewhere since this person read it."""

    code = "stale_version"

    def __init__(self, current: BaseModel) -> None:
        """Keep what it became, for the person to see."""
        super().__init__()
        self.current = current


class NoticeMoved(StaleVersion):
    """The need was passed on, answered or is over since an OPCO or a centre read it."""

    code = "notice_moved"


class SubmissionReused(DomainError):
    """The submission id already made another deposit."""

    code = "submission_reused"


class SubmissionErased(DomainError):
    """What this submission id made was erased, or is being so: only a new id deposits anew."""

    code = "submission_erased"


class Conflict(DepotError):
    """A conditional write found another state than the one read; nothing was written."""


class Outside(DepotError):
    """Somebody else's service."""


class SourceUnavailable(Outside):
    """An API we call is down, slow or answers nonsense.

    That is no answer, which is different from "no".
    """


class JobRefused(Outside):
    """A partner will not have this offer as it is; it may have it once changed."""

    def __init__(self, status: int) -> None:
        """Keep the status of its answer: its words may quote the offer."""
        super().__init__(f"status {status}")


class ObjectsUnavailable(Outside):
    """The object store does not answer."""


class ObjectMissing(DepotError):
    """An object that should be there is not."""


class StoreUnavailable(Outside):
    """The tables do not answer; raised only by reads the caller can do without."""


class SiroFileRefused(Outside):
    """A file of somebody else's cannot be believed: the one before stays, somebody must look."""


class CatalogueMissing(Outside):
    """No catalogue of trainings was imported yet."""


class CatalogueBroken(CatalogueMissing):
    """What was imported is damaged, or in a format this code does not know."""


class MailDelayed(Outside):
    """The mail may leave later."""


class MailRefused(Outside):
    """The mail will never leave."""
