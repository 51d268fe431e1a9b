"""What stands in place of an offer that ended is answered 410, by a CloudFront Function.

S3 answers 200 of an object or 404 of none; publish_feed leaves an object with a header in place of
the page. A function sees it on the way back (CloudFront runs none after a 4xx, this is a 200). If
it did not run, people would read the same page, whose robots meta says not to index it.
"""

import json
from typing import Final

from aws_cdk import aws_cloudfront as cloudfront
from constructs import Construct

from depot.storage import schema


_CODE: Final = """\
const HEADER = %s;
function handler(event) {
  const response = event.response;
  if (response.headers[HEADER]) {
    delete response.headers[HEADER];
    if (response.statusCode === 200) {
      response.statusCode = 410;
      response.statusDescription = "Gone";
    }
  }
  return response;
}
"""


def code() -> str:
    """Write the function."""
    return _CODE % json.dumps(f"x-amz-meta-{schema.GONE}")


def gone(scope: Construct) -> cloudfront.FunctionAssociation:
    """Answer 410 for what says so."""
    function = cloudfront.Function(
        scope,
        "Gone",
        comment="410 in place of offers that ended",
        code=cloudfront.FunctionCode.from_inline(code()),
        runtime=cloudfront.FunctionRuntime.JS_2_0,
    )
    return cloudfront.FunctionAssociation(
        function=function, event_type=cloudfront.FunctionEventType.VIEWER_RESPONSE
    )
