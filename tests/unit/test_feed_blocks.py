"""One gzip stream made of blocks, and where they are."""

import gzip
import zlib
from array import array
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.feed.blocks import HEADER, block, joined, plain, trailer
from depot.feed.layout import FileLayout, Layout, Shards, shards_for


texts = st.lists(
    st.binary(max_size=60) | st.integers(0, 70_000).map(lambda size: b"offre " * (size // 6)),
    max_size=8,
)


def stream(texts: list[bytes]) -> bytes:
    made = [block(text) for text in texts]
    whole = joined(about for _, about in made)
    return HEADER + b"".join(body for body, _ in made) + trailer(whole)


@given(texts)
def test_blocks_in_a_row_are_one_gzip_member_of_their_texts(texts: list[bytes]) -> None:
    unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)

    text = unzip.decompress(stream(texts))

    assert text == b"".join(texts)
    assert (unzip.eof, unzip.unused_data) == (True, b"")


@given(texts)
def test_a_block_is_read_without_those_before_it(texts: list[bytes]) -> None:
    for text in texts:
        body, about = block(text)
        assert plain(body, about) == text
        assert (about.size, about.length, about.crc) == (len(body), len(text), zlib.crc32(text))


def test_a_block_of_another_text_is_told_apart() -> None:
    body, _ = block(b"one")
    _, about = block(b"two")

    for wrong in (body, b"nothing", body[:3]):
        with pytest.raises(zlib.error):
            plain(wrong, about)


@given(texts, st.integers(0, 8))
def test_sums_of_blocks_may_be_summed(texts: list[bytes], cut: int) -> None:
    made = [block(text)[1] for text in texts]

    assert joined([joined(made[:cut]), joined(made[cut:])]) == joined(made)
    assert joined(made).crc == zlib.crc32(b"".join(texts))


@pytest.mark.parametrize("count", [1, 2, 3, 8, 16, 100, 256, 1042, 4096])
def test_shards_cut_the_ids_into_equal_ranges_in_order(count: int) -> None:
    shards = Shards.of(count)
    ids = [f"{rank:08x}" + "0" * 24 for rank in range(0, 2**32, 2**18)]

    ranks = [shards.of_id(offer_id) for offer_id in ids]

    assert all(before <= after for before, after in pairwise(ranks))
    held = [ranks.count(rank) for rank in range(count)]
    assert max(held) - min(held) <= (count & (count - 1) > 0)


@given(st.text(max_size=9), st.text(max_size=9))
def test_any_id_is_in_a_shard_and_shards_are_in_the_order_of_ids(one: str, two: str) -> None:
    shards = Shards.of(64)

    assert 0 <= shards.of_id(one) < 64
    assert (one <= two) <= (shards.of_id(one) <= shards.of_id(two))


@given(st.integers(129, 10**7), st.integers(0, 10**5))
def test_shards_hold_64_to_128_records_on_average(records: int, now: int) -> None:
    assert 64 <= records / shards_for(records, now) <= 128
    assert 64 <= records / shards_for(records) <= 96


@given(st.integers(129, 10**7), st.floats(0.7, 1.3))
def test_records_are_not_cut_again_until_there_are_a_third_more_or_fewer(
    records: int, change: float
) -> None:
    now = shards_for(records)

    assert shards_for(int(now * 96 * change), now) == now


def test_a_small_feed_is_one_shard() -> None:
    assert {shards_for(records) for records in range(129)} == {1}


def a_layout() -> Layout:
    blocks = [block(b"%d" % rank)[1] for rank in range(130)]
    file = FileLayout("ab", 12, blocks)
    return Layout("shape", list(range(130)), {"ndjson": file, "json": file})


def test_a_layout_read_back_is_the_same_layout() -> None:
    assert Layout.unpack(a_layout().pack()) == a_layout()
    assert array("I").itemsize == 4, "sizes, lengths and checksums are stored in 32 bits"


@pytest.mark.parametrize("damage", ["cut", "flipped", "other"])
def test_a_damaged_layout_is_told_apart(damage: str) -> None:
    body = bytearray(a_layout().pack())
    body[-100] ^= 1
    wrong = {"cut": a_layout().pack()[:-9], "flipped": body, "other": gzip.compress(b"{}\n")}

    with pytest.raises((ValueError, KeyError, OSError, EOFError, zlib.error)):
        Layout.unpack(bytes(wrong[damage]))
