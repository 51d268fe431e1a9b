"""Ids derived from what was submitted."""

import re
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from depot.domain.ids import derived_id
from tests.builders import SUBMISSION


@given(st.uuids(), st.lists(st.integers() | st.from_regex(r"[a-z0-9]+", fullmatch=True)))
def test_the_same_submission_always_gives_the_same_id(
    submission: UUID, parts: list[object]
) -> None:
    given_id = derived_id(submission, *parts)

    assert given_id == derived_id(UUID(str(submission)), *parts)
    assert re.fullmatch(r"[0-9a-f]{32}", given_id)


@given(st.uuids(), st.uuids(), st.integers(0, 9))
def test_two_submissions_never_share_an_id(one: UUID, other: UUID, rank: int) -> None:
    assert one == other or derived_id(one, rank) != derived_id(other, rank)


def test_everything_in_one_submission_has_its_own_id() -> None:
    ids = [derived_id(SUBMISSION), *(derived_id(SUBMISSION, "offer", n) for n in range(10))]

    assert len(set(ids)) == 11


def test_an_id_never_changes_from_one_release_to_the_next() -> None:
    assert derived_id(SUBMISSION, "offer", 0) == "d31f2a09d74a5abaa2d2dd78f3158169"
