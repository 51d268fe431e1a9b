"""The only place a log group is made, so that every one forgets in time; what is counted in one."""

from typing import Final

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk.aws_cloudwatch import Metric, Stats
from aws_cdk.aws_logs import FilterPattern, LogGroup, RetentionDays
from constructs import Construct

from infra.config import Stage


RETENTION: Final = {
    1: RetentionDays.ONE_DAY,
    30: RetentionDays.ONE_MONTH,
    90: RetentionDays.THREE_MONTHS,
}


def log_group(scope: Construct, name: str, *, stage: Stage) -> LogGroup:
    """Make a log group that keeps what the stage says and goes away with the stack."""
    return LogGroup(
        scope,
        name,
        retention=RETENTION[stage.log_retention_days],
        removal_policy=RemovalPolicy.DESTROY,
    )


def error_lines(group: LogGroup, name: str) -> Metric:
    """Count the structured lines of level ERROR, under the name of who writes them."""
    return _counted(group, "Errors", f"{name}-error-lines", ("$.level", "ERROR"))


def done_lines(group: LogGroup, name: str, message: str, period: Duration) -> Metric:
    """Count over a period the lines that say this, under the name of what is done."""
    metric = _counted(group, f"{name}-done", f"{name}-done", ("$.message", message))
    return metric.with_(period=period)


def _counted(group: LogGroup, construct_id: str, name: str, line: tuple[str, str]) -> Metric:
    field, value = line
    counted = group.add_metric_filter(
        construct_id,
        filter_pattern=FilterPattern.string_value(field, "=", value),
        metric_namespace=Stack.of(group).stack_name,
        metric_name=name,
        metric_value="1",
    )
    return counted.metric(statistic=Stats.SUM)
