"""The catalogue of the bench: as large as the real one, and of nobody."""

from collections import Counter

import pytest

from bench import synthetic
from depot.domain.cfa.training import Training
from depot.domain.identifiers import luhn
from depot.reference.metiers import former_codes


@pytest.fixture(scope="module")
def known() -> list[Training]:
    return synthetic.trainings()


def test_it_has_the_size_of_the_real_one(known: list[Training]) -> None:
    assert len(known) == 60_000
    assert len({(t.siret, t.latitude, t.longitude) for t in known}) == 15_000
    assert {code for t in known for code in t.romes} == set(former_codes().values())


def test_some_codes_are_everywhere_and_most_are_rare(known: list[Training]) -> None:
    sites = Counter(code for code, _ in {(code, t.siret) for t in known for code in t.romes})
    counts = sorted(sites.values())

    assert 100 <= counts[266] <= 160
    assert 3_500 <= counts[-1] <= 5_000


def test_nobody_in_it_exists_or_can_be_reached(known: list[Training]) -> None:
    sample = known[::100]

    assert all(t.siret.startswith("0000") and luhn(t.siret) and luhn(t.siren) for t in sample)
    assert all(t.email.endswith("@example.org") and "synthétique" in t.name for t in known)


def test_the_same_seed_gives_the_same_catalogue(known: list[Training]) -> None:
    assert synthetic.trainings(count=100) == known[:100]
    assert synthetic.trainings(seed=1, count=100) != known[:100]
