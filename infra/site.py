"""One CloudFront distribution in front of everything: pages, API, feed and offers on one origin."""

from pathlib import Path
from typing import Any, Final

from aws_cdk import Annotations, Duration, Fn, Stack
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_s3_deployment as deployment
from constructs import Construct

from infra import parameters
from infra.api import Api
from infra.config import Stage
from infra.function import Need
from infra.gone import gone
from infra.headers import Headers
from infra.logs import log_group
from infra.not_found import PAGE, guard
from infra.storage import Storage


BUILT_PAGES: Final = Path(__file__).parent.parent / "build" / "web"
PAGES: Final = "pages"
"""Context key: the folder of the pages, when it is another one."""

# No invalidation: what never changes is named by its content, the rest is fresh in five minutes.
FOR_EVER: Final = "public, max-age=31536000, immutable"
FIVE_MINUTES: Final = "public, max-age=300"

# LIST beside READ: without it S3 answers 403 for what is not there, instead of 404. The listing
# itself stays out of reach: no query string is forwarded, and `/` is the default root object.
ACCESS: Final = [cloudfront.AccessLevel.READ, cloudfront.AccessLevel.LIST]
LISTING: Final = "@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk"


Functions = list[cloudfront.FunctionAssociation]


class Site(Construct):
    """``/`` pages, ``/api/*`` HTTP API; ``/feed/*``, ``/offres/*`` and what leads there: feed."""

    def __init__(
        self, scope: Construct, construct_id: str, *, stage: Stage, api: Api, storage: Storage
    ) -> None:
        super().__init__(scope, construct_id)
        self._stage = stage
        self._port = parameters.port(Stack.of(self), stage)
        self._headers = Headers(self, "Headers")
        self.pages = storage.bucket("Web")
        self._built = self._find_pages()
        guards = self._guards()
        self.distribution = cloudfront.Distribution(
            self,
            "Distribution",
            comment=f"depot {stage.name}",
            default_root_object="index.html",
            default_behavior=self._pages_behavior(guards),
            additional_behaviors={
                "/api/*": self._api_behavior(api),
                **self._feed_behaviors(storage.feed, guards),
            },
            # Ten seconds by default: whoever just deposited looks at once.
            error_responses=[
                cloudfront.ErrorResponse(http_status=404, ttl=Duration.seconds(1)),
            ],
            price_class=cloudfront.PriceClass.PRICE_CLASS_100,
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            **self._names(),
        )
        Annotations.of(self).acknowledge_warning(LISTING, "a default root object is set")
        self._deploy_pages()

    @property
    def url(self) -> str:
        """Origin of the site, without a trailing slash."""
        host = self.distribution.distribution_domain_name
        if self._port:
            label = Fn.select(0, Fn.split(".", host))
            return f"http://{label}.cloudfront.localhost:{self._port.value_as_string}"
        return f"https://{self._stage.domain or host}"

    def tell(self) -> Need:
        """Tell the site's address."""
        return Need({"PUBLIC_URL": self.url})

    def _behavior(self, origin: cloudfront.IOrigin, **options: Any) -> cloudfront.BehaviorOptions:  # noqa: ANN401
        protocol = cloudfront.ViewerProtocolPolicy
        return cloudfront.BehaviorOptions(
            origin=origin,
            viewer_protocol_policy=protocol.ALLOW_ALL if self._port else protocol.REDIRECT_TO_HTTPS,
            **options,
        )

    def _pages_behavior(self, guards: Functions) -> cloudfront.BehaviorOptions:
        return self._behavior(
            _bucket(self.pages),
            cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
            response_headers_policy=self._headers.pages,
            function_associations=guards,
        )

    def _guards(self) -> Functions:
        if self._built is None or not (self._built / PAGE).is_file():
            return []
        return [guard(self, self._built)]

    def _api_behavior(self, api: Api) -> cloudfront.BehaviorOptions:
        return self._behavior(
            self._api_origin(api.http.api_id),
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            # Carries Authorization; the host must stay the API's own.
            origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
            response_headers_policy=self._headers.api,
        )

    def _feed_behaviors(
        self, bucket: s3.Bucket, guards: Functions
    ) -> dict[str, cloudfront.BehaviorOptions]:
        """All that publish_feed writes, as fresh as it says."""
        origin, headers = _bucket(bucket), self._headers
        common: dict[str, Any] = {"cache_policy": self._short_cache()}
        pages = self._behavior(
            origin,
            response_headers_policy=headers.pages,
            function_associations=[*guards, gone(self)],
            **common,
        )
        guides = self._behavior(origin, response_headers_policy=headers.feed, **common)
        feed = self._behavior(
            origin,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
            origin_request_policy=cloudfront.OriginRequestPolicy.CORS_S3_ORIGIN,
            response_headers_policy=headers.feed,
            **common,
        )
        return {
            "/feed/*": feed,
            "/offres/*": pages,
            "/sitemap*.xml": guides,
            "/robots.txt": guides,
        }

    def _short_cache(self) -> cloudfront.CachePolicy:
        return cloudfront.CachePolicy(
            self,
            "FeedCache",
            comment="what the file says, 5 s when it says nothing",
            min_ttl=Duration.seconds(0),
            default_ttl=Duration.seconds(5),
            max_ttl=Duration.days(365),
            enable_accept_encoding_gzip=True,
            enable_accept_encoding_brotli=True,
        )

    def _api_origin(self, api_id: str) -> cloudfront.IOrigin:
        if self._port:  # the emulator refuses the API's AWS host name, and has no TLS
            return origins.HttpOrigin(
                "127.0.0.1",
                origin_path=f"/_aws/execute-api/{api_id}/$default",
                protocol_policy=cloudfront.OriginProtocolPolicy.HTTP_ONLY,
                http_port=self._port.value_as_number,
            )
        return origins.HttpOrigin(f"{api_id}.execute-api.{self._stage.region}.amazonaws.com")

    def _names(self) -> dict[str, Any]:
        if not (self._stage.domain and self._stage.certificate_arn):
            return {}
        certificate = acm.Certificate.from_certificate_arn(
            self, "Certificate", self._stage.certificate_arn
        )
        return {"domain_names": [self._stage.domain], "certificate": certificate}

    def _find_pages(self) -> Path | None:
        if self._stage.emulated:
            return None  # the emulator cannot run CDK's uploader: local/ uploads the pages
        pages = Path(self.node.try_get_context(PAGES) or BUILT_PAGES)
        if not (pages / PAGE).is_file():
            Annotations.of(self).add_warning_v2("depot:pages", f"{pages / PAGE} is not built")
        return pages if pages.is_dir() else None

    def _deploy_pages(self) -> None:
        if self._built is None:
            return
        common: dict[str, Any] = {
            "sources": [deployment.Source.asset(str(self._built))],
            "destination_bucket": self.pages,
            "log_group": log_group(self, "UploadLogs", stage=self._stage),
        }
        assets = deployment.BucketDeployment(
            self,
            "Assets",
            exclude=["*"],
            include=["assets/*"],
            cache_control=[_fresh(FOR_EVER)],
            prune=False,  # pages still open keep their assets
            **common,
        )
        texts = deployment.BucketDeployment(
            self, "Pages", exclude=["assets/*"], cache_control=[_fresh(FIVE_MINUTES)], **common
        )
        texts.node.add_dependency(assets)  # a page never names what is not there yet


def _fresh(directives: str) -> deployment.CacheControl:
    return deployment.CacheControl.from_string(directives)


def _bucket(bucket: s3.Bucket) -> cloudfront.IOrigin:
    return origins.S3BucketOrigin.with_origin_access_control(bucket, origin_access_levels=ACCESS)
