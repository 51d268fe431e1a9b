"""Reading somebody else's pages: patient with each, bounded as a whole."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask, Response

from depot.clients.pages import PagedCatalogue, WalkLimits, keeping_session
from depot.domain.errors import SourceUnavailable
from local.standin.app import serving
from tests.apis import answering


OK = Response('{"page":1}', content_type="application/json")


@contextmanager
def saying(*answers: Response) -> Iterator[tuple[str, list[float]]]:
    """A server that gives these answers, then the last again; and when it was asked."""
    app, asked = Flask(__name__), list[float]()

    @app.get("/x")
    def answer() -> Response:
        asked.append(time.monotonic())
        return answers[min(len(asked), len(answers)) - 1]

    with serving(app) as url:
        yield f"{url}/x", asked


def refusal(status: int, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response("{}", status, named, content_type="application/json")


def walk(url: str, slept: list[float] | None = None, **limits: float) -> bytes:
    """Read one page; waits are noted and not made."""
    waits = [] if slept is None else slept
    session = keeping_session("https://depot.example")
    made = PagedCatalogue(session, WalkLimits()._replace(**limits), sleep=waits.append)  # type: ignore[arg-type]
    return made.walk().get(url, {}, {})


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again_after_waits_that_double(status: int) -> None:
    slept: list[float] = []
    with saying(refusal(status), refusal(status), OK) as (url, asked):
        assert walk(url, slept) == b'{"page":1}'

    assert len(asked) == 3
    assert slept == [1.0, 2.0]


def test_a_server_that_says_when_is_obeyed() -> None:
    slept: list[float] = []
    with saying(refusal(429, Retry_After="7"), OK) as (url, _):
        walk(url, slept)

    assert slept == [7.0]


def test_a_page_is_given_up_after_four_tries() -> None:
    with saying(refusal(503)) as (url, asked), pytest.raises(SourceUnavailable, match="status 503"):
        walk(url)

    assert len(asked) == 4


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404])
def test_what_will_not_pass_is_not_insisted_on(status: int) -> None:
    with (
        saying(refusal(status, Location="/y")) as (url, asked),
        pytest.raises(SourceUnavailable, match=f"status {status}"),
    ):
        walk(url)

    assert len(asked) == 1


def test_a_server_that_asks_for_more_time_than_there_is_is_given_up_at_once() -> None:
    slept: list[float] = []
    with (
        saying(refusal(429, Retry_After="30"), OK) as (url, asked),
        pytest.raises(SourceUnavailable, match="status 429"),
    ):
        walk(url, slept, whole=20)

    assert (len(asked), slept) == (1, [])


def test_the_time_of_the_whole_bounds_every_page() -> None:
    with saying(OK) as (url, asked):
        begun = PagedCatalogue(keeping_session("x")).walk()
        begun.get(url, {}, {})
        begun._deadline = time.monotonic()
        with pytest.raises(SourceUnavailable, match="the whole takes too long"):
            begun.get(url, {}, {})

    assert len(asked) == 1


def test_a_page_may_be_megabytes_but_not_any_number() -> None:
    with answering(b"[" + b" " * 5_000_000 + b"]") as url:
        assert len(walk(f"{url}/x")) == 5_000_002
    with answering(b" " * 70_000_000) as url, pytest.raises(SourceUnavailable, match="too large"):
        walk(f"{url}/x")


def test_the_reason_holds_no_address() -> None:
    with pytest.raises(SourceUnavailable) as caught:
        walk("http://127.0.0.1:9/secret?key=1", tries=1)

    assert str(caught.value) == "no answer: ConnectionError"
    assert caught.value.__cause__ is None
