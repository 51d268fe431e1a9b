"""Importing the catalogue of trainings: all of it, or nothing and the reason."""

import logging
from datetime import timedelta

import pytest

from depot.domain.cfa.formation import Formation, Imported
from depot.domain.errors import CatalogueMissing, SourceUnavailable
from depot.usecases.cfa.import_catalogue import CatalogueRefused, import_catalogue
from tests.builders import NOW, a_formation
from tests.fakes import FakeFormations, MemoryCatalogue


def formations(count: int, **over: object) -> list[Formation]:
    return [
        a_formation(siret=f"{n:09d}00010", emails=(f"cfa{n}@example.org",), **over)
        for n in range(1, count + 1)
    ]


def run(
    catalogue: MemoryCatalogue,
    *known: Formation | Exception | None,
    others: tuple[FakeFormations, ...] = (),
    accept_shrink: bool = False,
    days: int = 0,
) -> Imported:
    return import_catalogue(
        [FakeFormations(known), *others],
        catalogue=catalogue,
        former={"D1116": "D1104"},
        now=NOW + timedelta(days=days),
        accept_shrink=accept_shrink,
    )


@pytest.fixture
def catalogue() -> MemoryCatalogue:
    return MemoryCatalogue()


def test_what_can_be_asked_is_imported_and_the_rest_is_counted(catalogue: MemoryCatalogue) -> None:
    closed = a_formation(open=False)

    imported = run(catalogue, *formations(40), closed, closed, a_formation(emails=()), None)

    assert imported == Imported(
        source="fake",
        imported_at=NOW,
        trainings=40,
        left_out={"closed": 2, "unreachable": 1, "invalid": 1},
    )
    assert len(catalogue.index()) == 40
    assert catalogue.imported() == imported


def test_a_formation_listed_twice_is_imported_once(catalogue: MemoryCatalogue) -> None:
    assert run(catalogue, *formations(3), *formations(3)).trainings == 3


def test_the_former_codes_come_with_the_catalogue(catalogue: MemoryCatalogue) -> None:
    run(catalogue, a_formation(romes=("D1116",)))

    assert catalogue.index().under("D1104") == ["D1116"]


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ([], "no training"),
        ([a_formation(open=False)] * 200, "no training"),
        ([*formations(94), *[None] * 6], "6 of 100 records cannot be read"),
    ],
)
def test_what_is_no_catalogue_is_refused_even_by_hand(
    catalogue: MemoryCatalogue, known: list[Formation | None], reason: str
) -> None:
    run(catalogue, *formations(5))

    with pytest.raises(CatalogueRefused, match=reason):
        run(catalogue, *known, accept_shrink=True, days=1)

    assert len(catalogue.index()) == 5


def test_a_few_records_nobody_can_read_stop_nothing(catalogue: MemoryCatalogue) -> None:
    assert run(catalogue, *formations(95), *[None] * 5).left_out == {"invalid": 5}


@pytest.mark.parametrize(
    ("before", "after", "refused"),
    [(100, 79, True), (100, 80, False), (99, 1, False), (100, 500, False)],
)
def test_a_catalogue_that_shrank_by_more_than_a_fifth_is_refused(
    catalogue: MemoryCatalogue, before: int, after: int, *, refused: bool
) -> None:
    run(catalogue, *formations(before))

    if refused:
        with pytest.raises(CatalogueRefused, match="21 of 100 trainings would vanish"):
            run(catalogue, *formations(after), days=1)
    else:
        run(catalogue, *formations(after), days=1)

    assert len(catalogue.index()) == (before if refused else after)


def test_a_catalogue_that_wastes_away_is_refused_once_a_fifth_of_it_went(
    catalogue: MemoryCatalogue,
) -> None:
    """Each import is less than a tenth smaller than the one before."""
    for day, count in enumerate((1000, 910, 829)):
        run(catalogue, *formations(count), days=day)

    with pytest.raises(CatalogueRefused, match=r"245 of 1000 .*, as counted on 2026-11-23"):
        run(catalogue, *formations(755), days=3)

    assert len(catalogue.index()) == 829
    assert run(catalogue, *formations(755), days=3, accept_shrink=True).peaks == ()
    assert run(catalogue, *formations(690), days=4).trainings == 690


def test_what_is_more_than_a_month_old_is_forgotten_but_for_the_last_import(
    catalogue: MemoryCatalogue,
) -> None:
    run(catalogue, *formations(1000))
    run(catalogue, *formations(850), days=10)

    assert run(catalogue, *formations(700), days=31).trainings == 700
    with pytest.raises(CatalogueRefused, match="141 of 700"):
        run(catalogue, *formations(559), days=99)


def test_once_somebody_looked_a_shrunk_catalogue_is_accepted(catalogue: MemoryCatalogue) -> None:
    run(catalogue, *formations(100))

    assert run(catalogue, *formations(10), accept_shrink=True, days=1).trainings == 10


def test_a_source_that_fails_in_the_middle_leaves_everything_as_it_was(
    catalogue: MemoryCatalogue,
) -> None:
    run(catalogue, *formations(5))

    with pytest.raises(SourceUnavailable, match="fake: status 500"):
        run(catalogue, *formations(50), SourceUnavailable("status 500"), days=1)

    assert len(catalogue.index()) == 5


def test_the_next_source_is_asked_when_the_first_fails(catalogue: MemoryCatalogue) -> None:
    other = FakeFormations(formations(7), name="other")

    imported = run(catalogue, *formations(3), SourceUnavailable("too slow"), others=(other,))

    assert (imported.source, imported.trainings) == ("other", 7)


def test_no_source_is_said(catalogue: MemoryCatalogue) -> None:
    with pytest.raises(SourceUnavailable, match="no source"):
        import_catalogue([], catalogue=catalogue, former={}, now=NOW)
    with pytest.raises(CatalogueMissing):
        catalogue.index()


def test_old_versions_are_tidied_by_the_import(catalogue: MemoryCatalogue) -> None:
    for days in (0, 1, 20, 21):
        run(catalogue, *formations(5), days=days)

    assert [version.imported_at for _, version in catalogue.versions] == [
        NOW + timedelta(days=days) for days in (20, 21)
    ]


def test_the_log_tells_the_counts_and_no_address(
    catalogue: MemoryCatalogue, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    run(catalogue, *formations(100))
    with pytest.raises(CatalogueRefused):
        run(catalogue, *formations(2), days=1)

    told = [(record.levelname, record.message) for record in caplog.records]
    assert told == [("INFO", "catalogue imported"), ("ERROR", "catalogue refused")]
    assert caplog.records[0].__dict__["trainings"] == 100
    assert "@" not in str([record.__dict__ for record in caplog.records])
