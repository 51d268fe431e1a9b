"""The HTTP API: routes to functions, throttled, with access logs that hold no personal data."""

import json
from collections.abc import Mapping
from typing import Final

import jsii
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_apigatewayv2 as apigatewayv2
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk.aws_logs import ILogGroup
from constructs import Construct

from infra.alarms import Watch
from infra.config import Limit, Stage
from infra.function import ServiceFunction
from infra.logs import log_group


# The route's pattern, not its path: no identifier, no query string, no address of the caller.
ACCESS_LOG: Final = {
    "requestId": "$context.requestId",
    "time": "$context.requestTimeEpoch",
    "route": "$context.routeKey",
    "status": "$context.status",
    "latency": "$context.responseLatency",
    "bytes": "$context.responseLength",
    "error": "$context.integrationErrorMessage",
}


@jsii.implements(apigatewayv2.IAccessLogSettings)
class AccessLog:
    """One JSON line per request."""

    def __init__(self, group: ILogGroup) -> None:
        self._destination = apigatewayv2.LogGroupLogDestination(group)

    @property
    def destination(self) -> apigatewayv2.IAccessLogDestination:
        """Where the lines go."""
        return self._destination

    @property
    def format(self) -> apigateway.AccessLogFormat:
        """What a line holds."""
        return apigateway.AccessLogFormat.custom(json.dumps(ACCESS_LOG))


class Api(Construct):
    """One HTTP API, reached through the site's ``/api/*``."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage, watch: Watch) -> None:
        super().__init__(scope, construct_id)
        self.http = apigatewayv2.HttpApi(self, "Http", create_default_stage=False)
        rate = stage.requests_per_second
        self._stage = apigatewayv2.HttpStage(
            self,
            "Default",
            http_api=self.http,
            stage_name="$default",
            auto_deploy=True,
            throttle=apigatewayv2.ThrottleSettings(rate_limit=rate, burst_limit=2 * rate),
            access_log_settings=AccessLog(log_group(self, "AccessLogs", stage=stage)),
        )
        _throttle(self._stage, stage.route_limits)
        watch.alarm(
            "ServerErrors",
            self.http.metric_server_error(),
            above=0,
            meaning="The API answered 5xx: see the logs of its functions, then its access logs.",
        )

    def route(self, function: ServiceFunction, *routes: str) -> None:
        """Send each route, written ``METHOD /path``, to ``function``."""
        integration = integrations.HttpLambdaIntegration(function.name, function.function)
        for route in routes:
            method, _, path = route.partition(" ")
            made = self.http.add_routes(
                path=path,
                methods=[apigatewayv2.HttpMethod[method]],
                integration=integration,
            )
            # A stage that throttles a route is refused while the route is not there.
            self._stage.node.add_dependency(*made)


def _throttle(stage: apigatewayv2.HttpStage, limits: Mapping[str, Limit]) -> None:
    """Throttle single routes, which CDK's own stage cannot say."""
    made = stage.node.default_child
    assert isinstance(made, apigatewayv2.CfnStage)  # noqa: S101 - for the type checker
    made.route_settings = {
        route: {"ThrottlingRateLimit": limit.per_second, "ThrottlingBurstLimit": limit.burst}
        for route, limit in limits.items()
    }
