"""Response headers: strict for people, open to any reader for the feed."""

from collections.abc import Mapping
from typing import Final

from aws_cdk import Duration
from aws_cdk import aws_cloudfront as cloudfront
from constructs import Construct


PAGES_CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
DATA_CSP: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"

ALONE: Final = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
HSTS_SECONDS: Final = 730 * 86_400
# The pages' policy once more, for an answer CloudFront makes without asking the bucket.
PAGE_HEADERS: Final = {
    "Content-Security-Policy": PAGES_CSP,
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": f"max-age={HSTS_SECONDS}; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    **ALONE,
}
OPEN: Final = {"Cross-Origin-Resource-Policy": "cross-origin"}


class Headers(Construct):
    """One policy each for pages, API answers and feed files."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.pages = self._policy("Pages", PAGES_CSP, ALONE)
        self.api = self._policy("Api", DATA_CSP, {**ALONE, "Cache-Control": "no-store"})
        self.feed = self._policy("Feed", DATA_CSP, OPEN, cors=_anyone_reads())

    def _policy(
        self,
        name: str,
        csp: str,
        custom: Mapping[str, str],
        cors: cloudfront.ResponseHeadersCorsBehavior | None = None,
    ) -> cloudfront.ResponseHeadersPolicy:
        return cloudfront.ResponseHeadersPolicy(
            self,
            name,
            security_headers_behavior=_security(csp),
            cors_behavior=cors,
            custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
                custom_headers=[
                    cloudfront.ResponseCustomHeader(header=header, value=value, override=True)
                    for header, value in custom.items()
                ]
            ),
        )


def _security(csp: str) -> cloudfront.ResponseSecurityHeadersBehavior:
    return cloudfront.ResponseSecurityHeadersBehavior(
        content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
            content_security_policy=csp, override=True
        ),
        content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
        referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
            referrer_policy=cloudfront.HeadersReferrerPolicy.NO_REFERRER, override=True
        ),
        strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
            access_control_max_age=Duration.seconds(HSTS_SECONDS),
            include_subdomains=True,
            preload=True,
            override=True,
        ),
    )


def _anyone_reads() -> cloudfront.ResponseHeadersCorsBehavior:
    return cloudfront.ResponseHeadersCorsBehavior(
        access_control_allow_origins=["*"],
        access_control_allow_methods=["GET", "HEAD"],
        access_control_allow_headers=["*"],
        access_control_expose_headers=["ETag", "Last-Modified"],
        access_control_allow_credentials=False,
        origin_override=True,
    )
