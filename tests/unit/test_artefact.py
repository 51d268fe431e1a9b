"""The catalogue as bytes: read back as it was written, or refused."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.cfa.columns import Columns, gather
from depot.domain.errors import CatalogueBroken, CatalogueMissing
from depot.storage.artefact import FORMAT, TYPES, pack, unpack
from tests.builders import a_training


FORMER = {"D1116": "D1104"}
KNOWN = [
    a_training(siren=f"{n:09d}", name=f"CFA n° {n} d’Éguzon", romes=("D1104", "D1116")[: n % 2 + 1])
    for n in range(1, 6)
]
BODY = pack(gather(KNOWN, FORMER))


def listed(columns: Columns) -> dict[str, list[float]]:
    return {name: list(getattr(columns, name)) for name in Columns.__slots__}


def test_every_column_is_stored() -> None:
    assert set(TYPES) == set(Columns.__slots__)


def test_what_is_written_is_read_back() -> None:
    assert listed(unpack(BODY)) == listed(gather(KNOWN, FORMER))


def test_nothing_is_copied() -> None:
    columns = unpack(BODY)

    for name in Columns.__slots__:
        column = getattr(columns, name)
        assert isinstance(column, memoryview)
        assert column.obj is BODY


def test_an_empty_catalogue_is_one() -> None:
    assert listed(unpack(pack(gather([], {}))))["row"] == []


def test_the_same_trainings_in_any_order_are_the_same_bytes() -> None:
    assert pack(gather(reversed(KNOWN), FORMER)) == BODY


@given(st.integers(0, len(BODY) - 1), st.integers(1, 255))
def test_a_byte_that_changed_is_noticed(at: int, by: int) -> None:
    damaged = bytearray(BODY)
    damaged[at] ^= by

    with pytest.raises(CatalogueBroken):
        unpack(bytes(damaged))


@given(st.integers(0, len(BODY) - 1))
def test_a_catalogue_cut_short_is_noticed(size: int) -> None:
    with pytest.raises(CatalogueBroken):
        unpack(BODY[:size])


@pytest.mark.parametrize("more", [b"\0", b"more"])
def test_a_catalogue_followed_by_something_is_noticed(more: bytes) -> None:
    with pytest.raises(CatalogueBroken):
        unpack(BODY + more)


@given(st.binary(max_size=400))
def test_other_bytes_are_no_catalogue(body: bytes) -> None:
    with pytest.raises(CatalogueMissing, match="no catalogue"):
        unpack(body)


def test_a_newer_format_is_named() -> None:
    newer = BODY[:8] + struct.pack("<I", FORMAT + 1) + BODY[12:]

    with pytest.raises(CatalogueBroken, match=f"has format {FORMAT + 1}, this code reads {FORMAT}"):
        unpack(newer)
