"""Policies: what holds for every Lambda, whoever adds one."""

import json
from collections import defaultdict

import pytest

from depot.storage import schema
from infra.layers import BUILD, PAGE_SOURCES
from tests.infra.conftest import FUNCTIONS, ROOT


TABLES = {"RECRUITERS_TABLE", "OFFERS_TABLE"}
LETTERS = TABLES | {"LINK_SECRET", "PUBLIC_URL", "MAIL_SENDER"}
DIRECTORIES = {"COMPANIES_URL", "API_ENTREPRISE_URL"}
OPCOS = {"OPCO_REMINDER_DAYS"}
LIFE = {"OFFER_LONGEST_DAYS", "OFFER_REACTIVATION_DAYS"}
CFAS = {"CFA_FOLLOW_UP_DAYS"}
ENVIRONMENT = {
    "create_recruiter": LETTERS | DIRECTORIES | {"GEOCODING_URL", "DATA_BUCKET"},
    "add_offer": LETTERS | {"GEOCODING_URL"},
    "manage_offers": (LETTERS | OPCOS | LIFE | {"GEOCODING_URL", "DATA_BUCKET", "PARTNER_SECRET"}),
    "notify_opco": LETTERS | OPCOS | {"DATA_BUCKET", "SIRO_FILE_URL", "SIRO_URL"},
    "match_cfa": LETTERS | CFAS | {"DATA_BUCKET", "FORMATIONS_URL", "RCO_URL"},
    "publish_feed": {
        *("OFFERS_TABLE", "FEED_BUCKET", "PUBLIC_URL"),
        *("LA_BONNE_ALTERNANCE_URL", "FRANCE_TRAVAIL_URL"),
    },
    "expire_offers": (
        LETTERS | OPCOS | LIFE | CFAS | DIRECTORIES | {"DATA_BUCKET", "FEED_BUCKET", "SIRO_URL"}
    ),
}
# APIs that want a key, and who asks them.
KEYS = {
    "API_ENTREPRISE": {"create_recruiter", "expire_offers"},
    "FORMATIONS": {"match_cfa"},
    "SIRO": {"notify_opco", "expire_offers"},
    "LA_BONNE_ALTERNANCE": {"publish_feed"},
    "FRANCE_TRAVAIL": {"publish_feed"},
}
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
# How often a batch that fails is tried again. The sweep takes up what the first two give up; the
# feed has an hourly comparison only, so it insists until the record is too old.
STREAMS = {"manage_offers": 3, "notify_opco": 3, "match_cfa": 3, "publish_feed": 10_000}


@pytest.fixture(params=FUNCTIONS)
def function(request):
    return request.param


def test_there_is_one_function_for_each_folder_and_no_other_of_ours(cloud):
    ours = [
        properties
        for properties in cloud.of("Lambda::Function").values()
        if properties["Handler"] == "handler.lambda_handler"
    ]

    assert set(FUNCTIONS) == set(ENVIRONMENT)
    assert len(ours) == len(FUNCTIONS) == len(cloud.functions)


def test_the_only_function_not_ours_uploads_the_pages(cloud):
    others = [
        logical
        for logical, properties in cloud.of("Lambda::Function").items()
        if properties["Handler"] != "handler.lambda_handler"
    ]

    assert [name[:25] for name in others] == ["CustomCDKBucketDeployment"]


def test_a_function_runs_on_the_chosen_runtime_with_the_layers_it_uses(cloud, function):
    _, properties = cloud.functions[function]

    assert properties["Runtime"] == "python3.13"
    assert properties["Architectures"] == ["arm64"]
    routing, templates = ENVIRONMENT[function] >= OPCOS, function == "publish_feed"
    assert len(properties["Layers"]) == (3 if routing or templates else 2)
    assert properties["LoggingConfig"]["LogFormat"] == "JSON"


@pytest.mark.usefixtures("cloud")
def test_the_layer_of_pages_holds_the_templates_of_the_site():
    package = BUILD / "pages" / "python" / "depot_web"
    written = {str(path.relative_to(package)) for path in package.rglob("*") if path.is_file()}

    assert written == set(PAGE_SOURCES)
    for name in written:
        assert (package / name).read_bytes() == (ROOT / "web" / name).read_bytes()


def test_a_function_is_told_exactly_what_it_uses(cloud, function):
    _, properties = cloud.functions[function]

    assert set(properties["Environment"]["Variables"]) == ENVIRONMENT[function]


@pytest.mark.parametrize("api", KEYS)
def test_an_api_that_wants_a_key_is_asked_where_a_stage_names_it(cloud, local_cloud, api, function):
    def told(stage):
        variables = stage.functions[function][1]["Environment"]["Variables"]
        return {
            name: variables[name] for name in {f"{api}_URL", f"{api}_SECRET"} & variables.keys()
        }

    asks = function in KEYS[api]

    assert told(cloud) == ({f"{api}_URL": ""} if asks else {})
    assert told(local_cloud).keys() == ({f"{api}_URL", f"{api}_SECRET"} if asks else set())


def test_there_are_two_secrets_of_ours_and_one_for_each_key_a_stage_has(cloud, local_cloud):
    assert len(cloud.of("SecretsManager::Secret")) == 2
    assert len(local_cloud.of("SecretsManager::Secret")) == 2 + len(KEYS)


def test_every_lambda_writes_to_a_log_group_that_forgets(cloud):
    groups = cloud.of("Logs::LogGroup")

    for properties in cloud.of("Lambda::Function").values():
        assert groups[properties["LoggingConfig"]["LogGroup"]["Ref"]]["RetentionInDays"] == 90


def test_every_log_group_forgets(cloud):
    assert all(group["RetentionInDays"] == 90 for group in cloud.of("Logs::LogGroup").values())


def test_an_asynchronous_failure_is_kept(cloud, function):
    logical, _ = cloud.functions[function]
    (invocation,) = [
        config
        for config in cloud.of("Lambda::EventInvokeConfig").values()
        if config["FunctionName"] == {"Ref": logical}
    ]

    assert invocation["DestinationConfig"]["OnFailure"]["Destination"] == failures(cloud)
    assert invocation["MaximumRetryAttempts"] <= 2
    assert invocation["MaximumEventAgeInSeconds"] <= 6 * 3600


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


def streams(cloud):
    return cloud.of("Lambda::EventSourceMapping").values()


def failures(cloud):
    (queue,) = cloud.of("SQS::Queue")
    return {"Fn::GetAtt": [queue, "Arn"]}


def alarmed(cloud, logical):
    return {
        alarm["MetricName"]
        for alarm in cloud.of("CloudWatch::Alarm").values()
        if {"Name": "FunctionName", "Value": {"Ref": logical}} in alarm.get("Dimensions", [])
    }
