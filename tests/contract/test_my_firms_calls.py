"""An adviser of many firms is answered by few questions to the tables, and each says how many."""

from collections import Counter
from typing import Any
from uuid import uuid4

import boto3

from depot.domain.model import Entity
from depot.storage import schema
from depot.storage.tables import DynamoStore
from depot.usecases.dossier.my_firms import FirmsQuery, my_firms
from tests.builders import NOW, a_letter, a_recruiter, an_offer
from tests.contract.stored import keep
from tests.fakes import FakeLinks
from tests.tables import create_tables


FIRMS, A_PAGE, A_BATCH = 240, 100, 100
_AT_ONCE = 30  # firms a transaction, of three items each


def test_an_answer_reads_one_page_of_offers_whatever_the_number_of_firms(aws: None) -> None:
    del aws
    dynamodb = boto3.client("dynamodb")
    names = {table: f"{table}-{uuid4().hex}" for table in schema.INDEXES}
    create_tables(dynamodb, names)
    store, links = DynamoStore(dynamodb, names), FakeLinks()
    for start in range(0, FIRMS, _AT_ONCE):
        keep(store, *(item for n in range(start, start + _AT_ONCE) for item in a_dossier(n)))
    token = links.firms_url(a_recruiter(id="r000"), NOW).partition("#")[2]
    calls: Counter[str] = Counter()
    dynamodb.meta.events.register("before-call.dynamodb.*", lambda model, **_: note(calls, model))

    first = my_firms(FirmsQuery(), token=token, store=store, links=links, now=NOW)

    batches = -(-FIRMS // A_BATCH)
    assert calls == {"GetItem": 1, "BatchGetItem": batches, "Query": batches + A_PAGE}
    assert (first.count, len(first.firms), first.next) == (FIRMS, A_PAGE, "r099")
    assert {firm.live for firm in first.firms} == {1}


def a_dossier(number: int) -> list[Entity]:
    recruiter = a_recruiter(id=f"r{number:03d}")
    letter = a_letter(recruiter_id=recruiter.id)
    return [recruiter, an_offer(f"o{number}", recruiter=recruiter), letter]


def note(calls: Counter[str], model: Any) -> None:
    calls[model.name] += 1
