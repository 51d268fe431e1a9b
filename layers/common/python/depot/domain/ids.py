"""Ids derived from what was submitted, so that the same submission never makes two things."""

from uuid import UUID, uuid5


def derived_id(submission: UUID, *parts: object) -> str:
    """32 hexadecimal digits.

    The same for the same submission and parts (UUID version 5, RFC 9562).
    """
    return uuid5(submission, "/".join(map(str, parts))).hex


def derived_submission(submission: UUID, *parts: object) -> UUID:
    """The id of one deposit among those submitted together, as if drawn (version 4)."""
    return UUID(bytes=uuid5(submission, "/".join(map(str, parts))).bytes, version=4)
