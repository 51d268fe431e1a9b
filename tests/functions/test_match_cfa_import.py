"""The catalogue of trainings is imported on schedule, whole or not at all."""

from typing import Any

import pytest
from flask import Flask, request

from depot.domain.errors import SourceUnavailable
from depot.usecases.cfa.import_catalogue import CatalogueRefused
from local.standin.app import serving
from local.standin.formations import formation
from tests.deployment import Deployment
from tests.functions.matched import ASKING, asked, match, rounds
from tests.outages import catalogue_of
from tests.posted import a_centre


def imported(deployed: Deployment, **event: Any) -> Any:
    return deployed.call("match_cfa", {"source": "schedule", **event})


def test_the_schedule_imports_the_centres_that_the_next_need_asks(deployed: Deployment) -> None:
    rows = [a_centre(3), a_centre(20, qualiopi=False), a_centre(40), a_centre(50, email="")]
    with catalogue_of(deployed, *rows):
        counted = imported(deployed)
    deployed.deposit(offers=ASKING)

    assert match(deployed, *rounds(deployed)) == []

    assert counted["trainings"] == 2
    assert counted["source"] == "api_alternance"
    assert counted["left_out"] == {"uncertified": 1, "unreachable": 1}
    assert asked(deployed) == ["cfa-3@example.org", "cfa-40@example.org"]


def test_the_synthetic_catalogue_of_the_stand_in_is_imported_whole(deployed: Deployment) -> None:
    counted = imported(deployed)
    deployed.deposit(offers=ASKING)

    assert match(deployed, *rounds(deployed)) == []

    assert counted["trainings"] + sum(counted["left_out"].values()) == 8_577
    assert 0 < len(asked(deployed)) <= 10


def test_a_process_that_asks_learns_of_an_import_by_another(deployed: Deployment) -> None:
    with catalogue_of(deployed, a_centre(1)):
        imported(deployed)
    with catalogue_of(deployed, a_centre(2)):
        imported(deployed)
    deployed.deposit(offers=ASKING)

    match(deployed, *rounds(deployed))

    assert asked(deployed) == ["cfa-2@example.org"]


def test_the_open_catalogue_is_read_when_the_other_fails(deployed: Deployment) -> None:
    with catalogue_of(deployed, a_centre(3)):
        deployed.environment["FORMATIONS_URL"] += "/nowhere"
        assert imported(deployed)["source"] == "catalogue_rco"


def test_a_catalogue_that_shrank_is_refused_until_somebody_looked(deployed: Deployment) -> None:
    with catalogue_of(deployed, *(a_centre(n) for n in range(1, 121))):
        imported(deployed)
    with catalogue_of(deployed, a_centre(5)):
        with pytest.raises(CatalogueRefused, match="119 of 120 trainings would vanish"):
            imported(deployed)
        with pytest.raises(CatalogueRefused):
            imported(deployed, accept_shrink="true")
        assert imported(deployed, accept_shrink=True)["trainings"] == 1


def test_an_import_that_fails_leaves_the_catalogue_as_it_was(deployed: Deployment) -> None:
    deployed.catalogue(a_centre(3))
    with catalogue_of(deployed):
        deployed.environment |= dict.fromkeys(("FORMATIONS_URL", "RCO_URL"), "")
        with pytest.raises(SourceUnavailable):
            imported(deployed)
    deployed.deposit(offers=ASKING)

    match(deployed, *rounds(deployed))

    assert asked(deployed) == ["cfa-3@example.org"]


def test_the_key_of_a_catalogue_is_read_from_its_secret(deployed: Deployment) -> None:
    app, keys = Flask(__name__), list[str | None]()

    @app.get("/formation/v1/search")
    def search() -> dict[str, Any]:
        keys.append(request.headers.get("Authorization"))
        return {"data": [formation(a_centre(3))], "pagination": {"page_count": 1}}

    with serving(app) as url:
        deployed.environment["FORMATIONS_URL"] = url
        assert imported(deployed)["trainings"] == 1

    assert keys == ["Bearer a-key"]
