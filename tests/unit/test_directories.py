"""The chain of directories and what is kept of their answers."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from depot.clients.directories import CachedCompanies, Directories
from depot.domain.errors import SourceUnavailable
from depot.domain.firm.company import Address, Choices, KnownCompany
from tests.builders import NOW, SIRET, a_company
from tests.fakes import FakeCompanies, MemoryCompanyCache


HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Clock:
    """A clock a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def spare(**over: Any) -> FakeCompanies:
    return FakeCompanies({SIRET: a_company(source="api_entreprise", **over)})


def test_the_second_is_asked_only_when_the_first_cannot_say() -> None:
    first, second = FakeCompanies({SIRET: a_company()}), spare()

    assert Directories(first, second).find(SIRET) == a_company()
    first.known.clear()
    assert Directories(first, second).find(SIRET) is None

    assert second.asked == []


def test_when_the_first_cannot_say_the_second_answers() -> None:
    company = Directories(FakeCompanies(down=True), spare()).find(SIRET)

    assert company == a_company(source="api_entreprise")


def test_what_only_the_second_does_not_know_is_no_unknown_siret() -> None:
    """A depositor is not sent away while the first directory is silent."""
    with pytest.raises(SourceUnavailable):
        Directories(FakeCompanies(down=True), FakeCompanies()).find(SIRET)


def test_when_nobody_can_say_nobody_says() -> None:
    first, second = FakeCompanies(down=True), FakeCompanies(down=True)

    with pytest.raises(SourceUnavailable):
        Directories(first, second).find(SIRET)

    assert second.asked == [SIRET]


def test_the_second_says_that_a_firm_is_closed() -> None:
    company = Directories(FakeCompanies(down=True), spare(active=False)).find(SIRET)

    assert company is not None
    assert not company.active


def test_only_the_first_is_searched() -> None:
    first, second = FakeCompanies({SIRET: a_company()}), spare()
    chain = Directories(first, second)

    assert [found.siret for found in chain.search("PAIN", "").found] == [SIRET]
    assert [found.siret for found in chain.establishments(SIRET[:9], "").found] == [SIRET]
    assert second.asked == []


def cached(
    companies: FakeCompanies, clock: Clock, cache: MemoryCompanyCache | None = None
) -> CachedCompanies:
    return CachedCompanies(companies, cache or MemoryCompanyCache(), clock=clock)


def test_form_and_deposit_cost_one_question() -> None:
    directory, clock = FakeCompanies({SIRET: a_company()}), Clock()
    companies = cached(directory, clock)

    first, clock.now = companies.find(SIRET), NOW + 23 * HOUR

    assert companies.find(SIRET) == first == a_company()
    assert directory.asked == [SIRET]


def test_after_a_day_it_is_asked_again() -> None:
    directory, clock = FakeCompanies({SIRET: a_company()}), Clock()
    companies = cached(directory, clock)
    companies.find(SIRET)
    directory.known[SIRET] = a_company(active=False)

    clock.now = NOW + DAY

    assert companies.find(SIRET) == a_company(active=False)


def test_the_second_source_s_answer_is_asked_again_much_sooner() -> None:
    """It knows neither the agreements nor the place."""
    directory, clock = spare(), Clock()
    companies = cached(directory, clock)
    companies.find(SIRET)

    clock.now = NOW + timedelta(minutes=14)
    companies.find(SIRET)
    assert directory.asked == [SIRET]
    clock.now = NOW + timedelta(minutes=15)
    companies.find(SIRET)

    assert directory.asked == [SIRET, SIRET]


@pytest.mark.parametrize("age", [DAY, 30 * DAY])
def test_while_no_directory_answers_an_older_answer_serves(age: timedelta) -> None:
    directory, clock = FakeCompanies({SIRET: a_company()}), Clock()
    companies = cached(directory, clock)
    companies.find(SIRET)

    directory.down, clock.now = True, NOW + age

    assert companies.find(SIRET) == a_company()


def test_an_answer_of_more_than_a_month_serves_no_more() -> None:
    directory, clock = FakeCompanies({SIRET: a_company()}), Clock()
    companies = cached(directory, clock)
    companies.find(SIRET)

    directory.down, clock.now = True, NOW + 30 * DAY + HOUR

    with pytest.raises(SourceUnavailable):
        companies.find(SIRET)


def test_a_spare_s_poorer_answer_does_not_replace_what_the_first_said_this_month() -> None:
    directory, clock, cache = FakeCompanies({SIRET: a_company()}), Clock(), MemoryCompanyCache()
    cached(directory, clock, cache).find(SIRET)
    chain = cached(spare(name="MARTIN SARL", idccs=(), location=None), clock, cache)

    clock.now = NOW + 30 * DAY

    assert chain.find(SIRET) == a_company()
    assert cache.kept[SIRET] == KnownCompany(company=a_company(), found_at=NOW)


def test_after_a_month_the_spare_s_answer_is_the_better_one() -> None:
    directory, clock, cache = FakeCompanies({SIRET: a_company()}), Clock(), MemoryCompanyCache()
    cached(directory, clock, cache).find(SIRET)

    clock.now = NOW + 30 * DAY + HOUR

    poorer = a_company(idccs=(), source="api_entreprise")
    assert cached(spare(idccs=()), clock, cache).find(SIRET) == poorer


@pytest.mark.parametrize("news", [{"active": False}, {"diffusible": False}])
def test_a_spare_that_says_closed_or_hidden_is_believed_at_once(news: dict[str, Any]) -> None:
    directory, clock, cache = FakeCompanies({SIRET: a_company()}), Clock(), MemoryCompanyCache()
    cached(directory, clock, cache).find(SIRET)
    told = a_company(source="api_entreprise", idccs=(), location=None, **news).without_secrets()
    chain = cached(FakeCompanies({SIRET: told}), clock, cache)

    clock.now = NOW + DAY
    found = chain.find(SIRET)

    assert found is not None
    assert found == cache.kept[SIRET].company == told.completed_by(a_company())
    assert found.idccs == ("0843",)


def test_an_unknown_siret_is_never_kept() -> None:
    directory, clock = FakeCompanies(), Clock()
    companies = cached(directory, clock)

    assert companies.find(SIRET) is None
    directory.known[SIRET] = a_company()

    assert companies.find(SIRET) == a_company()


def test_what_an_owner_hides_is_neither_told_nor_kept() -> None:
    cache = MemoryCompanyCache()
    hidden = FakeCompanies({SIRET: a_company(diffusible=False)})

    found = cached(hidden, Clock(), cache).find(SIRET)

    kept = cache.kept[SIRET].company
    assert found == kept
    assert kept.address == Address(label="PERIGUEUX", city="PERIGUEUX", insee="24322")
    assert (kept.name, kept.legal_name, kept.location) == ("", "", None)


def test_a_search_is_asked_each_time() -> None:
    directory = FakeCompanies({SIRET: a_company()})
    companies = cached(directory, Clock())

    assert companies.search("PAIN", "24000") == companies.search("PAIN", "24000")
    assert companies.establishments("000090027", "") == Choices()
    assert directory.asked == ["PAIN", "PAIN", "000090027"]
