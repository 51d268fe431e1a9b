"""The HTTP API: routes to functions, throttled, with access logs that hold no personal data."""

import json
from typing import Final

import jsii
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_apigatewayv2 as apigatewayv2
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk.aws_logs import ILogGroup
from constructs import Construct

from infra.config import Stage
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

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage) -> None:
        super().__init__(scope, construct_id)
        self.http = apigatewayv2.HttpApi(self, "Http", create_default_stage=False)
        rate = stage.requests_per_second
        apigatewayv2.HttpStage(
            self,
            "Default",
            http_api=self.http,
            stage_name="$default",
            auto_deploy=True,
            throttle=apigatewayv2.ThrottleSettings(rate_limit=rate, burst_limit=2 * rate),
            access_log_settings=AccessLog(log_group(self, "AccessLogs", stage=stage)),
        )

    def route(self, function: ServiceFunction, *routes: str) -> None:
        """Send each route, written ``METHOD /path``, to ``function``."""
        integration = integrations.HttpLambdaIntegration(function.name, function.function)
        for route in routes:
            method, _, path = route.partition(" ")
            self.http.add_routes(
                path=path,
                methods=[apigatewayv2.HttpMethod[method]],
                integration=integration,
            )
