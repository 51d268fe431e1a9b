"""Pseudonyms of offers in the counts: HMAC-SHA256 under the keys of links, by a salt of their own.

Whoever has the feed knows every identifier: a plain digest of one is as good as the identifier.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from itsdangerous import Signer

from depot.keys.links import LinkKeys, Purpose


COUNTS: Final = Purpose("depot.counts", "", 1)
_LENGTH: Final = 22  # characters of base64: 132 bits


@dataclass(frozen=True)
class Pseudonyms:
    """Names an offer under every key: what was named under a former one is found again."""

    keys: LinkKeys

    def names(self, offer_id: str) -> Sequence[str]:
        """Its pseudonyms, that of the current key first."""
        return [signer.get_signature(offer_id).decode()[:_LENGTH] for signer in self._signers]

    @cached_property
    def _signers(self) -> Sequence[Signer]:
        current = self.keys.current
        others = [key for key in self.keys.keys if key != current]
        return [self.keys.signer(key, COUNTS) for key in (current, *others)]
