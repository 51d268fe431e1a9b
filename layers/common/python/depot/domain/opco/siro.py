"""SIRO, France compétences' register of firms and OPCOs: what one edition of its file must be.

One line an establishment and agreement, ``|`` between fields, about 3.7 million of them: counted
and checked as they pass, never held as objects. The end of the reading says whether to believe it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from depot.domain.errors import SiroFileRefused
from depot.domain.model import Value


HEADER: Final = b"SIRET|IDCC|OPCO_PROPRIETAIRE|OPCO_GESTION"
_BOM: Final = b"\xef\xbb\xbf"
_SIRET: Final = 14
_IDCC: Final = 4
# Shares of the lines.
_MALFORMED: Final = 0.001
_UNKNOWN: Final = 0.005  # the smallest OPCO holds 0.013: a new name for any of them is noticed
_SHRUNK: Final = 0.1

# Reasons, as logs show them.
_OTHER_HEADER: Final = "other header"
_EMPTY: Final = "no line names an OPCO"


class Edition(Value):
    """An edition imported: the month it is of (``202606``), how many lines name an OPCO."""

    month: str
    rows: int
    imported_at: datetime


class SiroRow(NamedTuple):
    """An establishment (SIRET), its agreement (IDCC, may be empty) and its OPCO, by our name."""

    siret: bytes
    idcc: bytes
    opco: str


class Reading:
    """One reading of a file. Counts as lines pass; refuses at the end what cannot be believed."""

    def __init__(
        self, names: Mapping[str, str], before: Edition | None, *, accept_shrink: bool = False
    ) -> None:
        """``names``: OPCOs as the file writes them -> ours. ``before``: the edition in force."""
        self._names = {name.encode(): ours for name, ours in names.items()}
        self._least = 0 if before is None or accept_shrink else before.rows * (1 - _SHRUNK)
        self.lines = 0
        self.rows = 0
        self.malformed = 0
        self.unknown = 0

    def read(self, blocks: Iterable[bytes]) -> Iterator[SiroRow]:
        """Give the lines that name an OPCO. Raises SiroFileRefused, at once or after the last."""
        lines = _lines(blocks)
        if next(lines, b"").removeprefix(_BOM) != HEADER:
            raise SiroFileRefused(_OTHER_HEADER)
        for line in lines:
            self.lines += 1
            fields = line.split(b"|")
            if not _well_formed(fields):
                self.malformed += 1
                continue
            siret, idcc, owner, _overseas = fields
            opco = self._names.get(owner)
            if opco:
                self.rows += 1
                yield SiroRow(siret, idcc.zfill(_IDCC) if idcc else idcc, opco)
            elif owner:
                self.unknown += 1
        self._judge()

    def _judge(self) -> None:
        for count, most, what in (
            (self.malformed, _MALFORMED, "malformed lines"),
            (self.unknown, _UNKNOWN, "lines with an unknown OPCO"),
        ):
            if count > most * self.lines:
                reason = f"{count} {what} of {self.lines}"
                raise SiroFileRefused(reason)
        if not self.rows:
            raise SiroFileRefused(_EMPTY)
        if self.rows < self._least:
            reason = f"{self.rows} lines name an OPCO, {self._least:.0f} at least were expected"
            raise SiroFileRefused(reason)


def _well_formed(fields: list[bytes]) -> bool:
    if len(fields) != len(HEADER.split(b"|")):
        return False
    siret, idcc = fields[:2]
    return (
        len(siret) == _SIRET
        and siret.isdigit()
        and (not idcc or (idcc.isdigit() and len(idcc) <= _IDCC))
    )


def _lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for block in blocks:
        *whole, rest = (rest + block).split(b"\n")
        yield from (line.rstrip(b"\r") for line in whole)
    if rest:
        yield rest
