"""What operators and ``local/`` must find after a deployment; two values are JSON objects."""

from collections.abc import Iterable

from aws_cdk import CfnOutput, Stack

from infra.alarms import Watch
from infra.api import Api
from infra.config import api_secret
from infra.function import ServiceFunction
from infra.site import Site
from infra.storage import Storage


def tell(
    stack: Stack,
    *,
    storage: Storage,
    api: Api,
    site: Site,
    watch: Watch,
    functions: Iterable[ServiceFunction],
) -> None:
    """Add the outputs."""
    tables = {"recruiters": storage.recruiters, "offers": storage.offers}
    facts = {
        "Url": site.url,
        "DistributionId": site.distribution.distribution_id,
        "DistributionDomain": site.distribution.distribution_domain_name,
        "ApiId": api.http.api_id,
        "WebBucket": site.pages.bucket_name,
        "FeedBucket": storage.feed.bucket_name,
        "DataBucket": storage.data.bucket_name,
        "LinkSecret": storage.link_secret.secret_arn,
        "PartnerSecret": storage.partner_secret.secret_arn,
        "FailureQueue": watch.failures.queue_name,
        "Tables": stack.to_json_string({name: t.table_name for name, t in tables.items()}),
        "Functions": stack.to_json_string({f.name: f.function.function_name for f in functions}),
    }
    facts |= {api_secret(api): secret.secret_arn for api, secret in storage.api_secrets.items()}
    for name, value in facts.items():
        CfnOutput(stack, name, value=value)
