"""One suite for the CompanyCache port: memory, and DynamoDB on each engine."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config

from depot.domain.firm.company import KnownCompany
from depot.ports.firms import CompanyCache
from depot.ports.store import Create
from depot.storage import items, schema
from depot.storage.firms import DynamoCompanyCache
from depot.storage.tables import DynamoStore
from tests.builders import NOW, SIRET, a_company, a_recruiter
from tests.fakes import MemoryCompanyCache
from tests.tables import create_tables


@pytest.fixture(params=["memory", "moto", pytest.param("ministack", marks=pytest.mark.emulator)])
def cache(request: pytest.FixtureRequest) -> CompanyCache:
    if request.param == "memory":
        return MemoryCompanyCache()
    dynamodb = request.getfixturevalue(request.param)("dynamodb")
    names = {table: f"{table}-{uuid4().hex}" for table in schema.INDEXES}
    create_tables(dynamodb, names)
    return DynamoCompanyCache(dynamodb, names[schema.RECRUITERS_TABLE])


def known(**over: Any) -> KnownCompany:
    return KnownCompany(company=a_company(**over), found_at=NOW)


def test_what_was_never_kept_is_not_known(cache: CompanyCache) -> None:
    cache.put(known(siret="48744469700428"))

    assert cache.get(SIRET) is None


def test_what_was_kept_is_given_back(cache: CompanyCache) -> None:
    cache.put(known())

    assert cache.get(SIRET) == known()


def test_the_last_answer_is_the_one_kept(cache: CompanyCache) -> None:
    cache.put(known())
    cache.put(known(name="CHEZ PAULINE"))

    assert cache.get(SIRET) == known(name="CHEZ PAULINE")


def test_an_answer_nobody_can_read_is_not_known(
    caplog: pytest.LogCaptureFixture, aws: None
) -> None:
    """An older or a newer release wrote it: the directory is asked again, over it."""
    del aws
    dynamodb = boto3.client("dynamodb")
    create_tables(dynamodb)
    cache = DynamoCompanyCache(dynamodb, schema.RECRUITERS_TABLE)
    item = items.to_item(known()) | {
        schema.DATA: {"S": '{"company":{"siret":"of a shape to come"}}'}
    }
    dynamodb.put_item(TableName=schema.RECRUITERS_TABLE, Item=item)

    assert cache.get(SIRET) is None
    assert SIRET not in caplog.text
    assert [record.__dict__["reason"] for record in caplog.records] == ["ValidationError"]
    cache.put(known())
    assert cache.get(SIRET) == known()


@pytest.mark.parametrize(
    ("url", "reason"),
    [(None, "ResourceNotFoundException"), ("http://127.0.0.1:9", "EndpointConnectionError")],
)
def test_a_cache_that_fails_costs_no_answer(
    aws: None, caplog: pytest.LogCaptureFixture, url: str | None, reason: str
) -> None:
    del aws
    once = Config(retries={"total_max_attempts": 1})
    cache = DynamoCompanyCache(boto3.client("dynamodb", endpoint_url=url, config=once), "no-table")

    assert cache.get(SIRET) is None
    cache.put(known())

    assert SIRET not in caplog.text
    assert [record.__dict__["reason"] for record in caplog.records] == [reason] * 2


def test_an_answer_is_purged_a_month_later_and_never_due() -> None:
    item = items.to_item(known())

    purge_at = NOW + timedelta(days=31)
    assert item[schema.EXPIRES] == {"N": str(int(purge_at.timestamp()))}
    assert schema.DUE_AT not in item
    assert item[schema.PARTITION_KEY] == {"S": f"FIRM#{SIRET}"}


def test_an_answer_is_nobody_s_dossier_and_is_in_no_index(aws: None) -> None:
    """Recruiters by SIRET are people's own: a directory's answer is not among them."""
    del aws
    dynamodb = boto3.client("dynamodb")
    create_tables(dynamodb)
    store = DynamoStore(dynamodb, {table: table for table in schema.INDEXES})
    cache = DynamoCompanyCache(dynamodb, schema.RECRUITERS_TABLE)
    cache.put(known())
    store.commit(Create(a_recruiter()))

    dossier = store.dossier("r1")
    assert dossier is not None
    assert dossier.recruiter == a_recruiter()
    assert store.dossier(f"FIRM#{SIRET}") is None
    for index, (key, _) in schema.INDEXES[schema.RECRUITERS_TABLE].items():
        found = dynamodb.scan(TableName=schema.RECRUITERS_TABLE, IndexName=index)["Items"]
        assert all(item[schema.PARTITION_KEY] == {"S": "r1"} for item in found), key
