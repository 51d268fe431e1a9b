"""Bring a mirror up to date, file by file."""

from typing import Final, NamedTuple

from depot_reader import feed
from depot_reader.errors import Unreachable
from depot_reader.mirror import Mirror
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
    cursor, etag = mirror.position()
    fresh = site.index(etag)
    if fresh is None:
        mirror.seen(cursor=cursor, etag=etag, at=now)
        return Steps()
    restart, snapshot, segments = fresh.index.after(cursor)
    if snapshot:
        with site.lines(snapshot) as lines:
            offers = feed.offers(snapshot, lines)
            at = snapshot.last_modified
            mirror.replace(offers, before=cursor, cursor=snapshot.cursor, at=at)
        cursor = snapshot.cursor
    elif restart:
        mirror.replace((), before=cursor, cursor=0, at=now)
        cursor = 0
    for file in segments:
        with site.lines(file) as lines:
            mirror.apply(feed.changes(file, lines), before=file.cursor - 1, cursor=file.cursor)
        cursor = file.cursor
    mirror.seen(cursor=cursor, etag=fresh.etag, at=now)
    return Steps(restart, len(segments))
