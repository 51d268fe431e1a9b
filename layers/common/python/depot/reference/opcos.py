"""Which OPCOs answer for a collective agreement, by share of firms (France compétences)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from depot.domain.opco import OpcoShare
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
