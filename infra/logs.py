"""The only place a log group is made, so that every one forgets in time."""

from typing import Final

from aws_cdk import RemovalPolicy
from aws_cdk.aws_logs import LogGroup, RetentionDays
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
