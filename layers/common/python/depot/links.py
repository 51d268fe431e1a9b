"""Capability links: who holds the link may manage, no account.

Token: ``<key id>.<recruiter id>.<link version>.<signature>``, HMAC-SHA256 by itsdangerous. Each
purpose signs with a key derived from its own salt, so a token of one purpose opens no other.
Nothing secret is stored; the version in the recruiter revokes. The token rides in the URL fragment:
it reaches no log and no Referer.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from itsdangerous import BadSignature, Signer

from depot.domain.errors import LinkInvalid
from depot.domain.recruiter import Recruiter
from depot.ports import ManageClaim


_MANAGE: Final = "depot.manage"
_PARTS: Final = 3


@dataclass(frozen=True)
class LinkKeys:
    """Signing keys by id; ``current`` signs, all verify: rotation keeps old mails working."""

    current: str
    keys: Mapping[str, str]

    def signer(self, key_id: str) -> Signer:
        """The signer of manage links under one key. Raises LinkInvalid when the key is gone."""
        if key_id not in self.keys:
            raise LinkInvalid
        return Signer(
            self.keys[key_id],
            salt=_MANAGE,
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
        key_id = self.keys.current
        claim = f"{key_id}.{recruiter.id}.{recruiter.link_version}"
        token = self.keys.signer(key_id).sign(claim).decode()
        return f"{self.public_url}/gerer.html#{token}"

    def manage_claim(self, token: str) -> ManageClaim:
        """Read a manage token, exactly as minted: base64 may spell a signature in several ways."""
        signer = self.keys.signer(token.partition(".")[0])
        try:
            claim = signer.unsign(token).decode()
        except (BadSignature, UnicodeError) as error:
            raise LinkInvalid from error
        parts = claim.split(".")
        if len(parts) != _PARTS or signer.sign(claim).decode() != token:
            raise LinkInvalid
        return ManageClaim(parts[1], int(parts[2]))
