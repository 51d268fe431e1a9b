"""Rights: exact actions on exact resources, and no more of them than the code uses.

The emulator enforces no IAM: a missing right would be found on AWS only, so it is found here.
"""

import re

import pytest

from tests.infra.conftest import FUNCTIONS, ROOT, listed


# What the SDK calls of our package need. Conditions on a Put need no right of their own.
RIGHTS = {
    "get_item": "dynamodb:GetItem",
    "query": "dynamodb:Query",
    "transact_write_items": "dynamodb:PutItem",
    "get_object": "s3:GetObject",
    "put_object": "s3:PutObject",
    "send_email": "ses:SendEmail",
    "get_secret_value": "secretsmanager:GetSecretValue",
}
# What Lambda itself does in a function's name; ListBucket tells "not there" from "forbidden".
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
    "s3:ListBucket",
}
STORE = {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"}
LETTERS = STORE | {"ses:SendEmail", "secretsmanager:GetSecretValue"}
ALLOWED = {
    "create_recruiter": LETTERS,
    "add_offer": LETTERS,
    "manage_offers": LETTERS,
    "notify_opco": LETTERS,
    "match_cfa": LETTERS | {"s3:GetObject"},
    "publish_feed": {"dynamodb:GetItem", "dynamodb:Query", "s3:GetObject", "s3:PutObject"},
    "expire_offers": LETTERS | {"s3:GetObject"},
}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_may_do_exactly_this(cloud, function):
    assert actions(cloud, function) - PLUMBING == ALLOWED[function]


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
    granted = set().union(*ALLOWED.values())

    assert {RIGHTS[call] for call in calls()} == granted


def test_only_puts_are_written_in_transactions():
    parts = re.findall(r'"(Put|Update|Delete|ConditionCheck)": ', source())

    assert set(parts) == {"Put"}


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
    paginated = re.findall(r'client\.get_paginator\("(\w+)"\)', text)
    direct = re.findall(r'client(?:\("\w+"\))?\.(\w+)\(', text)
    return {*paginated, *direct} - {"get_paginator"}
