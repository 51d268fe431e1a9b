"""Keep our copy of SIRO, France compétences' register of firms and OPCOs, as new as theirs.

Run by the clock. A file that cannot be believed is refused loudly and the edition in force stays;
one that cannot be had is tried again at the next run, and missed loudly once it has been too long.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Literal

from depot.domain.errors import Conflict, SiroFileRefused, SourceUnavailable
from depot.domain.model import Value
from depot.domain.opco.siro import Reading
from depot.ports.imports import SiroFiles, SiroRegister


logger = logging.getLogger(__name__)

# Editions come monthly: by then two were missed.
_TOO_OLD: Final = timedelta(days=75)


class SiroImport(Value):
    """What a run did; the counts are of the file it read."""

    outcome: Literal["imported", "up_to_date", "refused", "unavailable", "overtaken"]
    month: str | None = None
    lines: int = 0
    rows: int = 0
    malformed: int = 0
    unknown: int = 0
    deleted: int = 0


def import_siro(
    *,
    files: SiroFiles,
    register: SiroRegister,
    names: Mapping[str, str],
    now: datetime,
    accept_shrink: bool = False,
) -> SiroImport:
    """Import the newest file unless it is the one in force, then tidy.

    ``names``: OPCOs as the file writes them -> ours. ``accept_shrink``: somebody looked at a file
    that was refused for being smaller, and takes it.
    """
    try:
        summary = _import(files, register, names, now, accept_shrink=accept_shrink)
    except SiroFileRefused as refusal:
        logger.error("siro file refused", extra={"reason": str(refusal)})  # noqa: TRY400 - the reason says all
        summary = SiroImport(outcome="refused")
    except SourceUnavailable as outage:
        logger.warning("siro file unavailable", extra={"reason": str(outage)})
        summary = SiroImport(outcome="unavailable")
    except Conflict:
        summary = SiroImport(outcome="overtaken")
    _watch_age(register, now)
    return summary.model_copy(update={"deleted": register.tidy(now)})


def _import(
    files: SiroFiles,
    register: SiroRegister,
    names: Mapping[str, str],
    now: datetime,
    *,
    accept_shrink: bool,
) -> SiroImport:
    before, file = register.current(), files.newest()
    if before is not None and file.month <= before.month:
        return SiroImport(outcome="up_to_date", month=before.month)
    reading = Reading(names, before, accept_shrink=accept_shrink)
    register.replace(file.month, reading.read(files.blocks(file)), now)
    return SiroImport(
        outcome="imported",
        month=file.month,
        lines=reading.lines,
        rows=reading.rows,
        malformed=reading.malformed,
        unknown=reading.unknown,
    )


def _watch_age(register: SiroRegister, now: datetime) -> None:
    edition = register.current()
    if edition is None or edition.imported_at < now - _TOO_OLD:
        logger.error("no recent siro edition", extra={"month": edition and edition.month})
