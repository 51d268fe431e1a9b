"""One address for pages, API and feed: routes, throttles, caches, headers."""

import json

import pytest

from depot.feed.public import PAGES
from tests.infra.site import PAGES_CSP, function_named


ROUTES = {
    "POST /api/recruiters": "create_recruiter",
    "GET /api/companies/{siret}": "create_recruiter",
    "POST /api/duplicates": "create_recruiter",
    "GET /api/companies": "create_recruiter",
    "POST /api/recruiters/{recruiter_id}/offers": "add_offer",
    "GET /api/manage": "manage_offers",
    "PUT /api/manage/firm": "manage_offers",
    "PUT /api/manage/opco": "manage_offers",
    "PUT /api/manage/offers/{offer_id}": "manage_offers",
    "GET /api/manage/offers/{offer_id}/cfas": "manage_offers",
    "POST /api/manage/offers/{offer_id}/cfas": "manage_offers",
    "POST /api/manage/offers/{offer_id}/extension": "manage_offers",
    "POST /api/manage/offers/{offer_id}/closure": "manage_offers",
    "POST /api/manage/offers/{offer_id}/reactivation": "manage_offers",
    "PUT /api/manage/contact": "manage_offers",
    "PUT /api/manage/employer": "manage_offers",
    "POST /api/manage/link": "manage_offers",
    "POST /api/manage/keeping": "manage_offers",
    "GET /api/manage/export": "manage_offers",
    "POST /api/manage/erasure": "manage_offers",
    "POST /api/links": "manage_offers",
    "GET /api/firms": "manage_offers",
    "GET /api/confirmation": "manage_offers",
    "POST /api/confirmation": "manage_offers",
    "GET /api/notice": "manage_offers",
    "POST /api/notice/answer": "manage_offers",
    "GET /api/cfa": "manage_offers",
    "POST /api/cfa/reading": "manage_offers",
    "POST /api/cfa/answer": "manage_offers",
    "GET /api/cfa/subscription": "manage_offers",
    "POST /api/cfa/subscription": "manage_offers",
    "GET /api/cfa/unsubscribe": "manage_offers",
    "POST /api/cfa/unsubscribe": "manage_offers",
    "GET /api/employer": "manage_offers",
    "POST /api/employer/offers/{offer_id}/confirmation": "manage_offers",
    "POST /api/employer/offers/{offer_id}/correction": "manage_offers",
    "POST /api/employer/offers/{offer_id}/removal": "manage_offers",
    "GET /api/employer/data": "manage_offers",
    "POST /api/employer/objection": "manage_offers",
    "POST /api/employer/erasure": "manage_offers",
    "POST /api/imports": "create_recruiter",
    "POST /api/imports/preview": "create_recruiter",
    "POST /api/partners/{slug}/receipts": "manage_offers",
}


NO_CACHE = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"  # AWS's CachingDisabled


ALL_BUT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"  # AWS's AllViewerExceptHostHeader


@pytest.fixture
def distribution(cloud):
    return cloud.only("CloudFront::Distribution")["DistributionConfig"]


@pytest.fixture
def behaviors(distribution):
    return {
        "/": distribution["DefaultCacheBehavior"],
        **{each["PathPattern"]: each for each in distribution["CacheBehaviors"]},
    }


def policy(cloud, behavior):
    name = behavior["ResponseHeadersPolicyId"]["Ref"]
    return cloud.of("CloudFront::ResponseHeadersPolicy")[name]["ResponseHeadersPolicyConfig"]


def test_the_synthesis_warns_of_nothing(cloud, local_cloud):
    assert cloud.warnings == []
    assert local_cloud.warnings == []


def test_each_route_reaches_its_function(cloud):
    integrations = cloud.of("ApiGatewayV2::Integration")

    def target(route):
        integration = integrations[route["Target"]["Fn::Join"][1][1]["Ref"]]
        return integration["IntegrationUri"]["Fn::GetAtt"][0]

    routed = {
        route["RouteKey"]: target(route) for route in cloud.of("ApiGatewayV2::Route").values()
    }

    assert routed == {route: cloud.functions[name][0] for route, name in ROUTES.items()}


def test_the_api_is_throttled(cloud):
    settings = cloud.only("ApiGatewayV2::Stage")["DefaultRouteSettings"]

    assert settings == {"ThrottlingRateLimit": 50, "ThrottlingBurstLimit": 100}


def test_costly_routes_are_throttled_more_tightly(cloud):
    settings = cloud.only("ApiGatewayV2::Stage")["RouteSettings"]

    tight = {"ThrottlingRateLimit": 5, "ThrottlingBurstLimit": 20}
    tightest = {"ThrottlingRateLimit": 1, "ThrottlingBurstLimit": 5}
    expected = {
        "POST /api/recruiters": tight,
        "POST /api/duplicates": tight,
        "POST /api/imports": tightest,
        "POST /api/imports/preview": tightest,
        "POST /api/partners/{slug}/receipts": tight,
        "GET /api/companies/{siret}": tight,
        "POST /api/links": {"ThrottlingRateLimit": 2, "ThrottlingBurstLimit": 10},
        "GET /api/companies": {"ThrottlingRateLimit": 2, "ThrottlingBurstLimit": 10},
    }
    assert settings | expected == settings
    assert settings.keys() <= ROUTES.keys()


def test_routes_are_there_before_their_throttles(cloud):
    (stage,) = [
        resource
        for resource in cloud.template["Resources"].values()
        if resource["Type"] == "AWS::ApiGatewayV2::Stage"
    ]

    assert set(cloud.of("ApiGatewayV2::Route")) <= set(stage["DependsOn"])


def test_an_error_of_the_server_rings_though_the_function_answered(cloud):
    (api,) = cloud.of("ApiGatewayV2::Api")
    (alarm,) = [
        alarm
        for alarm in cloud.of("CloudWatch::Alarm").values()
        if alarm.get("Namespace") == "AWS/ApiGateway"
    ]

    assert alarm["MetricName"] == "5xx"
    assert alarm["Dimensions"] == [{"Name": "ApiId", "Value": {"Ref": api}}]
    assert (alarm["Statistic"], alarm["Threshold"]) == ("Sum", 0)


def test_access_logs_hold_nothing_of_a_person(cloud):
    line = json.loads(cloud.only("ApiGatewayV2::Stage")["AccessLogSettings"]["Format"])

    assert set(line.values()) == {
        "$context.requestId",
        "$context.requestTimeEpoch",
        "$context.routeKey",
        "$context.status",
        "$context.responseLatency",
        "$context.responseLength",
        "$context.integrationErrorMessage",
    }


def test_pages_api_and_feed_share_one_address(distribution, behaviors):
    written = {"/feed/*", f"/{PAGES}*", "/sitemap*.xml", "/robots.txt"}
    assert set(behaviors) == {"/", "/api/*", *written}
    assert len({behaviors[path]["TargetOriginId"] for path in written}) == 1
    assert distribution["DefaultRootObject"] == "index.html"
    assert len({each["TargetOriginId"] for each in behaviors.values()}) == 3


def test_everything_is_served_over_https(behaviors):
    assert {each["ViewerProtocolPolicy"] for each in behaviors.values()} == {"redirect-to-https"}


def test_the_api_is_never_cached_and_hears_the_authorization(behaviors):
    assert behaviors["/api/*"]["CachePolicyId"] == NO_CACHE
    assert behaviors["/api/*"]["OriginRequestPolicyId"] == ALL_BUT_HOST


def test_the_feed_is_cached_as_it_says_or_five_seconds(cloud):
    cache = cloud.only("CloudFront::CachePolicy")["CachePolicyConfig"]

    assert cache["MinTTL"] == 0
    assert cache["DefaultTTL"] == 5
    assert cache["MaxTTL"] == 365 * 86_400


def test_buckets_are_read_by_this_distribution_only(cloud, distribution):
    s3 = [origin for origin in distribution["Origins"] if "S3OriginConfig" in origin]

    assert len(s3) == 2
    assert all("OriginAccessControlId" in origin for origin in s3)
    assert set(cloud.of("CloudFront::OriginAccessControl")) == {
        origin["OriginAccessControlId"]["Fn::GetAtt"][0] for origin in s3
    }


def test_a_page_may_load_and_call_this_site_only(cloud, behaviors):
    headers = policy(cloud, behaviors["/"])["SecurityHeadersConfig"]

    assert headers["ContentSecurityPolicy"] == {
        "ContentSecurityPolicy": PAGES_CSP,
        "Override": True,
    }


@pytest.mark.parametrize(
    "path", ["/", "/api/*", "/feed/*", f"/{PAGES}*", "/sitemap*.xml", "/robots.txt"]
)
def test_every_answer_is_strict(cloud, behaviors, path):
    headers = policy(cloud, behaviors[path])["SecurityHeadersConfig"]

    assert headers["ContentSecurityPolicy"]["ContentSecurityPolicy"].startswith(
        "default-src 'none'"
    )
    assert headers["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 365 * 86_400
    assert headers["ReferrerPolicy"]["ReferrerPolicy"] == "no-referrer"
    assert headers["ContentTypeOptions"] == {"Override": True}


def test_an_answer_of_the_api_is_stored_nowhere(cloud, behaviors):
    custom = policy(cloud, behaviors["/api/*"])["CustomHeadersConfig"]["Items"]

    assert {"Header": "Cache-Control", "Value": "no-store", "Override": True} in custom


def test_any_site_may_read_the_feed_and_only_the_feed(cloud, behaviors):
    cors = policy(cloud, behaviors["/feed/*"])["CorsConfig"]

    assert cors["AccessControlAllowOrigins"] == {"Items": ["*"]}
    assert cors["AccessControlAllowMethods"] == {"Items": ["GET", "HEAD"]}
    assert cors["AccessControlAllowCredentials"] is False
    assert "CorsConfig" not in policy(cloud, behaviors["/"])
    assert "CorsConfig" not in policy(cloud, behaviors["/api/*"])


def test_a_wrong_address_is_answered_among_the_pages_only(cloud, distribution, behaviors):
    guard, gone = function_named(cloud, "NotFound"), function_named(cloud, "Gone")

    assert behaviors["/"]["FunctionAssociations"] == [guard]
    assert behaviors[f"/{PAGES}*"]["FunctionAssociations"] == [guard, gone]
    assert (guard["EventType"], gone["EventType"]) == ("viewer-request", "viewer-response")
    for path in ("/api/*", "/feed/*", "/sitemap*.xml", "/robots.txt"):
        assert "FunctionAssociations" not in behaviors[path]
    # A page for errors would hold for the API's own 404 as well.
    assert distribution["CustomErrorResponses"] == [{"ErrorCode": 404, "ErrorCachingMinTTL": 1}]


def test_pages_are_uploaded_in_production_and_by_local_on_the_emulator(cloud, local_cloud):
    def uploads(template):
        return [r for r in template["Resources"].values() if "BucketDeployment" in r["Type"]]

    assert len(uploads(cloud.template)) == 2
    assert uploads(local_cloud.template) == []


def test_a_mail_leaves_from_the_domain_of_the_sender(cloud):
    assert cloud.only("SES::EmailIdentity")["EmailIdentity"] == "a-renseigner.invalid"


def test_the_records_that_sign_mails_are_told(cloud):
    records = [output for name, output in cloud.template["Outputs"].items() if "Dkim" in name]

    assert len(records) == 3


def test_local_finds_what_it_needs(local_cloud):
    assert {"Url", "Tables", "Functions", "WebBucket", "DataBucket", "FeedBucket"} <= set(
        local_cloud.template["Outputs"]
    )
