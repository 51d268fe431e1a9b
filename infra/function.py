"""The only place a Lambda is made, and the only way one gets a name or a right.

A function receives ``Need``s: what it is told and what it may do with it travel together, so no
function knows a table it may not read, or holds a right it has no use for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from aws_cdk import Duration, Size
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk.aws_cloudwatch import Metric
from constructs import Construct

from infra.alarms import Watch
from infra.config import Stage
from infra.layers import ARCHITECTURE, RUNTIME, Layers
from infra.logs import done_lines, error_lines, log_group


FUNCTIONS: Final = Path(__file__).parent.parent / "functions"


@dataclass(frozen=True)
class Need:
    """Environment variables, the permissions that make them usable, and files that go with them."""

    env: Mapping[str, str] = field(default_factory=dict)
    grants: Sequence[tuple[Sequence[str], Sequence[str]]] = ()
    """Pairs of exact actions and exact resources."""
    layers: Sequence[lambda_.ILayerVersion] = ()


@dataclass(frozen=True)
class Platform:
    """What every function of the deployment shares."""

    stage: Stage
    layers: Layers
    watch: Watch


class ServiceFunction(Construct):
    """``functions/<name>`` as a Lambda with its own role, logs, alarms and failure destination."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        platform: Platform,
        *needs: Need,
        memory_mb: int = 512,
        disk_mb: int = 512,
        timeout: Duration | None = None,
    ) -> None:
        super().__init__(scope, name)
        self.name = name
        self._logs = logs = log_group(self, "Logs", stage=platform.stage)
        # Not the managed AWSLambdaBasicExecutionRole: that one may write to every log group.
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        logs.grant_write(self.role)
        self.function = lambda_.Function(
            self,
            "Function",
            code=lambda_.Code.from_asset(str(FUNCTIONS / name), exclude=["__pycache__"]),
            handler="handler.lambda_handler",
            runtime=RUNTIME,
            architecture=ARCHITECTURE,
            layers=[*platform.layers.all, *(layer for need in needs for layer in need.layers)],
            role=self.role,
            environment={key: value for need in needs for key, value in need.env.items()},
            memory_size=memory_mb,
            ephemeral_storage_size=Size.mebibytes(disk_mb),
            timeout=timeout or Duration.seconds(10),
            log_group=logs,
            logging_format=lambda_.LoggingFormat.JSON,
            # For whoever invokes asynchronously: without a destination, events are lost silently.
            on_failure=destinations.SqsDestination(platform.watch.failures),
            retry_attempts=2,
            max_event_age=Duration.hours(1),
        )
        for need in needs:
            for actions, resources in need.grants:
                self.grant(actions, resources)
        self._watch(platform.watch)

    def done(self, message: str, *, period: Duration | None = None, what: str = "") -> Metric:
        """How often in a period, a day unless it is said, its log says so.

        ``what`` tells apart those of a function that does several things.
        """
        name = f"{self.name}-{what}" if what else self.name
        return done_lines(self._logs, name, message, period or Duration.days(1))

    def grant(self, actions: Sequence[str], resources: Sequence[str]) -> None:
        """Allow exactly these actions on exactly these resources."""
        self.role.add_to_policy(
            iam.PolicyStatement(actions=list(actions), resources=list(resources))
        )

    def _watch(self, watch: Watch) -> None:
        watch.alarm(
            f"{self.name}-errors",
            self.function.metric_errors(),
            above=0,
            meaning=f"{self.name} failed: see its log group.",
        )
        # What a function answers or works around is no error to Lambda.
        watch.alarm(
            f"{self.name}-error-lines",
            error_lines(self._logs, self.name),
            above=0,
            meaning=f"{self.name} logged an error: look for level ERROR in its log group.",
        )
        watch.alarm(
            f"{self.name}-throttles",
            self.function.metric_throttles(),
            above=0,
            meaning=f"{self.name} was refused by Lambda: concurrency is exhausted.",
        )
