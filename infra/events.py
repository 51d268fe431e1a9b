"""What wakes functions without a person: table streams and the clock.

Delivery is at least once. Retries are bounded everywhere: Lambda's default for streams is to retry
for ever, so that one bad record would hold up its shard for a day. What the sweep takes up anyway
is given up after a few attempts; what partners wait for, and only an hourly comparison finds,
when it is too old.
"""

from collections.abc import Mapping
from typing import Any, Final

from aws_cdk import Duration, aws_events
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events_targets as events_targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_scheduler_targets as targets
from aws_cdk.aws_cloudwatch import Metric
from aws_cdk.aws_lambda_event_sources import SqsDlq
from constructs import Construct

from depot.storage import schema
from infra.alarms import Watch
from infra.function import ServiceFunction


Pattern = Mapping[str, Any]

SWEPT: Final = 3
"""Attempts where the sweep repairs: a bad record soon makes way for the others."""
UNSWEPT: Final = 10_000
"""Attempts for the feed, the most there are: age ends them, bisection isolates a record."""
TOO_OLD: Final = Duration.hours(6)


def _born(entity: str) -> Pattern:
    return {"eventName": ["INSERT"], "dynamodb": {"NewImage": {schema.ENTITY: {"S": [entity]}}}}


NEW_NOTICE: Final = _born(schema.NOTICE)
NEW_REQUEST: Final = _born(schema.LINK)
NEW_ROUND: Final = _born(schema.ROUND)
OFFER_TOUCHED: Final[tuple[Pattern, ...]] = (
    {"dynamodb": {"NewImage": {schema.ENTITY: {"S": [schema.OFFER]}}}},
    {"eventName": ["REMOVE"], "dynamodb": {"OldImage": {schema.ENTITY: {"S": [schema.OFFER]}}}},
)


class Events(Construct):
    """Stream mappings and schedules, with one set of retry rules each."""

    def __init__(self, scope: Construct, construct_id: str, *, watch: Watch) -> None:
        super().__init__(scope, construct_id)
        self._watch = watch

    def on_change(
        self,
        function: ServiceFunction,
        table: dynamodb.TableV2,
        *patterns: Pattern,
        batch_size: int,
        attempts: int = SWEPT,
    ) -> None:
        """Hand ``function`` the changes of ``table`` that match one of ``patterns``."""
        _allow_reading(function, table)
        mapping = lambda_.EventSourceMapping(
            self,
            f"{function.name}-stream",
            target=function.function,
            event_source_arn=table.table_stream_arn,
            starting_position=lambda_.StartingPosition.TRIM_HORIZON,
            filters=[lambda_.FilterCriteria.filter(dict(pattern)) for pattern in patterns],
            batch_size=batch_size,
            report_batch_item_failures=True,
            bisect_batch_on_error=True,
            retry_attempts=attempts,
            max_record_age=TOO_OLD,
            on_failure=SqsDlq(self._watch.failures),
        )
        # Lambda checks the right to read when the mapping is made.
        mapping.node.add_dependency(function.role)
        self._watch.alarm(
            f"{function.name}-iterator-age",
            function.function.metric("IteratorAge", statistic="Maximum"),
            above=60_000,
            meaning=f"{function.name} is more than a minute behind its stream.",
        )

    def every(self, function: ServiceFunction, minutes: int, *, done: Metric | None = None) -> None:
        """Wake ``function`` at a steady rate; a missed run is made up by the next.

        ``done`` counts, over its period, the runs of a function that something else wakes as well;
        without it, no invocation at all for an hour rings.
        """
        self._schedule(function, minutes, f"{function.name}-schedule", {"source": "schedule"})
        counted = done or function.function.metric_invocations(period=Duration.hours(1))
        self._watch.silence(
            f"{function.name}-silent",
            counted,
            meaning=f"{function.name} has done nothing for {counted.period.to_human_string()}.",
        )

    def also_every(
        self, function: ServiceFunction, minutes: int, task: str, *, done: Metric
    ) -> None:
        """Wake a function that has a schedule already for something else; ``done`` counts it."""
        name = f"{function.name}-{task}"
        self._schedule(function, minutes, name, {"source": "schedule", "task": task})
        meaning = f"{function.name} has not said for a day that it did {task}."
        self._watch.silence(f"{name}-silent", done, meaning=meaning)

    def on_return(self, function: ServiceFunction) -> None:
        """Hand ``function`` what SES tells of mails that came back or were complained of.

        SES's events reach the default bus (``infra/mail.py``); at least once, in no order.
        """
        aws_events.Rule(
            self,
            f"{function.name}-mail",
            event_pattern=aws_events.EventPattern(
                source=["aws.ses"], detail={"eventType": ["Bounce", "Complaint"]}
            ),
            targets=[
                events_targets.LambdaFunction(
                    function.function,
                    retry_attempts=2,
                    max_event_age=Duration.hours(6),
                    dead_letter_queue=self._watch.failures,
                )
            ],
        )

    def _schedule(
        self, function: ServiceFunction, minutes: int, name: str, event: Mapping[str, str]
    ) -> None:
        scheduler.Schedule(
            self,
            name,
            schedule=scheduler.ScheduleExpression.rate(Duration.minutes(minutes)),
            target=targets.LambdaInvoke(
                function.function,
                input=scheduler.ScheduleTargetInput.from_object(dict(event)),
                retry_attempts=2,
                max_event_age=Duration.minutes(minutes),
                dead_letter_queue=self._watch.failures,
            ),
        )


def _allow_reading(function: ServiceFunction, table: dynamodb.TableV2) -> None:
    """Grant what a mapping needs, on this stream only (CDK's own grant lists every stream)."""
    stream = table.table_stream_arn or ""
    reading = ("DescribeStream", "GetRecords", "GetShardIterator")
    function.grant([f"dynamodb:{action}" for action in reading], [stream])
    function.grant(["dynamodb:ListStreams"], [f"{table.table_arn}/stream/*"])
