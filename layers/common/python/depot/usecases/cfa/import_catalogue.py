"""Import the catalogue of trainings: all of it or nothing.

The first source that gives its whole catalogue is taken. One that is empty, holds too many records
nobody can read, or shrank by more than a share, at once or within a month, is refused, loudly: the
version before stays.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from depot.domain.cfa.columns import gather
from depot.domain.cfa.formation import Imported, training_of
from depot.domain.cfa.training import Training
from depot.domain.errors import DepotError, SourceUnavailable
from depot.domain.life.lifetime import paris_day
from depot.ports.imports import CatalogueStore, Formations


logger = logging.getLogger(__name__)

# This share of the trainings may vanish within a month; small catalogues may lose anything.
_MAX_SHRINK: Final = 0.2
_SHRINK_MATTERS_FROM: Final = 100
# This share of the records may have another shape than the documented one.
_MAX_INVALID: Final = 0.05
_INVALID: Final = "invalid"


class CatalogueRefused(DepotError):
    """What a source gave is no catalogue to ask people from; the version before stays."""


def import_catalogue(
    sources: Sequence[Formations],
    *,
    catalogue: CatalogueStore,
    former: Mapping[str, str],
    now: datetime,
    accept_shrink: bool = False,
) -> Imported:
    """Replace the catalogue by what the first source that answers gives; say what it holds.

    ``former``: the code above each ROME 4.0 code. Raises CatalogueRefused unless, for a catalogue
    that shrank, an operator looked (``accept_shrink``); SourceUnavailable when no source answers.
    """
    source, trainings, left_out = _first(sources)
    columns = gather(trainings, former)
    before = catalogue.imported()
    held_to = () if before is None or accept_shrink else before.remembered(now)
    imported = Imported(
        source=source,
        imported_at=now,
        trainings=len(columns.title),
        left_out=left_out,
        peaks=tuple(peak for peak in held_to if peak.trainings > len(columns.title)),
    )
    _guard(imported)
    catalogue.publish(columns, imported)
    logger.info("catalogue imported", extra=imported.model_dump(mode="json"))
    if gone := catalogue.tidy(now):
        logger.info("old catalogues deleted", extra={"versions": gone})
    return imported


def _first(sources: Iterable[Formations]) -> tuple[str, set[Training], Counter[str]]:
    reason = "no source of formations is configured"
    for source in sources:
        try:
            return source.name, *_read(source)
        except SourceUnavailable as error:
            reason = f"{source.name}: {error}"
            logger.warning("source of formations left", extra={"reason": reason})
    raise SourceUnavailable(reason)


def _read(source: Formations) -> tuple[set[Training], Counter[str]]:
    trainings: set[Training] = set()
    left_out: Counter[str] = Counter()
    for formation in source.all():
        found = training_of(formation) if formation else _INVALID
        if isinstance(found, Training):
            trainings.add(found)
        else:
            left_out[found] += 1
    return trainings, left_out


def _guard(imported: Imported) -> None:
    invalid = imported.left_out.get(_INVALID, 0)
    read = imported.trainings + sum(imported.left_out.values())
    if not imported.trainings:
        raise _refusal(imported, "it holds no training that can be asked about")
    if invalid > read * _MAX_INVALID:
        raise _refusal(imported, f"{invalid} of {read} records cannot be read")
    most = max(imported.peaks, key=lambda peak: peak.trainings, default=None)
    if most is None or most.trainings < _SHRINK_MATTERS_FROM:
        return
    lost = most.trainings - imported.trainings
    if lost > most.trainings * _MAX_SHRINK:
        on = paris_day(most.at).isoformat()
        raise _refusal(
            imported, f"{lost} of {most.trainings} trainings would vanish, as counted on {on}"
        )


def _refusal(imported: Imported, reason: str) -> CatalogueRefused:
    counts = imported.model_dump(mode="json") | {"reason": reason}
    logger.error("catalogue refused", extra=counts)
    return CatalogueRefused(reason)
