"""The OPCOs: their names, the agreements they answer for, what activities hint at."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import ClassVar

from depot.domain.firm.company import Company
from depot.domain.opco.finding import OpcoShare, SourceAnswer
from depot.reference import rows


class ShippedOpcoTable:
    """The OpcoTable port, without input or output after the first reading."""

    def shares(self, idcc: str) -> Sequence[OpcoShare]:
        """Give the OPCOs of one IDCC (4 digits), largest first; none when it is not known.

        ``status`` is the table's own word: unique, majoritaire, partagé or échappement.
        """
        return tuple(
            OpcoShare(opco=opco, share=float(share), rank=int(rank), status=status)
            for _idcc, opco, share, rank, status in _agreements().get(idcc, ())
        )


@cache
def _agreements() -> Mapping[str, list[list[str]]]:
    # The file is sorted by agreement, then rank.
    table: defaultdict[str, list[list[str]]] = defaultdict(list)
    for row in rows("idcc_opco.csv"):
        table[row[0]].append(row)
    return dict(table)


class ActivityHints:
    """The OpcoSource port, from the division of the firm's activity: a hint, never an answer.

    Divisions are those of the NAF rév. 2 and of the NAF 2025 where both mean the same (45 is in the
    first alone).
    """

    name: ClassVar = "naf"
    remote: ClassVar = False

    def ask(self, siret: str, company: Company | None) -> Sequence[SourceAnswer]:
        """One hint; none while the directory has not told the activity."""
        del siret
        if company is None or not company.naf:
            return ()
        opcos = tuple(_divisions().get(company.naf[:2], ()))
        return (SourceAnswer(asked=company.naf, opcos=opcos, confidence="hint" if opcos else None),)


def register_names() -> Mapping[str, str]:
    """Names of OPCOs as France compétences writes them -> the names of ours."""
    return {register: opco for register, opco, _siren, _site in rows("opcos.csv")}


def opco_names() -> frozenset[str]:
    """The OPCOs there are."""
    return frozenset(register_names().values())


@cache
def _divisions() -> Mapping[str, list[str]]:
    # The likeliest OPCO of a division first.
    table: defaultdict[str, list[str]] = defaultdict(list)
    for division, opco in rows("naf_opco.csv"):
        table[division].append(opco)
    return dict(table)
