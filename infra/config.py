"""What differs between deployments, read from ``infra/stages/<name>.json``.

Everything that is the same everywhere is written where it is used. Depends on pydantic only, so
that ``python -m infra.config prod`` can say whether a stage is ready before anything is built.
"""

import sys
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, model_validator


STAGES: Final = Path(__file__).parent / "stages"

# RFC 2606 keeps this domain unreachable: an address under it is a blank still to be filled in.
PLACEHOLDER: Final = "@a-renseigner.invalid"

ApiName = Literal["companies", "siro_file", "siro"]
"""Other people's APIs, by what we ask of them."""

Mailbox = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[a-z]+$")]


class Limit(BaseModel):
    """How many requests a route takes, from all callers together."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    per_second: PositiveInt
    burst: PositiveInt


class Stage(BaseModel):
    """One deployment of the whole service."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Literal["prod", "local"]
    account: str | None = None
    """None: the account of the credentials that deploy."""
    region: str
    domain: str | None = None
    """Host name of the site; None: the one CloudFront gives."""
    certificate_arn: str | None = None
    """ACM certificate of ``domain``, in us-east-1 as CloudFront wants."""
    mail_sender: Mailbox
    alarm_mailbox: Mailbox | None = None
    opco_mailboxes: dict[str, Mailbox]
    """By OPCO name, as in the ``opco_lba`` column of the reference data."""
    opco_default_mailbox: Mailbox
    apis: dict[ApiName, str]
    """Where each API we ask answers; one that is not named is not asked."""
    log_retention_days: Literal[1, 30, 90]
    requests_per_second: int
    route_limits: dict[str, Limit]
    """Tighter than ``requests_per_second``, by route (``METHOD /path``)."""
    sweep_every_minutes: int
    snapshot_every_minutes: int

    @model_validator(mode="after")
    def _named_and_certified(self) -> Self:
        """Mails would link to a host that CloudFront does not answer for."""
        if (self.domain is None) != (self.certificate_arn is None):
            message = "domain and certificate_arn come together, or both are null"
            raise ValueError(message)
        return self

    @property
    def emulated(self) -> bool:
        """Whether this stage runs on the emulator: plain HTTP, throw-away data."""
        return self.name == "local"

    @property
    def mail_domain(self) -> str:
        """The domain SES must be allowed to send for."""
        return self.mail_sender.partition("@")[2]

    @property
    def blanks(self) -> list[str]:
        """Where the file still holds a placeholder instead of an address."""
        addresses = {
            "mail_sender": self.mail_sender,
            "alarm_mailbox": self.alarm_mailbox or "",
            "opco_default_mailbox": self.opco_default_mailbox,
            **{f"opco_mailboxes[{name}]": box for name, box in self.opco_mailboxes.items()},
        }
        return [field for field, address in addresses.items() if address.endswith(PLACEHOLDER)]


def api_parameter(api: str) -> str:
    """Name of a stack parameter that says where an API answers: ``CompaniesUrl``."""
    return f"{api.title().replace('_', '')}Url"


def load(name: str) -> Stage:
    """Read one stage; raises ``FileNotFoundError`` when there is no such stage."""
    return Stage.model_validate_json((STAGES / f"{name}.json").read_text(encoding="utf-8"))


def _refuse_blanks(name: str) -> int:
    blanks = load(name).blanks
    for field in blanks:
        sys.stderr.write(f"infra/stages/{name}.json: {field} is still a placeholder\n")
    return 1 if blanks else 0


if __name__ == "__main__":
    sys.exit(_refuse_blanks(sys.argv[1]))
