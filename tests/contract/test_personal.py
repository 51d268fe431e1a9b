"""One suite for the PersonalData port: whole dossiers, of kinds nobody knows yet as well."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from depot.domain.dossier.erasure import Erasure
from depot.domain.dossier.retention import PURGED
from depot.domain.firm.company import KnownCompany
from depot.domain.model import Entity
from depot.ports.personal import Kept, PersonalData
from depot.ports.store import Create, Replace, Store
from depot.storage import items, schema
from depot.storage.firms import DynamoCompanyCache
from depot.storage.personal import DynamoPersonalData
from depot.storage.tables import DynamoStore
from tests.builders import (
    NOW,
    SIRET,
    a_cfa_contact,
    a_company,
    a_letter,
    a_notice,
    a_receipt,
    a_recruiter,
    a_round,
    an_employer,
    an_offer,
)
from tests.fakes import MemoryPersonalData, MemoryStore
from tests.tables import create_tables


MANY = 40


@dataclass
class Tables:
    """The real ones, and what lies in them."""

    dynamodb: Any
    names: Mapping[str, str]

    def items(self) -> list[dict[str, Any]]:
        found = (self.dynamodb.scan(TableName=name)["Items"] for name in self.names.values())
        return [item for page in found for item in page]

    def put(self, table: str, **texts: str) -> None:
        item = {name: {"S": text} for name, text in texts.items()}
        self.dynamodb.put_item(TableName=self.names[table], Item=item)


@pytest.fixture(params=["moto", pytest.param("ministack", marks=pytest.mark.emulator)])
def tables(request: pytest.FixtureRequest) -> Tables:
    return _tables(request.getfixturevalue(request.param)("dynamodb"))


def _tables(dynamodb: Any) -> Tables:
    names = {table: f"{table}-{uuid4().hex}" for table in schema.INDEXES}
    create_tables(dynamodb, names)
    return Tables(dynamodb, names)


@pytest.fixture(params=["memory", "moto", pytest.param("ministack", marks=pytest.mark.emulator)])
def ports(request: pytest.FixtureRequest) -> tuple[Store, PersonalData]:
    if request.param == "memory":
        memory = MemoryStore()
        firms = {SIRET: KnownCompany(company=a_company(), found_at=NOW)}
        return memory, MemoryPersonalData(memory, firms)
    made = _tables(request.getfixturevalue(request.param)("dynamodb"))
    dynamodb, names = made.dynamodb, made.names
    cache = DynamoCompanyCache(dynamodb, names[schema.RECRUITERS_TABLE])
    cache.put(KnownCompany(company=a_company(), found_at=NOW))
    return DynamoStore(dynamodb, names), DynamoPersonalData(dynamodb, names)


def fill(store: Store) -> None:
    store.commit(Create(a_recruiter()), Create(a_letter()))
    for rank in range(MANY):
        store.commit(Create(an_offer(f"o{rank:02d}")))
    store.commit(Create(a_recruiter(id="r2")))


def test_everything_of_a_dossier_is_shown_and_nothing_of_another(
    ports: tuple[Store, PersonalData],
) -> None:
    store, personal = ports
    fill(store)

    kept = list(personal.everything("r1"))

    assert sorted(tag for tag, _ in kept) == ["LETTER", *["OFFER"] * MANY, "RECRUITER"]
    (me,) = [says for tag, says in kept if tag == "RECRUITER"]
    assert isinstance(me, dict)
    assert me["contact"] == a_recruiter().contact.model_dump()


def test_every_kind_of_a_dossier_is_shown_under_its_tag(
    ports: tuple[Store, PersonalData],
) -> None:
    store, personal = ports
    mine: dict[str, Entity] = {
        schema.RECRUITER: a_recruiter(),
        schema.NOTICE: a_notice(),
        schema.EMPLOYER: an_employer(),
        schema.LETTER: a_letter(),
        schema.ERASURE: Erasure.of("r1", "asked", NOW),
        schema.OFFER: an_offer(),
        schema.ROUND: a_round(),
        schema.CONTACT: a_cfa_contact("000000018"),
        schema.RECEIPT: a_receipt(),
    }
    assert mine.keys() == schema.OF_A_DOSSIER
    store.commit(*map(Create, mine.values()))

    assert dict(personal.everything("r1")) == {
        tag: entity.model_dump(mode="json") for tag, entity in mine.items()
    }
    assert personal.forget("r1") == len(mine)


def test_everything_of_a_dossier_goes_but_what_is_spared(
    ports: tuple[Store, PersonalData],
) -> None:
    store, personal = ports
    fill(store)
    erasure = Erasure.of("r1", "asked", NOW)
    store.commit(Create(erasure))

    assert personal.forget("r1", [erasure]) == MANY + 2
    assert list(personal.everything("r1")) == [("ERASURE", erasure.model_dump(mode="json"))]
    assert personal.forget("r1", [erasure]) == 0
    assert personal.forget("r1") == 1
    assert store.dossier("r1") is None
    assert store.dossier("r2") is not None


def test_what_a_directory_said_of_the_firm_is_shown_and_goes(
    ports: tuple[Store, PersonalData],
) -> None:
    _, personal = ports

    assert [tag for tag, _ in personal.of_firm(SIRET)] == ["FIRM"]
    personal.forget_firm(SIRET)
    assert list(personal.of_firm(SIRET)) == []
    personal.forget_firm(SIRET)


@pytest.fixture(params=["memory", "moto", pytest.param("ministack", marks=pytest.mark.emulator)])
def surprised(request: pytest.FixtureRequest) -> PersonalData:
    """A dossier of one item of a kind nobody knows, and a recruiter beside it."""
    if request.param == "memory":
        store = MemoryStore()
        store.commit(Create(a_recruiter(id="r2")))
        return MemoryPersonalData(store, others={"r1": [Kept("SURPRISE", {"note": "canari"})]})
    tables = _tables(request.getfixturevalue(request.param)("dynamodb"))
    tables.put(schema.OFFERS_TABLE, pk="r1", sk="SURPRISE#1", note="canari")
    DynamoStore(tables.dynamodb, tables.names).commit(Create(a_recruiter(id="r2")))
    return DynamoPersonalData(tables.dynamodb, tables.names)


def test_an_item_of_a_kind_nobody_knows_is_shown_and_goes_with_the_rest(
    surprised: PersonalData,
) -> None:
    assert list(surprised.everything("r1")) == [("SURPRISE", {"note": "canari"})]
    assert surprised.forget("r1") == 1
    assert list(surprised.everything("r1")) == []
    assert [tag for tag, _ in surprised.everything("r2")] == ["RECRUITER"]


def test_whatever_is_written_is_purged_one_day_by_the_table_itself(tables: Tables) -> None:
    store = DynamoStore(tables.dynamodb, tables.names, lambda: NOW)
    store.commit(Create(a_recruiter()), Create(an_offer()), Create(a_letter()))

    expected = {"N": str(int((NOW + PURGED).timestamp()))}
    assert [item[schema.EXPIRES] for item in tables.items()] == [expected] * 3


def test_a_write_puts_the_purge_off(tables: Tables) -> None:
    moments = iter([NOW, NOW + timedelta(days=300)])
    store = DynamoStore(tables.dynamodb, tables.names, lambda: next(moments))
    store.commit(Create(an_offer()))
    store.commit(Replace(an_offer().remind(NOW)))

    (item,) = tables.items()
    assert _purged(item) == NOW + timedelta(days=300) + PURGED


def test_a_dossier_in_use_is_kept_longer_item_by_item(tables: Tables) -> None:
    personal = DynamoPersonalData(tables.dynamodb, tables.names)
    fill(DynamoStore(tables.dynamodb, tables.names, lambda: NOW))
    tables.put(schema.RECRUITERS_TABLE, pk="r1", sk="SURPRISE#1", note="canari")
    until = NOW + timedelta(days=2000)

    personal.keep_until("r1", until)

    mine = [item for item in tables.items() if item["pk"] == {"S": "r1"}]
    assert len(mine) == MANY + 3
    assert {_purged(item) for item in mine} == {until}
    (other,) = [item for item in tables.items() if item["pk"] == {"S": "r2"}]
    assert _purged(other) == NOW + PURGED


def test_what_was_removed_meanwhile_does_not_come_back(tables: Tables) -> None:
    personal = DynamoPersonalData(tables.dynamodb, tables.names)
    gone = items.to_item(an_offer())

    personal._keep(schema.OFFERS_TABLE, gone, NOW)

    assert tables.items() == []


def _purged(item: Mapping[str, Any]) -> datetime:
    return datetime.fromtimestamp(int(item[schema.EXPIRES]["N"]), UTC)
