"""Files of SIRO, as France compétences writes them."""

from collections.abc import Iterable


HEADER = "SIRET|IDCC|OPCO_PROPRIETAIRE|OPCO_GESTION"
NAMES = {"OPCO EP": "Opco entreprises de proximité", "AKTO": "Akto", "ATLAS": "ATLAS"}


def a_file(*lines: str, header: str = HEADER, end: str = "\n") -> bytes:
    return end.join([header, *lines, ""]).encode()


def many(rows: int, opco: str = "OPCO EP") -> Iterable[str]:
    """As many establishments, each of a firm of its own."""
    return (f"{rank:09d}00017|0843|{opco}|" for rank in range(1, rows + 1))
