"""Writing jobs to La bonne alternance: the client against its stand-in, the fake beside it."""

import pytest
import requests
from flask import Flask
from flask.typing import ResponseReturnValue

from depot.clients.la_bonne_alternance import LaBonneAlternance
from depot.domain.errors import JobRefused, ObjectMissing, SourceUnavailable
from depot.ports.partners import Jobs
from local.standin.app import serving
from tests.apis import http
from tests.fakes import MemoryJobs


JOB = {"offer": {"title": "Boulanger", "description": "Un poste en apprentissage à Périgueux"}}
SHORT = {"offer": {"title": "Boulanger", "description": "court"}}


@pytest.fixture(params=["memory", "http"])
def jobs(request: pytest.FixtureRequest, address: str) -> Jobs:
    if request.param == "memory":
        return MemoryJobs()
    return LaBonneAlternance(f"{address}/api", key=lambda: "k", http=http())


def test_a_job_written_has_an_id_and_can_be_replaced(jobs: Jobs) -> None:
    first, second = jobs.create(JOB), jobs.create(JOB)

    assert first != second
    jobs.replace(first, JOB)


def test_a_job_that_is_too_poor_is_refused(jobs: Jobs) -> None:
    there = jobs.create(JOB)

    with pytest.raises(JobRefused):
        jobs.create(SHORT)
    with pytest.raises(JobRefused):
        jobs.replace(there, SHORT)


def test_a_job_it_does_not_know_is_missing(jobs: Jobs) -> None:
    with pytest.raises(ObjectMissing):
        jobs.replace("inconnue", JOB)


def test_what_is_sent_is_the_job_and_nothing_else(address: str) -> None:
    there = LaBonneAlternance(f"{address}/api/", key=lambda: "k", http=http()).create(JOB)

    kept = requests.get(f"{address}/api/job/v1/offer/{there}", timeout=5)
    assert kept.json() == JOB


@pytest.mark.parametrize("status", [401, 403, 429, 500, 302])
def test_any_other_answer_is_an_outage(status: int) -> None:
    app = Flask(__name__)

    @app.route("/api/job/v1/offer", methods=["POST"])
    def answer() -> ResponseReturnValue:
        return {}, status

    with serving(app) as url:
        client = LaBonneAlternance(f"{url}/api", key=lambda: "k", http=http())
        with pytest.raises(SourceUnavailable, match=f"status {status}"):
            client.create(JOB)
