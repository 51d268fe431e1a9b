"""Many items at once: DynamoDB may answer a part, and name the rest."""

from typing import Any

import pytest

from depot.domain.errors import StoreUnavailable
from depot.storage import batch


KEYS = [{"pk": {"S": str(number)}} for number in range(3)]


class Sparing:
    """A DynamoDB that answers one key at a time, so many times; then none."""

    def __init__(self, answers: int) -> None:
        self.left = answers

    def batch_get_item(self, *, RequestItems: Any) -> Any:  # noqa: N803 - the SDK's own name
        keys = RequestItems["t"]["Keys"]
        assert RequestItems["t"]["ConsistentRead"]
        if not self.left:
            return {"Responses": {}, "UnprocessedKeys": RequestItems}
        self.left -= 1
        rest = {"t": {"Keys": keys[1:]}} if keys[1:] else {}
        return {"Responses": {"t": [keys[0]]}, "UnprocessedKeys": rest}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_PAUSES", (0.0, 0.0, 0.0))


def test_what_was_held_back_is_asked_again() -> None:
    assert list(batch.read_all(Sparing(3), "t", KEYS)) == KEYS  # type: ignore[arg-type]


def test_what_is_held_back_again_and_again_is_said_not_left_out() -> None:
    with pytest.raises(StoreUnavailable):
        list(batch.read_all(Sparing(2), "t", KEYS))  # type: ignore[arg-type]


def test_no_key_is_no_question() -> None:
    assert list(batch.read_all(Sparing(0), "t", [])) == []  # type: ignore[arg-type]
