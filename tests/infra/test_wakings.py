"""What wakes functions: streams, schedules, SES's events; and how their failures are kept."""

import json

import pytest

from depot.storage import schema
from tests.infra.wired import STREAMS, failures


def test_streams_wake_four_functions(cloud):
    woken = {mapping["FunctionName"]["Ref"] for mapping in streams(cloud)}

    assert woken == {cloud.functions[name][0] for name in STREAMS}


def test_no_table_has_more_than_the_two_readers_dynamodb_advises(cloud):
    sources = [str(mapping["EventSourceArn"]) for mapping in streams(cloud)]

    assert max(map(sources.count, sources)) <= 2


def test_what_partners_wait_for_is_tried_until_it_is_too_old(cloud):
    attempts = {
        mapping["FunctionName"]["Ref"]: mapping["MaximumRetryAttempts"]
        for mapping in streams(cloud)
    }

    assert attempts == {cloud.functions[name][0]: tries for name, tries in STREAMS.items()}


def test_a_stream_failure_is_bounded_split_and_kept(cloud):
    for mapping in streams(cloud):
        assert mapping["MaximumRecordAgeInSeconds"] == 6 * 3600
        assert mapping["BisectBatchOnFunctionError"] is True
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert mapping["DestinationConfig"]["OnFailure"]["Destination"] == failures(cloud)
        assert mapping["FilterCriteria"]["Filters"]
        assert mapping["StartingPosition"] == "TRIM_HORIZON"


@pytest.mark.parametrize(
    ("tag", "table", "woken"),
    [
        (schema.OFFER, "offers", {"publish_feed"}),
        (schema.ROUND, "offers", {"match_cfa"}),
        (schema.CONTACT, "offers", set()),
        (schema.RECEIPT, "offers", set()),
        (schema.NOTICE, "recruiters", {"notify_opco"}),
        (schema.LETTER, "recruiters", set()),
    ],
)
def test_what_is_new_in_a_table_wakes_whom_it_concerns(cloud, tag, table, woken):
    """A receipt of a partner, which may come often, wakes nobody."""
    found = {
        mapping["FunctionName"]["Ref"]
        for mapping in streams(cloud)
        if f"Storage{table}" in str(mapping["EventSourceArn"])
        for each in mapping["FilterCriteria"]["Filters"]
        if _matches(json.loads(each["Pattern"]), tag)
    }

    assert found == {cloud.functions[name][0] for name in woken}


def _matches(pattern, tag):
    born = pattern.get("eventName", ["INSERT"]) == ["INSERT"]
    return born and pattern["dynamodb"]["NewImage"][schema.ENTITY]["S"] == [tag]


def streams(cloud):
    return cloud.of("Lambda::EventSourceMapping").values()
