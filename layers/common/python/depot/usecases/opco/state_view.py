"""Where the notice to the OPCO of one offer stands, as its depositor sees it."""

from collections.abc import Mapping
from datetime import datetime

from depot.domain.letters.letter import Progress
from depot.domain.life.offer import Offer
from depot.domain.model import Value
from depot.domain.opco.notice import OpcoAnswer
from depot.ports.store import Dossier


class OpcoView(Value):
    """Where the notice to the OPCO stands; ``state`` is that of the last mail.

    ``names`` is who has it or, while only the desk does (``desk``), the OPCOs it may be for.
    ``declined`` are those that passed it on; the desk's ``not_ours`` means that nobody is left.
    ``declarable``: what the depositor says of the OPCO may still change who has it.
    """

    state: Progress
    names: tuple[str, ...] = ()
    declarable: bool = False
    desk: bool = False
    told_at: datetime | None = None
    answer: OpcoAnswer | None = None
    answered_at: datetime | None = None
    declined: tuple[str, ...] = ()


def opco_view(offer: Offer, dossier: Dossier, progress: Mapping[str, Progress]) -> OpcoView:
    """Show it; ``progress`` is that of each letter."""
    notice = next((notice for notice in dossier.notices if notice.offer_id == offer.id), None)
    if notice is None or notice.finding is None or notice.letter_id is None:
        return OpcoView(state="pending")
    candidates = (opco for opco in notice.finding.candidates if opco not in notice.declined)
    return OpcoView(
        state=progress.get(notice.letter_id, "pending"),
        names=(notice.addressee,) if notice.addressee else tuple(candidates),
        declarable=notice.declarable,
        desk=notice.told_at is not None and notice.addressee is None,
        told_at=notice.told_at,
        answer=notice.answer,
        answered_at=notice.answered_at,
        declined=notice.declined,
    )
