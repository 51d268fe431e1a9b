"""Tables as schema.py defines them; nothing of value can be lost or read by mistake."""

import json

import pytest

from depot.reference.partners import partner_names
from depot.storage import schema


@pytest.fixture(params=sorted(schema.INDEXES))
def name(request):
    return request.param


def table(cloud, name):
    (found,) = [
        properties
        for logical, properties in cloud.of("DynamoDB::GlobalTable").items()
        if logical.startswith(f"Storage{name}")
    ]
    return found


def key(partition, sort):
    return [
        {"AttributeName": attribute, "KeyType": kind}
        for attribute, kind in ((partition, "HASH"), (sort, "RANGE"))
        if attribute
    ]


def test_there_are_the_tables_of_the_schema(cloud):
    assert len(cloud.of("DynamoDB::GlobalTable")) == len(schema.INDEXES)


def test_a_table_has_the_keys_of_the_schema(cloud, name):
    assert table(cloud, name)["KeySchema"] == key(schema.PARTITION_KEY, schema.SORT_KEY)


def test_a_table_has_the_indexes_of_the_schema_keys_only(cloud, name):
    indexes = {
        index["IndexName"]: (index["KeySchema"], index["Projection"])
        for index in table(cloud, name)["GlobalSecondaryIndexes"]
    }

    assert indexes == {
        index: (key(*keys), {"ProjectionType": "KEYS_ONLY"})
        for index, keys in schema.INDEXES[name].items()
    }


def test_every_key_is_a_string(cloud, name):
    types = {part["AttributeType"] for part in table(cloud, name)["AttributeDefinitions"]}

    assert types == {"S"}


def test_a_table_streams_forgets_and_costs_what_it_is_used(cloud, name):
    found = table(cloud, name)

    assert found["StreamSpecification"] == {"StreamViewType": schema.STREAM_VIEW}
    assert found["TimeToLiveSpecification"] == {"AttributeName": schema.EXPIRES, "Enabled": True}
    assert found["BillingMode"] == "PAY_PER_REQUEST"


def test_a_table_of_production_can_be_restored_and_not_deleted(cloud, name):
    (replica,) = table(cloud, name)["Replicas"]

    assert replica["DeletionProtectionEnabled"] is True
    assert replica["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}


def test_data_of_production_outlives_the_stack(cloud):
    kept = {"AWS::DynamoDB::GlobalTable", "AWS::S3::Bucket", "AWS::SecretsManager::Secret"}
    found = [each for each in cloud.template["Resources"].values() if each["Type"] in kept]

    assert {resource["Type"] for resource in found} == kept
    assert {resource["DeletionPolicy"] for resource in found} == {"Retain"}


def test_the_emulator_keeps_nothing(local_cloud):
    assert "Retain" not in json.dumps(local_cloud.template)


def test_a_bucket_is_private(cloud):
    for bucket in cloud.of("S3::Bucket").values():
        assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}


def test_a_file_deleted_from_the_feed_is_gone(cloud):
    (feed,) = [
        bucket
        for logical, bucket in cloud.of("S3::Bucket").items()
        if logical.startswith("StorageFeed")
    ]

    assert "VersioningConfiguration" not in feed  # the files hold phones
    assert "ObjectLockEnabled" not in feed


def test_what_stands_for_an_offer_that_ended_goes_away_by_itself(cloud):
    (feed,) = [
        bucket
        for logical, bucket in cloud.of("S3::Bucket").items()
        if logical.startswith("StorageFeed")
    ]

    expiring = [r for r in feed["LifecycleConfiguration"]["Rules"] if "ExpirationInDays" in r]
    assert expiring == [
        {
            "ExpirationInDays": 90,
            "Prefix": "offres/",
            "Status": "Enabled",
            "TagFilters": [{"Key": schema.GONE, "Value": "1"}],
        }
    ]


def test_a_bucket_refuses_plain_http(cloud):
    guarded = {
        policy["Bucket"]["Ref"]
        for policy in cloud.of("S3::BucketPolicy").values()
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Deny"
        and statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    }

    assert guarded == set(cloud.of("S3::Bucket"))


def secrets(cloud):
    """What AWS makes each secret of, by the beginning of its logical id."""
    return {
        logical[:-8]: secret["GenerateSecretString"]
        for logical, secret in cloud.of("SecretsManager::Secret").items()
    }


def test_no_partner_has_a_key_until_somebody_gives_it_one(cloud):
    secret = secrets(cloud)["StoragePartnerSecret"]

    assert json.loads(secret["SecretStringTemplate"]) == {}
    assert secret["GenerateStringKey"] not in partner_names()


def test_the_link_secret_is_made_by_aws_and_nowhere_written(cloud):
    secret = secrets(cloud)["StorageLinkSecret"]

    assert json.loads(secret["SecretStringTemplate"]) == {"current": "k1"}
    assert secret["GenerateStringKey"] == "k1"
    assert secret["PasswordLength"] == 64
    assert secret["ExcludePunctuation"] is True
