"""Files of the feed whose name never changes: what is newer replaces what is older, never back."""

from collections.abc import Callable
from typing import Final

from depot.domain.errors import Conflict
from depot.ports.objects import Objects, put


_AGE: Final = 300  # seconds a cache may keep them


def replace_if_newer(
    objects: Objects, key: str, body: bytes, kind: str, *, cursor_of: Callable[[bytes], int]
) -> bool:
    """Write over what is older, as ``cursor_of`` tells; say whether it was."""
    cursor = cursor_of(body)
    while True:
        stored = objects.get(key)
        if stored and (stored.body == body or cursor_of(stored.body) >= cursor):
            return False
        over = stored.etag if stored else None
        try:
            put(objects, key, body, over=over, content_type=kind, max_age=_AGE)
        except Conflict:
            continue
        return True
