"""One line of the error table."""

from typing import NamedTuple


class Words(NamedTuple):
    """What is wrong, and what to do."""

    message: str
    remedy: str
