"""Capability links: who holds the link may act, no account.

Token: ``<key id>.<claim>.<signature>``, HMAC-SHA256 by itsdangerous. Each purpose signs with a key
derived from its own salt, so a token of one purpose opens no other.

    purpose   page                  claim
    manage    gerer.html            <recruiter id>.<link version>       the version revokes
    firms     mes-entreprises.html  <recruiter id>.<link version>.<s>   so does it; three months
    confirm   confirmer.html        <recruiter id>.<change>             once, within a week
    opco      opco.html             <recruiter id>.<offer id>.<turn>    the next turn takes it away
    cfa       cfa.html              <recruiter id>.<offer id>.<siren>   two months after its need
    employer  employeur.html        <recruiter id>.<link version>       another address revokes it
    way out   desinscription.html   <siren>.<digest of the address>     for ever

The receipt of a deposit shows a manage link to whoever typed an address; firms and confirm are only
ever mailed to it, so that opening one proves it. ``s``: when it was minted, in seconds of Unix.
Nothing secret is stored. The token rides in the URL fragment: it reaches no log and no Referer. One
exception: mail programs post to the very address of ``List-Unsubscribe`` (RFC 8058) and keep no
fragment, so the token of the way out also rides in a query. It does one thing, and names nobody.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, NamedTuple

from itsdangerous import BadSignature, Signer

from depot.domain.cfa.cfa_contact import Asking
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.behalf import EmployerClaim
from depot.domain.errors import LinkInvalid
from depot.domain.opco.notice import OpcoTurn
from depot.feed.public import page_path
from depot.ports.links import (
    ConfirmClaim,
    FirmsClaim,
    ManageClaim,
    Subscriber,
    UnsubscribeLinks,
)


class Purpose(NamedTuple):
    """What a link is for: the salt of its key, the page it opens, how many parts it claims."""

    salt: str
    page: str
    parts: int


MANAGE: Final = Purpose("depot.manage", "gerer.html", 2)
FIRMS: Final = Purpose("depot.firms", "mes-entreprises.html", 3)
CONFIRM: Final = Purpose("depot.confirm", "confirmer.html", 2)
OPCO: Final = Purpose("depot.opco", "opco.html", 3)
EMPLOYER: Final = Purpose("depot.employer", "employeur.html", 2)
CFA: Final = Purpose("depot.cfa", "cfa.html", 3)
WAY_OUT: Final = Purpose("depot.way-out", "desinscription.html", 2)

ONE_CLICK: Final = "/api/cfa/unsubscribe"


@dataclass(frozen=True)
class LinkKeys:
    """Signing keys by id; ``current`` signs, all verify: rotation keeps old mails working."""

    current: str
    keys: Mapping[str, str]

    def signer(self, key_id: str, purpose: Purpose) -> Signer:
        """The signer of one purpose under one key. Raises LinkInvalid when the key is gone."""
        if key_id not in self.keys:
            raise LinkInvalid
        return Signer(
            self.keys[key_id],
            salt=purpose.salt,
            sep=".",
            key_derivation="hmac",
            digest_method=hashlib.sha256,
        )


@dataclass(frozen=True)
class SignedLinks:
    """Mints and reads links under a site's public address, without a trailing slash."""

    public_url: str
    keys: LinkKeys

    def manage_url(self, recruiter: Recruiter) -> str:
        """The manage page, opened for one recruiter."""
        return self._mint(MANAGE, recruiter.id, recruiter.link_version)

    def manage_claim(self, token: str) -> ManageClaim:
        """Read a manage token."""
        recruiter_id, version = self._read(MANAGE, token)
        return ManageClaim(recruiter_id, int(version))

    def firms_url(self, recruiter: Recruiter, now: datetime) -> str:
        """The page of every dossier of an address, opened through one of them."""
        return self._mint(FIRMS, recruiter.id, recruiter.link_version, int(now.timestamp()))

    def firms_claim(self, token: str) -> FirmsClaim:
        """Read a token of several dossiers."""
        recruiter_id, version, minted = self._read(FIRMS, token)
        return FirmsClaim(recruiter_id, int(version), datetime.fromtimestamp(int(minted), UTC))

    def confirm_url(self, recruiter_id: str, number: int) -> str:
        """The page that proves a new address."""
        return self._mint(CONFIRM, recruiter_id, number)

    def confirm_claim(self, token: str) -> ConfirmClaim:
        """Read a confirmation token."""
        recruiter_id, number = self._read(CONFIRM, token)
        return ConfirmClaim(recruiter_id, int(number))

    def opco_url(self, turn: OpcoTurn) -> str:
        """The page of one need, opened for who is told of it in this turn."""
        return self._mint(OPCO, *turn)

    def opco_claim(self, token: str) -> OpcoTurn:
        """Read an OPCO's token."""
        recruiter_id, offer_id, number = self._read(OPCO, token)
        return OpcoTurn(recruiter_id, offer_id, int(number))

    def employer_url(self, claim: EmployerClaim) -> str:
        """The page where a firm answers about what was deposited on its behalf."""
        return self._mint(EMPLOYER, *claim)

    def employer_claim(self, token: str) -> EmployerClaim:
        """Read an employer's token."""
        recruiter_id, version = self._read(EMPLOYER, token)
        return EmployerClaim(recruiter_id, int(version))

    def cfa_url(self, asking: Asking) -> str:
        """The page of one need, opened for one centre."""
        return self._mint(CFA, *asking)

    def cfa_claim(self, token: str) -> Asking:
        """Read a centre's token."""
        return Asking(*self._read(CFA, token))

    def unsubscribe(self, subscriber: Subscriber) -> UnsubscribeLinks:
        """The page, and the address mail programs post to."""
        page = self._mint(WAY_OUT, *subscriber)
        token = page.partition("#")[2]
        return UnsubscribeLinks(page, f"{self.public_url}{ONE_CLICK}?t={token}")

    def unsubscribe_claim(self, token: str) -> Subscriber:
        """Read a token of the way out."""
        return Subscriber(*self._read(WAY_OUT, token))

    def offer_url(self, offer_id: str) -> str:
        """The public page of an offer."""
        return f"{self.public_url}{page_path(offer_id)}"

    def _mint(self, purpose: Purpose, *claim: str | int) -> str:
        key_id = self.keys.current
        text = ".".join(map(str, (key_id, *claim)))
        token = self.keys.signer(key_id, purpose).sign(text).decode()
        return f"{self.public_url}/{purpose.page}#{token}"

    def _read(self, purpose: Purpose, token: str) -> list[str]:
        """Read a token, exactly as minted: base64 may spell a signature in several ways."""
        signer = self.keys.signer(token.partition(".")[0], purpose)
        try:
            claim = signer.unsign(token).decode()
        except (BadSignature, UnicodeError) as error:
            raise LinkInvalid from error
        _, *parts = claim.split(".")
        if len(parts) != purpose.parts or signer.sign(claim).decode() != token:
            raise LinkInvalid
        return parts
