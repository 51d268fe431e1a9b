"""What a firm will have somebody deposit for it no more: its right to object (GDPR, article 21).

    (nothing) ── it removes an offer ────────────────> that need, by each of its ROME codes
    any ── « ne plus déposer », or it erases all ────> any need
    any ── two years after it last said so ──────────> (nothing)

Kept outside any dossier, so that no erasure takes it away. It is of a whole firm, wherever it has
shops or moves, to a whole organisation: two SIREN and métiers, no person, no address.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Literal, Self

from depot.domain.dossier.retention import KEPT
from depot.domain.identifiers import RomeCode
from depot.domain.model import Entity


Objected = Literal["need_removed", "firm_objects"]
"""Why a deposit is refused: this need was removed, or no deposit is wanted at all."""


class Objection(Entity):
    """``siren``: the firm; ``depositor``: the SIREN of who deposited. ``every``: any need."""

    siren: str
    depositor: str
    romes: tuple[RomeCode, ...] = ()
    every: bool = False
    said_at: datetime

    @property
    def until(self) -> datetime:
        """When it no longer holds."""
        return self.said_at + KEPT

    def bars(self, romes: Collection[str], now: datetime) -> Objected | None:
        """Why a deposit under these ROME codes is refused, if it is."""
        if now >= self.until:
            return None
        if self.every:
            return "firm_objects"
        return "need_removed" if set(romes) & set(self.romes) else None

    def again(self, romes: Collection[RomeCode] | None, now: datetime) -> Self:
        """Object to one more need, or (None) to any; what no longer held is not taken up."""
        held = now < self.until
        kept = dict.fromkeys((*(self.romes if held else ()), *(romes or ())))
        every = (held and self.every) or romes is None
        return self._next(romes=tuple(kept), every=every, said_at=now)
