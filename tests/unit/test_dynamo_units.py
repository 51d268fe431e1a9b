"""What a sweep reads is counted as DynamoDB does, and only what it reads."""

from typing import Any, cast

import pytest

from bench.dynamo import PAGE, DueIndex, MeteredClient, scan_units, units, weight
from bench.sweeps import reads_of
from depot.storage import schema
from depot.storage.items import to_item
from tests.builders import an_offer


@pytest.mark.parametrize(
    ("page", "expected"), [(0, 0.5), (1, 0.5), (4096, 0.5), (4097, 1), (PAGE, 128)]
)
def test_a_page_costs_its_bytes_rounded_up(page: int, expected: float) -> None:
    assert units(page) == expected
    assert units(page, consistent=True) == 2 * expected


def test_a_scan_costs_its_pages() -> None:
    assert scan_units(3 * PAGE + 4097) == 3 * 128 + 1


def test_an_item_weighs_its_names_and_values_in_utf_8() -> None:
    assert weight({"é": {"S": "né"}, "n": {"N": "123"}}) == 2 + 3 + 1 + 3


def test_a_history_is_part_of_what_an_offer_weighs() -> None:
    offer = an_offer()

    assert weight(to_item(offer)) > weight(to_item(offer.model_copy(update={"history": ()})))


def test_a_sweep_reads_what_is_due_and_no_more_however_many_are_live() -> None:
    idle = schema.DUE_SHARDS * 2 * 0.5

    assert reads_of(50, 0) == reads_of(500, 0) == idle
    assert reads_of(3000, 2000) == reads_of(9000, 2000) > idle
    assert reads_of(9000, 4000) - idle == pytest.approx(2 * (reads_of(9000, 2000) - idle), rel=0.2)


def test_what_would_read_otherwise_is_not_measured_in_silence() -> None:
    client = MeteredClient({"offers": DueIndex({"pk": {"S": "x"}})})
    with pytest.raises(ValueError, match="scan"):
        client.get_paginator("scan")
    with pytest.raises(ValueError, match="FilterExpression"):
        client.paginate(
            TableName="offers", ExpressionAttributeValues={}, FilterExpression="#state = :live"
        )
    with pytest.raises(AttributeError):
        cast("Any", client).scan()
