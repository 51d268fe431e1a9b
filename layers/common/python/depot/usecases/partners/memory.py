"""What we remember of what partners were told, outside of what the site serves.

It holds no more than the feed does, but what partners call our offers is ours to know.
"""

from typing import Final, TypeVar

from depot.domain.model import Value
from depot.ports.objects import Objects, put


V = TypeVar("V", bound=Value)

_JSON: Final = "application/json"


def recall(objects: Objects, key: str, kind: type[V]) -> V | None:
    """What was kept under a key, if anything was."""
    stored = objects.get(key)
    return kind.model_validate_json(stored.body) if stored else None


def keep(objects: Objects, key: str, value: Value) -> None:
    """Keep a value under a key, over what was there. Raises Conflict."""
    stored, body = objects.get(key), value.model_dump_json().encode()
    if stored and stored.body == body:
        return
    over = stored.etag if stored else None
    put(objects, key, body, over=over, content_type=_JSON, max_age=0)
