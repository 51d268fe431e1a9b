"""One suite for the OpcoSource port: every source there is, and the fake."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import pytest

from depot.clients.siro import SiroApi
from depot.domain.errors import SourceUnavailable
from depot.domain.opco.finding import SourceAnswer
from depot.domain.opco.siro import SiroRow
from depot.ports.firms import OpcoSource
from depot.reference.opcos import ActivityHints, opco_names, register_names
from depot.storage.siro import SiroStore
from depot.usecases.opco.identify_opco import Agreements
from tests.apis import failing, http
from tests.builders import NOW, a_company
from tests.fakes import FakeOpcoSource, FakeOpcoTable, MemoryObjects
from tests.world import EP, share


BAKERY = a_company(siret="00009001900019", idccs=("0843",), naf="10.71C")
STRANGER = a_company(siret="00009991100018", idccs=(), naf="99.00Z")


@dataclass
class Asked:
    """A source, and how to make it unable to say (None: it always can)."""

    source: OpcoSource
    outage: Callable[[], Any] | None = None


def _register() -> Asked:
    objects = MemoryObjects()
    store = SiroStore(objects)
    store.replace("202606", [SiroRow(BAKERY.siret.encode(), b"0843", EP)], NOW)

    @contextmanager
    def emptied() -> Iterator[None]:
        objects.kept.clear()
        yield

    return Asked(store, emptied)


def _api(url: str) -> Asked:
    source = SiroApi(url, key=lambda: "k", names=register_names(), http=http())
    return Asked(source, lambda: failing(url, "siro", "error"))


def _fake() -> Asked:
    answer = SourceAnswer(asked=BAKERY.siret, opcos=(EP,), confidence="certain", idcc="0843")
    source = FakeOpcoSource(answers=[answer])

    @contextmanager
    def down() -> Iterator[None]:
        source.down = True
        yield

    return Asked(source, down)


@pytest.fixture(params=["register", "api", "agreements", "activity", "fake"])
def asked(request: pytest.FixtureRequest) -> Asked:
    match request.param:
        case "register":
            return _register()
        case "api":
            return _api(request.getfixturevalue("address"))
        case "agreements":
            return Asked(Agreements(FakeOpcoTable({"0843": [share(EP)]})))
        case "activity":
            return Asked(ActivityHints())
        case _:
            return _fake()


def test_a_source_names_the_opco_of_a_firm_it_knows(asked: Asked) -> None:
    [answer] = asked.source.ask(BAKERY.siret, BAKERY)

    assert isinstance(answer, SourceAnswer)
    assert answer.asked
    assert answer.opcos[0] == EP
    assert set(answer.opcos) <= opco_names()
    assert answer.confidence is not None


def test_a_source_says_the_same_each_time(asked: Asked) -> None:
    first = asked.source.ask(BAKERY.siret, BAKERY)

    assert list(asked.source.ask(BAKERY.siret, BAKERY)) == list(first)


def test_a_source_that_does_not_know_names_nobody_and_raises_nothing(asked: Asked) -> None:
    answers = list(asked.source.ask(STRANGER.siret, STRANGER))

    assert [answer for answer in answers if answer.opcos or answer.confidence] == []


def test_a_source_can_be_asked_before_the_directory_has_told(asked: Asked) -> None:
    """Registers answer by the SIRET alone; the others have nothing to look up."""
    answers = list(asked.source.ask(BAKERY.siret, None))

    assert all(answer.asked == BAKERY.siret for answer in answers)
    assert bool(answers) is (asked.source.name not in {"idcc", "naf"})


def test_evidence_calls_it_by_a_name_and_only_a_quota_is_remote(asked: Asked) -> None:
    assert asked.source.name in {"siro_file", "siro_api", "idcc", "naf"}
    assert asked.source.remote is (asked.source.name == "siro_api")


def test_a_source_that_cannot_say_is_an_outage(asked: Asked) -> None:
    expected = pytest.raises(SourceUnavailable) if asked.outage else nullcontext()

    with (asked.outage or nullcontext)(), expected:
        asked.source.ask(BAKERY.siret, BAKERY)
