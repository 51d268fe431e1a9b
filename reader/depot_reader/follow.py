"""Bring a mirror up to date, file by file."""

from typing import Final, NamedTuple

from depot_reader import feed
from depot_reader.errors import Unreachable
from depot_reader.mirror import Mirror, Step
from depot_reader.site import Gone, Site


_TRIES: Final = 3  # of an index that names a file which is not there


class Steps(NamedTuple):
    """What was read: a new start or not, the number of change segments."""

    restarted: bool = False
    segments: int = 0


def follow(site: Site, mirror: Mirror, now: str) -> Steps:
    """Read all there is to read; ``now`` is written as the instant the mirror was in step.

    Every file is one transaction: killed anywhere, the next call goes on from there. Raises
    ReaderError.
    """
    for _ in range(_TRIES):
        try:
            return _follow(site, mirror, now)
        except Gone as gone:
            missing = gone
    raise Unreachable(f"the index names {missing}, which is not there")


def _follow(site: Site, mirror: Mirror, now: str) -> Steps:
    cursor, etag, generated_at = mirror.position()
    fresh = site.index(etag)
    if fresh is None:
        mirror.seen(cursor=cursor, etag=etag, at=now)
        return Steps()
    if fresh.index.precedes(cursor, generated_at):
        return Steps()  # from a cache that is late: what is kept is newer, the next turn asks again
    said = fresh.index.generated_at
    restart, snapshot, segments = fresh.index.after(cursor)
    if snapshot:
        with site.lines(snapshot) as lines:
            offers = feed.offers(snapshot, lines)
            step = Step(cursor, snapshot.cursor, said)
            mirror.replace(offers, step, at=snapshot.last_modified)
        cursor = snapshot.cursor
    elif restart:
        mirror.replace((), Step(cursor, 0, said), at=now)
        cursor = 0
    for file in segments:
        with site.lines(file) as lines:
            mirror.apply(feed.changes(file, lines), Step(file.cursor - 1, file.cursor, said))
        cursor = file.cursor
    mirror.seen(cursor=cursor, etag=fresh.etag, at=now)
    return Steps(restart, len(segments))
