"""The page for a wrong address, answered by a CloudFront Function in front of the pages alone.

CloudFront's own error pages hold for a whole distribution: they would replace the API's JSON 404,
and the feed's. A function cannot see what a bucket answers (CloudFront runs none after a 4xx), so
this one knows the pages by name, and gives way to whatever is in their folders and to whatever
could be the page of an offer: of an identifier nobody ever gave, S3 itself says that it is not
there.
"""

import json
from pathlib import Path
from typing import Final

from aws_cdk import aws_cloudfront as cloudfront
from constructs import Construct

from infra.headers import PAGE_HEADERS


PAGE: Final = "404.html"

_LARGEST: Final = 10_240  # bytes of code CloudFront takes

_HEADERS: Final = {
    **PAGE_HEADERS,
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-cache",
}

_CODE: Final = """\
const PAGES = %(pages)s;
const FOLDERS = %(folders)s;
const OFFER = /^\\/offres\\/[0-9a-f]{32}$/;
const HEADERS = %(headers)s;
const BODY = %(body)s;
function handler(event) {
  const uri = event.request.uri;
  const there = PAGES.includes(uri) || OFFER.test(uri);
  if (there || FOLDERS.some((folder) => uri.startsWith(folder))) return event.request;
  return {
    statusCode: 404,
    statusDescription: "Not Found",
    headers: HEADERS,
    body: { encoding: "text", data: BODY },
  };
}
"""


def guard(scope: Construct, pages: Path) -> cloudfront.FunctionAssociation:
    """Answer ``404.html`` for what is not among ``pages``."""
    function = cloudfront.Function(
        scope,
        "NotFound",
        comment="the page for a wrong address",
        code=cloudfront.FunctionCode.from_inline(not_found(pages)),
        runtime=cloudfront.FunctionRuntime.JS_2_0,
    )
    return cloudfront.FunctionAssociation(
        function=function, event_type=cloudfront.FunctionEventType.VIEWER_REQUEST
    )


def not_found(pages: Path) -> str:
    """Write the function; raises ValueError when CloudFront would find it too large."""
    files = [f"/{path.name}" for path in pages.iterdir() if path.is_file() and path.name != PAGE]
    folders = [f"/{path.name}/" for path in pages.iterdir() if path.is_dir()]
    code = _CODE % {
        "pages": json.dumps(["/", *sorted(files)]),
        "folders": json.dumps(sorted(folders)),
        "headers": json.dumps({name.lower(): {"value": value} for name, value in _HEADERS.items()}),
        "body": json.dumps((pages / PAGE).read_text(encoding="utf-8"), ensure_ascii=False),
    }
    size = len(code.encode())
    if size > _LARGEST:
        message = f"{PAGE} is too large: its function takes {size} bytes of {_LARGEST}"
        raise ValueError(message)
    return code
