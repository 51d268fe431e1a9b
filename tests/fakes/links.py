"""The Links port, without a signature."""

from datetime import UTC, datetime

from depot.domain.cfa.cfa_contact import Asking
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.behalf import EmployerClaim
from depot.domain.errors import LinkInvalid
from depot.domain.opco.notice import OpcoTurn
from depot.ports.links import (
    ConfirmClaim,
    FirmsClaim,
    ManageClaim,
    Subscriber,
    UnsubscribeLinks,
)


SITE = "https://depot.example"


class FakeLinks:
    """The Links port: a token is its purpose, then its claim, joined by dots. Anybody forges it."""

    def manage_url(self, recruiter: Recruiter) -> str:
        return _url("gerer", "manage", recruiter.id, recruiter.link_version)

    def manage_claim(self, token: str) -> ManageClaim:
        recruiter_id, version = _read("manage", token, 2)
        return ManageClaim(recruiter_id, _number(version))

    def firms_url(self, recruiter: Recruiter, now: datetime) -> str:
        claim = (recruiter.id, recruiter.link_version, int(now.timestamp()))
        return _url("mes-entreprises", "firms", *claim)

    def firms_claim(self, token: str) -> FirmsClaim:
        recruiter_id, version, minted = _read("firms", token, 3)
        minted_at = datetime.fromtimestamp(_number(minted), UTC)
        return FirmsClaim(recruiter_id, _number(version), minted_at)

    def confirm_url(self, recruiter_id: str, number: int) -> str:
        return _url("confirmer", "confirm", recruiter_id, number)

    def confirm_claim(self, token: str) -> ConfirmClaim:
        recruiter_id, number = _read("confirm", token, 2)
        return ConfirmClaim(recruiter_id, _number(number))

    def opco_url(self, turn: OpcoTurn) -> str:
        return _url("opco", "opco", *turn)

    def opco_claim(self, token: str) -> OpcoTurn:
        recruiter_id, offer_id, number = _read("opco", token, 3)
        return OpcoTurn(recruiter_id, offer_id, _number(number))

    def employer_url(self, claim: EmployerClaim) -> str:
        return _url("employeur", "employer", *claim)

    def employer_claim(self, token: str) -> EmployerClaim:
        recruiter_id, version = _read("employer", token, 2)
        return EmployerClaim(recruiter_id, _number(version))

    def cfa_url(self, asking: Asking) -> str:
        return _url("cfa", "cfa", *asking)

    def cfa_claim(self, token: str) -> Asking:
        return Asking(*_read("cfa", token, 3))

    def unsubscribe(self, subscriber: Subscriber) -> UnsubscribeLinks:
        page = _url("desinscription", "out", *subscriber)
        token = page.partition("#")[2]
        return UnsubscribeLinks(page, f"{SITE}/api/cfa/unsubscribe?t={token}")

    def unsubscribe_claim(self, token: str) -> Subscriber:
        return Subscriber(*_read("out", token, 2))

    def offer_url(self, offer_id: str) -> str:
        return f"{SITE}/offres/{offer_id}"


def _url(page: str, purpose: str, *claim: str | int) -> str:
    return f"{SITE}/{page}.html#" + ".".join(map(str, (purpose, *claim)))


def _read(purpose: str, token: str, parts: int) -> list[str]:
    said, *claim = token.split(".")
    if said != purpose or len(claim) != parts:
        raise LinkInvalid
    return claim


def _number(text: str) -> int:
    if not text.isdecimal():
        raise LinkInvalid
    return int(text)
