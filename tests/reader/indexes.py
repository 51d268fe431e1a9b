"""The index of a feed that is served."""

import json
from typing import Any

from depot.feed.index import INDEX_KEY
from tests.partner import Feed


def _index(feed: Feed, *, cursor: int, changes: list[Any], oldest: int) -> bytes:
    told = json.loads(feed.objects.kept[INDEX_KEY])
    told |= {"cursor": cursor, "changes": changes, "oldest_change_cursor": oldest}
    told["snapshot"]["cursor"] = told["snapshot"]["files"]["ndjson"]["cursor"] = cursor
    return json.dumps(told).encode()
