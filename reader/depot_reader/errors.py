"""What can stop a reader, each with the exit code that says so."""

from typing import ClassVar


class ReaderError(Exception):
    """Stopped; the mirror is as it was after the last file that was read whole."""

    code: ClassVar[int]


class Later(ReaderError):
    """The same command, later, may succeed."""


class Unreachable(Later):
    """The site does not answer, or not with what was asked."""

    code = 3


class Damaged(Later):
    """A file is not what the index says it is, or does not say what a file says."""

    code = 4


class Refused(ReaderError):
    """No feed that this reader can read: a newer reader, or another address, is needed."""

    code = 5


class MirrorError(ReaderError):
    """The database is missing, locked, of another feed, or no mirror at all."""

    code = 6
