"""What Lambda hands to a function, made for each test: HTTP requests, stream records, a context."""

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode


JSON: Final = "application/json"


@dataclass(frozen=True)
class Context:
    """The part of the Lambda context that is used."""

    remaining_ms: int = 300_000
    function_name: str = "depot"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:eu-west-3:123456789012:function:depot"
    aws_request_id: str = "00000000-0000-4000-8000-00000000000a"

    def get_remaining_time_in_millis(self) -> int:
        """Constant: tests do not wait."""
        return self.remaining_ms


def http(
    method: str,
    path: str,
    *,
    body: object = None,
    token: str | None = None,
    content_type: str | None = JSON,
    query: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A request as an HTTP API hands it over (payload 2.0), without a query if there is none.

    ``body`` is sent as it is when text or bytes, else as JSON. A body that is no text travels in
    base64, as does any body of a type API Gateway does not know for text.
    """
    headers = {
        "host": "depot.example",
        "x-forwarded-for": "203.0.113.7",
        **({"content-type": content_type} if content_type else {}),
        **({"authorization": f"Bearer {token}"} if token is not None else {}),
    }
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": urlencode(query or {}),
        "headers": headers,
        "requestContext": _request(method, path),
        **({"queryStringParameters": dict(query)} if query else {}),
        **_body(body, content_type),
    }


def _request(method: str, path: str) -> dict[str, Any]:
    return {
        "accountId": "123456789012",
        "apiId": "api",
        "domainName": "depot.example",
        "http": {
            "method": method,
            "path": path,
            "protocol": "HTTP/1.1",
            "sourceIp": "203.0.113.7",
            "userAgent": "tests",
        },
        "requestId": "request",
        "routeKey": "$default",
        "stage": "$default",
        "time": "23/Nov/2026:10:00:00 +0000",
        "timeEpoch": 1795428000000,
    }


def _body(body: object, content_type: str | None) -> dict[str, Any]:
    if body is None:
        return {"isBase64Encoded": False}
    raw = body if isinstance(body, str | bytes) else json.dumps(body)
    known = content_type is not None and ("json" in content_type or content_type[:5] == "text/")
    if isinstance(raw, str) and known:
        return {"body": raw, "isBase64Encoded": False}
    packed = raw if isinstance(raw, bytes) else raw.encode()
    return {"body": base64.b64encode(packed).decode(), "isBase64Encoded": True}


def stream(records: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A batch, as a stream's mapping hands it over."""
    return {"Records": list(records)}


def records_of(table: str, dynamodbstreams: Any) -> list[dict[str, Any]]:
    """All that happened to a table, oldest first, read back from its stream."""
    arn = dynamodbstreams.list_streams(TableName=table)["Streams"][0]["StreamArn"]
    shards = dynamodbstreams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
    return [
        _as_lambda_gives_it(record, arn)
        for shard in shards
        for record in _shard(dynamodbstreams, arn, shard["ShardId"])
    ]


def _shard(dynamodbstreams: Any, arn: str, shard: str) -> Sequence[dict[str, Any]]:
    start = dynamodbstreams.get_shard_iterator(
        StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON"
    )
    found: Sequence[dict[str, Any]] = dynamodbstreams.get_records(
        ShardIterator=start["ShardIterator"]
    )["Records"]
    return found


def _as_lambda_gives_it(record: Mapping[str, Any], arn: str) -> dict[str, Any]:
    change = dict(record["dynamodb"])
    change["ApproximateCreationDateTime"] = change["ApproximateCreationDateTime"].timestamp()
    given = {**record, "dynamodb": change, "eventSourceARN": arn}
    return dict(json.loads(json.dumps(given)))  # and nothing JSON does not know
