"""The two functions at the edge: what is not there, and what is gone."""

import json
import subprocess

import pytest

from depot.feed.public import PAGES
from depot.storage import schema
from infra import gone
from infra.not_found import not_found
from tests.infra.site import PAGES_CSP, function_named


@pytest.fixture
def distribution(cloud):
    return cloud.only("CloudFront::Distribution")["DistributionConfig"]


@pytest.fixture
def behaviors(distribution):
    return {
        "/": distribution["DefaultCacheBehavior"],
        **{each["PathPattern"]: each for each in distribution["CacheBehaviors"]},
    }


def test_the_emulator_answers_for_an_offer_that_ended_as_well(local_cloud):
    behaviors = local_cloud.only("CloudFront::Distribution")["DistributionConfig"]["CacheBehaviors"]
    (pages,) = [each for each in behaviors if each["PathPattern"] == f"/{PAGES}*"]

    assert pages["FunctionAssociations"] == [function_named(local_cloud, "Gone")]


def answered(status, **headers):
    """What the function behind the pages of offers makes of an answer."""
    response = {"statusCode": status, "headers": {n: {"value": v} for n, v in headers.items()}}
    event = json.dumps({"response": response})
    return run(f"{gone.code()}\nconst event = {event};")


def run(script):
    call = f"{script}process.stdout.write(JSON.stringify(handler(event)))"
    done = subprocess.run(["node", "-e", call], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_what_stands_for_an_offer_that_ended_is_gone():
    found = answered(200, etag="x", **{f"x-amz-meta-{schema.GONE}": "1"})

    assert found["statusCode"] == 410
    assert found["headers"] == {"etag": {"value": "x"}}


def test_what_the_browser_holds_already_is_not_sent_again():
    assert answered(304, **{f"x-amz-meta-{schema.GONE}": "1"})["statusCode"] == 304


def test_a_page_is_served_as_it_is():
    assert answered(200, etag="x") == {"statusCode": 200, "headers": {"etag": {"value": "x"}}}


@pytest.fixture
def answers(tmp_path):
    """What the function in front of the pages makes of an address."""
    (tmp_path / "404.html").write_text("<p>« Rien » ici.</p>", encoding="utf-8")
    (tmp_path / "index.html").touch()
    for folder in ("assets/1a2b", "data"):
        (tmp_path / folder).mkdir(parents=True)

    def ask(uri):
        return run(f"{not_found(tmp_path)}\nconst event = {{request: {{uri: {json.dumps(uri)}}}}};")

    return ask


@pytest.mark.parametrize(
    "uri",
    [
        "/",
        "/index.html",
        "/assets/1a2b/css/index.css",
        "/data/metiers.json",
        f"/offres/{'0a' * 16}",
    ],
)
def test_what_is_there_is_served(answers, uri):
    assert answers(uri) == {"uri": uri}


@pytest.mark.parametrize("uri", ["/offres/", f"/offres/{'0a' * 16}x", "/offres/x/y"])
def test_an_address_no_offer_can_have_is_a_page_in_french(answers, uri):
    assert answers(uri)["statusCode"] == 404


@pytest.mark.parametrize("uri", ["/nothing", "/assets", "/gerer.html", "/404.html", "/index.html/"])
def test_what_is_not_there_is_a_page_in_french(answers, uri):
    answer = answers(uri)

    assert answer["statusCode"] == 404
    assert answer["body"] == {"encoding": "text", "data": "<p>« Rien » ici.</p>"}
    assert answer["headers"]["content-type"] == {"value": "text/html; charset=utf-8"}
    assert answer["headers"]["content-security-policy"] == {"value": PAGES_CSP}


def test_a_page_too_large_for_cloudfront_is_refused(tmp_path):
    (tmp_path / "404.html").write_text("x" * 10_240, encoding="utf-8")

    with pytest.raises(ValueError, match=r"404\.html"):
        not_found(tmp_path)
