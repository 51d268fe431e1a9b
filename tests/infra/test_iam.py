"""Rights: exact actions on exact resources, and no more of them than the code uses.

The emulator enforces no IAM: a missing right would be found on AWS only, so it is found here.
"""

import json
import re

import pytest

from tests.infra.conftest import FUNCTIONS, ROOT, listed


# What the SDK calls of our package need. Conditions on a Put need no right of their own.
RIGHTS = {
    "get_item": "dynamodb:GetItem",
    "batch_get_item": "dynamodb:BatchGetItem",
    "query": "dynamodb:Query",
    "delete_item": "dynamodb:DeleteItem",
    "update_item": "dynamodb:UpdateItem",
    "put_item": "dynamodb:PutItem",
    "transact_write_items": "dynamodb:PutItem",
    "get_object": "s3:GetObject",
    "put_object": "s3:PutObject",
    "delete_object": "s3:DeleteObject",
    "delete_objects": "s3:DeleteObject",
    "create_multipart_upload": "s3:PutObject",
    "upload_part": "s3:PutObject",
    "complete_multipart_upload": "s3:PutObject",
    "abort_multipart_upload": "s3:AbortMultipartUpload",
    "list_objects_v2": "s3:ListBucket",
    "send_email": "ses:SendEmail",
    "get_secret_value": "secretsmanager:GetSecretValue",
}
# What Lambda itself does in a function's name.
PLUMBING = {
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "sqs:SendMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
}
# How the template names what is acted upon.
PLACES = {
    "Storagerecruiters": "recruiters",
    "Storageoffers": "offers",
    "StorageFeed": "feed",
    "StorageData": "data",
    "StorageLinkSecret": "secret",
    "StoragePartnerSecret": "partners",
    "StorageApiEntrepriseSecret": "api_entreprise",
    "StorageFormationsSecret": "formations",
    "StorageSiroSecret": "siro",
    "StorageLaBonneAlternanceSecret": "la_bonne_alternance",
    "StorageFranceTravailSecret": "france_travail",
    "MailIdentity": "identity",
    "MailReturns": "returns",
}


def read(table):
    return {("dynamodb:GetItem", table), ("dynamodb:Query", table)}


def write(table):
    return read(table) | {("dynamodb:PutItem", table)}


def imports(folder):
    return {(f"s3:{act}Object", f"data/{folder}/*") for act in ("Put", "Delete")}


BOTH = write("recruiters") | write("offers")
DUE = {("dynamodb:Query", f"{table}/index/due") for table in ("recruiters", "offers")}
LETTERS = {
    ("secretsmanager:GetSecretValue", "secret"),
    ("ses:SendEmail", "identity"),
    ("ses:SendEmail", "returns"),
}
FOUND = {("dynamodb:Query", f"recruiters/index/by_{what}") for what in ("email", "siret")}
ERASE = {("dynamodb:DeleteItem", table) for table in ("recruiters", "offers")}
KEEP = {("dynamodb:UpdateItem", table) for table in ("recruiters", "offers")}
LIVE = {("dynamodb:Query", "offers/index/live")}
# Whose offer a partner speaks of, and who that partner is.
RECEIPTS = {
    ("dynamodb:Query", "offers/index/by_offer"),
    ("secretsmanager:GetSecretValue", "partners"),
}
CHANGED = {("dynamodb:Query", "offers/index/changed")}
# ListBucket tells "not there" from "forbidden".
CATALOGUE = {("s3:GetObject", "data/catalogue/*"), ("s3:ListBucket", "data")}
TURNS = {("dynamodb:BatchGetItem", "recruiters")}
REGISTER = {("s3:GetObject", "data/opco/siro/*"), ("s3:ListBucket", "data")}
# APIs that want a key, and who asks them.
KEYS = {
    "api_entreprise": {"create_recruiter", "expire_offers"},
    "formations": {"match_cfa"},
    "siro": {"notify_opco", "expire_offers"},
    "la_bonne_alternance": {"publish_feed"},
    "france_travail": {"publish_feed"},
}
FEED = {
    *(
        (f"s3:{verb}", f"feed/{key}")
        for verb in ("GetObject", "PutObject", "DeleteObject", "AbortMultipartUpload")
        for key in ("feed/*", "offres/*", "sitemap*.xml", "robots.txt", "push/*")
    ),
    ("s3:PutObjectTagging", "feed/offres/*"),
    ("s3:ListBucket", "feed"),
}
COUNTS = CHANGED | {
    ("s3:GetObject", "feed/statistics/*"),
    ("s3:PutObject", "feed/statistics/*"),
    ("s3:GetObject", "feed/feed/v1/statistics.json"),
    ("s3:PutObject", "feed/feed/v1/statistics.json"),
    ("s3:ListBucket", "feed"),
}
ALLOWED = {
    "create_recruiter": BOTH | LIVE | LETTERS | REGISTER,
    "add_offer": BOTH | LIVE | LETTERS,
    "manage_offers": BOTH | LIVE | FOUND | ERASE | LETTERS | CATALOGUE | RECEIPTS,
    "notify_opco": write("recruiters") | read("offers") | LETTERS | REGISTER | imports("opco/siro"),
    "match_cfa": BOTH | LETTERS | CATALOGUE | TURNS | imports("catalogue"),
    "publish_feed": read("offers") | CHANGED | FEED,
    "expire_offers": (
        BOTH | DUE | FOUND | ERASE | KEEP | LETTERS | CATALOGUE | TURNS | REGISTER | COUNTS
    ),
}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_may_do_exactly_this(cloud, function):
    assert rights(cloud, function) == ALLOWED[function]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_who_asks_an_api_may_read_its_key_where_a_stage_has_one(local_cloud, function):
    """Production asks none that wants a key yet: no secret, no right."""
    keys = {("secretsmanager:GetSecretValue", api) for api, who in KEYS.items() if function in who}

    assert rights(local_cloud, function) == ALLOWED[function] | keys


def test_no_action_is_a_pattern(cloud):
    assert [action for name in FUNCTIONS for action in actions(cloud, name) if "*" in action] == []


def test_no_role_of_ours_may_touch_everything(cloud):
    for name in FUNCTIONS:
        for statement in cloud.statements(name):
            assert statement["Effect"] == "Allow"
            assert "*" not in listed(statement["Resource"])


def test_no_role_of_ours_comes_with_a_managed_policy(cloud):
    managed = [name for name, role in cloud.of("IAM::Role").items() if "ManagedPolicyArns" in role]

    # CDK's own uploader of the pages: not of our making.
    assert [name[:25] for name in managed] == ["CustomCDKBucketDeployment"]


def test_no_policy_at_all_names_every_resource(cloud):
    for policy in cloud.of("IAM::Policy").values():
        for statement in policy["PolicyDocument"]["Statement"]:
            assert "*" not in listed(statement["Resource"])


def test_the_rights_are_those_the_code_uses():
    granted = {action for allowed in ALLOWED.values() for action, _ in allowed}

    # A tag given with an object needs a right of its own.
    tags = {"s3:PutObjectTagging"} if '"Tagging"' in source() else set()
    assert {RIGHTS[call] for call in calls()} | tags == granted


def test_only_puts_are_written_in_transactions():
    parts = re.findall(r'"(Put|Update|Delete|ConditionCheck)": ', source())

    assert set(parts) == {"Put"}


def rights(cloud, function):
    """Pairs of an action and what it may touch, plumbing apart."""
    return {
        (action, place(resource))
        for statement in cloud.statements(function)
        for action in listed(statement["Action"])
        for resource in listed(statement["Resource"])
        if action not in PLUMBING
    }


def place(resource):
    """The ARN of the offers table joined to ``/index/due`` as ``offers/index/due``."""
    text = json.dumps(resource)
    (name,) = {name for marker, name in PLACES.items() if marker in text}
    parts = resource.get("Fn::Join", ["", [""]])[1]
    return name + (parts[-1] if isinstance(parts[-1], str) else "")


def actions(cloud, function):
    return {
        action for statement in cloud.statements(function) for action in listed(statement["Action"])
    }


def source():
    package = ROOT / "layers" / "common" / "python" / "depot"
    return "\n".join(path.read_text() for path in package.rglob("*.py"))


def calls():
    """Every SDK method the package calls, on a client it calls ``client``."""
    text = source()
    paginated = re.findall(r'client\.get_paginator\(\s*"(\w+)"\s*\)', text)
    direct = re.findall(r'client(?:\("\w+"\))?\.(\w+)\(', text)
    return {*paginated, *direct} - {"get_paginator"}
