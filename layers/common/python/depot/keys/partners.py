"""Partners' keys: of each only the SHA-256 is kept, beside the links' keys, in a secret.

A key is 256 random bits, so a plain digest gives nothing away. The secret is a JSON object,
``{"<slug>": "<digest, hexadecimal>"}``; several digests, with a space between, while a key changes.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from depot.domain.feed.receipt import Partner


def key_digest(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class HashedKeys:
    """The Partners port: declared ``names`` by slug, ``digests`` of keys by slug."""

    names: Mapping[str, str]
    digests: Mapping[str, str]

    def holder(self, slug: str, key: str) -> Partner | None:
        """Compare in a time that tells nothing of the key."""
        given = key_digest(key).encode()
        kept = self.digests.get(slug, "").encode().split()
        known = [digest for digest in kept if hmac.compare_digest(digest, given)]
        return Partner(slug, self.names[slug]) if known and slug in self.names else None
