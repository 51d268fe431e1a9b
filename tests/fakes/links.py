"""The Links port, without a signature."""

from datetime import UTC, datetime

from depot.domain.cfa.cfa_contact import Asking
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import LinkInvalid
from depot.domain.opco.notice import OpcoTurn
from depot.ports.links import (
    ConfirmClaim,
    EmployerClaim,
    FirmsClaim,
    ManageClaim,
    Subscriber,
    UnsubscribeLinks,
)


class FakeLinks:
    """The Links port, without a signature: parts joined by dots, as many as the claim has."""

    def manage_url(self, recruiter: Recruiter) -> str:
        return f"https://depot.example/gerer.html#{recruiter.id}.{recruiter.link_version}"

    def manage_claim(self, token: str) -> ManageClaim:
        recruiter_id, _, version = token.partition(".")
        if not version.isdigit():
            raise LinkInvalid
        return ManageClaim(recruiter_id, int(version))

    def firms_url(self, recruiter: Recruiter, now: datetime) -> str:
        parts = (recruiter.id, recruiter.link_version, int(now.timestamp()))
        return "https://depot.example/mes-entreprises.html#" + ".".join(map(str, parts))

    def firms_claim(self, token: str) -> FirmsClaim:
        recruiter_id, version, minted = _three(token)
        return FirmsClaim(recruiter_id, int(version), datetime.fromtimestamp(int(minted), UTC))

    def confirm_url(self, recruiter_id: str, number: int) -> str:
        return f"https://depot.example/confirmer.html#{recruiter_id}.{number}"

    def confirm_claim(self, token: str) -> ConfirmClaim:
        return ConfirmClaim(*self.manage_claim(token))

    def opco_url(self, turn: OpcoTurn) -> str:
        return "https://depot.example/opco.html#" + ".".join(map(str, turn))

    def opco_claim(self, token: str) -> OpcoTurn:
        recruiter_id, _, rest = token.partition(".")
        offer_id, _, number = rest.partition(".")
        if not number.isdigit():
            raise LinkInvalid
        return OpcoTurn(recruiter_id, offer_id, int(number))

    def employer_url(self, recruiter_id: str, version: int) -> str:
        return f"https://depot.example/employeur.html#{recruiter_id}.{version}"

    def employer_claim(self, token: str) -> EmployerClaim:
        return EmployerClaim(*self.manage_claim(token))

    def cfa_url(self, asking: Asking) -> str:
        return "https://depot.example/cfa.html#" + ".".join((*asking, "cfa"))

    def cfa_claim(self, token: str) -> Asking:
        *claim, purpose = token.split(".")
        if purpose != "cfa" or len(claim) != len(Asking._fields):
            raise LinkInvalid
        return Asking(*claim)

    def unsubscribe(self, subscriber: Subscriber) -> UnsubscribeLinks:
        token = ".".join((*subscriber, "out"))
        return UnsubscribeLinks(
            f"https://depot.example/desinscription.html#{token}",
            f"https://depot.example/api/cfa/unsubscribe?t={token}",
        )

    def unsubscribe_claim(self, token: str) -> Subscriber:
        *claim, purpose = token.split(".")
        if purpose != "out" or len(claim) != len(Subscriber._fields):
            raise LinkInvalid
        return Subscriber(*claim)

    def offer_url(self, offer_id: str) -> str:
        return f"https://depot.example/offres/{offer_id}"


def _three(token: str) -> list[str]:
    parts = token.split(".")
    if len(parts) != 3:
        raise LinkInvalid
    return parts
