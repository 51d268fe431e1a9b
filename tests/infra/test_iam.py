"""Rights: exact actions on exact resources, and no more of them than the code uses.

The emulator enforces no IAM: a missing right would be found on AWS only, so it is found here.
"""

import json
import re

import pytest

from tests.infra.conftest import FUNCTIONS, ROOT, listed
from tests.rights import ALLOWED, PARTS, RIGHTS, keys_of


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


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_may_do_exactly_this(cloud, function):
    assert rights(cloud, function) == ALLOWED[function]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_who_asks_an_api_may_read_its_key_where_a_stage_has_one(local_cloud, function):
    """Production asks none that wants a key yet: no secret, no right."""
    assert rights(local_cloud, function) == ALLOWED[function] | keys_of(function)


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
    assert {RIGHTS[call] for call in calls()} | tags | {PARTS[part] for part in parts()} == granted


def test_transactions_write_puts_alone():
    assert parts() == {"Put", "ConditionCheck"}


def parts():
    """What transactions are made of."""
    return set(re.findall(r'"(Put|Update|Delete|ConditionCheck)": ', source()))


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
