"""What differs between deployments, read from ``infra/stages/<name>.json``.

Everything that is the same everywhere is written where it is used. Nothing here needs the CDK, so
that ``python -m infra.config prod`` can say whether a stage is ready before anything is built.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, model_validator

from infra import privacy, routing


STAGES: Final = Path(__file__).parent / "stages"

# RFC 2606 keeps this domain unreachable: an address under it is a blank still to be filled in.
PLACEHOLDER: Final = "@a-renseigner.invalid"
_UNFILLED: Final = "is still a placeholder"

ApiName = Literal[
    "companies",
    "api_entreprise",
    "geocoding",
    "formations",
    "rco",
    "siro_file",
    "siro",
    "la_bonne_alternance",
    "france_travail",
]
"""Other people's APIs, by what we ask of them, or by name where one stands in for another."""

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
    mail_contact: Mailbox | None
    """Who reads the replies that are nobody else's; None: nobody does, and mails say so."""
    alarm_mailbox: Mailbox | None = None
    opco_reminder_days: PositiveInt
    """How many working days an OPCO may leave a need unanswered before it is reminded, once."""
    offer_longest_days: Annotated[int, Field(ge=28)]
    """How many days an offer stays online in one go, extensions included."""
    offer_reactivation_days: PositiveInt
    """How many days after its end an offer may be put online again."""
    cfa_follow_up_days: PositiveInt
    """How many days a training centre may stay silent before it is written to again, once."""
    apis: dict[ApiName, str]
    """Where each API we ask answers; one that is not named is not asked."""
    log_retention_days: Literal[1, 30, 90]
    requests_per_second: int
    route_limits: dict[str, Limit]
    """Tighter than ``requests_per_second``, by route (``METHOD /path``)."""
    sweep_every_minutes: int
    snapshot_every_minutes: int
    import_every_minutes: int
    reconcile_every_minutes: int
    count_every_minutes: int

    @model_validator(mode="after")
    def _named_and_certified(self) -> Self:
        """Mails would link to a host that CloudFront does not answer for."""
        if (self.domain is None) != (self.certificate_arn is None):
            message = "domain and certificate_arn come together, or both are null"
            raise ValueError(message)
        return self

    @property
    def tells_partners(self) -> bool:
        """Whether it names a partner who reads no feed."""
        return not self.apis.keys().isdisjoint({"la_bonne_alternance", "france_travail"})

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
            "mail_contact": self.mail_contact or "",
            "alarm_mailbox": self.alarm_mailbox or "",
        }
        return _blank(addresses)


def api_parameter(api: str) -> str:
    """Name of a stack parameter that says where an API answers: ``CompaniesUrl``."""
    return f"{_capitals(api)}Url"


def api_secret(api: str) -> str:
    """Name of the secret that holds the key to an API, and of its output: ``SiroSecret``."""
    return f"{_capitals(api)}Secret"


def _capitals(name: str) -> str:
    return name.title().replace("_", "")


def load(name: str) -> Stage:
    """Read one stage; raises ``FileNotFoundError`` when there is no such stage."""
    return Stage.model_validate_json((STAGES / f"{name}.json").read_text(encoding="utf-8"))


def objections(name: str) -> list[str]:
    """Why a stage cannot be deployed: what is broken or still to be filled in, file by file."""
    path = routing.path_of(name)
    broken = routing.faults(path)
    blanks = [] if broken else _blank(routing.addresses(path))
    return [
        *(f"infra/stages/{name}.json: {field} {_UNFILLED}" for field in load(name).blanks),
        *(f"infra/opcos/{name}.json: {fault}" for fault in broken),
        *(f"infra/opcos/{name}.json: {field} {_UNFILLED}" for field in blanks),
        *(f"web/site.toml: {fault}" for fault in _unreachable(name)),
    ]


def _unreachable(name: str) -> list[str]:
    """Why people cannot write about their data; on the emulator there are none."""
    known = privacy.contact()
    if name == "local":
        return []
    return (
        [f"contact {_UNFILLED}" for _ in _blank({"contact": known})] if known else [privacy.MISSING]
    )


def _blank(addresses: Mapping[str, str]) -> list[str]:
    return [field for field, address in addresses.items() if address.endswith(PLACEHOLDER)]


def main(name: str) -> int:
    """Say what stands in the way; 1 when something does."""
    found = objections(name)
    sys.stderr.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
