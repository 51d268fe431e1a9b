"""The documentation of the feed: its folder, its examples, the reader it shows."""

from collections.abc import Callable
from typing import Any

from tests.partner import documented


Copy = dict[str, Any]


FOLLOW: Callable[[Copy | None, Callable[[str], bytes]], Copy] = documented()["follow"]
