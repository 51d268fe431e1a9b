"""What rings, and whom it reaches."""

import json
from collections import defaultdict

import pytest

from tests.infra.conftest import FUNCTIONS
from tests.infra.wired import STREAMS, failures


SCHEDULES = {
    "expire_offers": {
        "rate(15 minutes)": {"source": "schedule"},
        "rate(12 hours)": {"source": "schedule", "task": "count"},
    },
    "publish_feed": {
        "rate(5 minutes)": {"source": "schedule"},
        "rate(1 hour)": {"source": "schedule", "task": "reconcile"},
    },
    "notify_opco": {"rate(12 hours)": {"source": "schedule"}},
    "match_cfa": {"rate(12 hours)": {"source": "schedule"}},
}


# What a function that also imports says once it has looked.
IMPORTS = {"match_cfa": "catalogue imported", "notify_opco": "siro import done"}


@pytest.fixture(params=FUNCTIONS)
def function(request):
    return request.param


def test_errors_and_throttles_of_a_function_ring(cloud, function):
    logical, _ = cloud.functions[function]

    assert {"Errors", "Throttles"} <= alarmed(cloud, logical)


def test_a_line_logged_as_an_error_rings(cloud, function):
    _, properties = cloud.functions[function]
    (counted,) = [
        each
        for each in cloud.of("Logs::MetricFilter").values()
        if each["LogGroupName"] == properties["LoggingConfig"]["LogGroup"]
        if each["FilterPattern"] == '{ $.level = "ERROR" }'
    ]
    (metric,) = counted["MetricTransformations"]
    (alarm,) = [
        each
        for each in cloud.of("CloudWatch::Alarm").values()
        if each["MetricName"] == metric["MetricName"]
    ]

    assert metric["MetricValue"] == "1"
    assert alarm["Namespace"] == metric["MetricNamespace"]
    assert (alarm["Statistic"], alarm["Threshold"]) == ("Sum", 0)
    assert alarm["ComparisonOperator"] == "GreaterThanThreshold"
    assert alarm["TreatMissingData"] == "notBreaching"


def test_a_stream_that_falls_behind_rings(cloud):
    for name in STREAMS:
        assert "IteratorAge" in alarmed(cloud, cloud.functions[name][0])


def test_the_clock_wakes_three_functions(cloud):
    rates = defaultdict(dict)
    for schedule in cloud.of("Scheduler::Schedule").values():
        function = schedule["Target"]["Arn"]["Fn::GetAtt"][0]
        rates[function][schedule["ScheduleExpression"]] = json.loads(schedule["Target"]["Input"])

    assert rates == {cloud.functions[name][0]: times for name, times in SCHEDULES.items()}


def test_a_schedule_says_who_calls_retries_a_little_and_keeps_its_failures(cloud):
    for schedule in cloud.of("Scheduler::Schedule").values():
        target = schedule["Target"]

        assert target["RetryPolicy"]["MaximumRetryAttempts"] == 2
        assert target["DeadLetterConfig"]["Arn"] == failures(cloud)


def test_a_schedule_that_stops_rings(cloud):
    for name in SCHEDULES.keys() - IMPORTS.keys() - {"expire_offers"}:
        assert "Invocations" in alarmed(cloud, cloud.functions[name][0])


def test_a_sweep_that_is_not_made_for_an_hour_rings(cloud):
    """Mails that come back invoke the function as well: only what it says tells that it swept."""
    (alarm,) = [
        each
        for each in cloud.of("CloudWatch::Alarm").values()
        if each["MetricName"] == "expire_offers-sweep-done"
    ]
    (counted,) = [
        each
        for each in cloud.of("Logs::MetricFilter").values()
        if each["MetricTransformations"][0]["MetricName"] == "expire_offers-sweep-done"
    ]

    assert counted["FilterPattern"] == '{ $.message = "sweep done" }'
    assert (alarm["Period"], alarm["Threshold"]) == (3_600, 1)
    assert alarm["TreatMissingData"] == "breaching"


def test_mails_that_come_back_wake_the_sweep_and_nothing_else(cloud):
    rule = cloud.only("Events::Rule")
    (target,) = rule["Targets"]
    logical, _ = cloud.functions["expire_offers"]

    assert rule["EventPattern"] == {
        "source": ["aws.ses"],
        "detail": {"eventType": ["Bounce", "Complaint"]},
    }
    assert rule["State"] == "ENABLED"
    assert target["Arn"] == {"Fn::GetAtt": [logical, "Arn"]}
    assert target["RetryPolicy"]["MaximumRetryAttempts"] == 2
    assert target["DeadLetterConfig"]["Arn"] == failures(cloud)
    (allowed,) = [
        permission
        for permission in cloud.of("Lambda::Permission").values()
        if permission["Principal"] == "events.amazonaws.com"
    ]
    assert allowed["FunctionName"] == {"Fn::GetAtt": [logical, "Arn"]}


def test_every_mail_tells_the_default_bus_what_becomes_of_it(cloud):
    (name,) = cloud.of("SES::ConfigurationSet")
    told = cloud.only("SES::ConfigurationSetEventDestination")
    identity = cloud.only("SES::EmailIdentity")

    assert told["ConfigurationSetName"] == {"Ref": name}
    assert identity["ConfigurationSetAttributes"] == {"ConfigurationSetName": {"Ref": name}}
    assert told["EventDestination"]["Enabled"] is True
    assert set(told["EventDestination"]["MatchingEventTypes"]) == {"bounce", "complaint"}
    assert "event-bus/default" in json.dumps(told["EventDestination"]["EventBridgeDestination"])


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("match_cfa", "catalogue imported"),
        ("publish_feed", "feed compared with the offers"),
        ("expire_offers", "offers counted"),
    ],
)
def test_an_import_or_a_comparison_that_is_not_made_for_a_day_rings(cloud, name, line):
    """Something else invokes these as well: only what they say tells that it was done."""
    (alarm,) = [
        each
        for each in cloud.of("CloudWatch::Alarm").values()
        if each["MetricName"] == f"{name}-done"
    ]
    (counted,) = [
        each
        for each in cloud.of("Logs::MetricFilter").values()
        if each["MetricTransformations"][0]["MetricName"] == f"{name}-done"
    ]

    assert counted["FilterPattern"] == f'{{ $.message = "{line}" }}'
    assert (alarm["Period"], alarm["Statistic"], alarm["Threshold"]) == (86_400, "Sum", 1)
    assert alarm["ComparisonOperator"] == "LessThanThreshold"
    assert alarm["TreatMissingData"] == "breaching"


@pytest.mark.parametrize("function", IMPORTS)
def test_an_import_that_is_not_made_for_a_day_rings(cloud, function):
    """The stream invokes the function as well: only what it says tells that it imported."""
    (alarm,) = [
        each
        for each in cloud.of("CloudWatch::Alarm").values()
        if each["MetricName"] == f"{function}-done"
    ]
    (counted,) = [
        each
        for each in cloud.of("Logs::MetricFilter").values()
        if each["MetricTransformations"][0]["MetricName"] == f"{function}-done"
    ]

    assert counted["FilterPattern"] == f'{{ $.message = "{IMPORTS[function]}" }}'
    assert (alarm["Period"], alarm["Statistic"], alarm["Threshold"]) == (86_400, "Sum", 1)
    assert alarm["ComparisonOperator"] == "LessThanThreshold"
    assert alarm["TreatMissingData"] == "breaching"


def test_an_import_has_the_time_of_two_sources(cloud):
    assert cloud.functions["match_cfa"][1]["Timeout"] >= 2 * 360 + 60


def test_what_was_given_up_rings(cloud):
    assert any(
        alarm["MetricName"] == "ApproximateNumberOfMessagesVisible"
        for alarm in cloud.of("CloudWatch::Alarm").values()
    )


def test_every_alarm_reaches_somebody(cloud):
    (topic,) = cloud.of("SNS::Topic")

    assert cloud.only("SNS::Subscription")["Protocol"] == "email"
    for alarm in cloud.of("CloudWatch::Alarm").values():
        assert alarm["AlarmActions"] == [{"Ref": topic}]


def test_cloudwatch_may_publish_alarms_of_this_account(cloud):
    (topic,) = cloud.of("SNS::Topic")
    policy = cloud.only("SNS::TopicPolicy")
    (allowed,) = [
        statement
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow"
    ]

    assert policy["Topics"] == [{"Ref": topic}]
    assert allowed["Action"] == "sns:Publish"
    assert allowed["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert allowed["Resource"] == {"Ref": topic}
    assert allowed["Condition"] == {
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    }


def test_no_alarm_promises_what_cannot_be_done(cloud):
    for alarm in cloud.of("CloudWatch::Alarm").values():
        assert "redrive" not in alarm["AlarmDescription"]


def alarmed(cloud, logical):
    return {
        alarm["MetricName"]
        for alarm in cloud.of("CloudWatch::Alarm").values()
        if {"Name": "FunctionName", "Value": {"Ref": logical}} in alarm.get("Dimensions", [])
    }
