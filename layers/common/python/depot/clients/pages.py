"""GET the many pages of somebody else's catalogue: patient with each, bounded as a whole.

Unlike a deposit, an import may wait: a page that fails is asked for again, when the server said so
or after a while that doubles. Nothing waits past the deadline of the walk.
"""

import time
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

import requests
from urllib3.exceptions import HTTPError

from depot.clients.http import NOT_JSON, TOO_SLOW, in_background, new_session, read_body, seconds
from depot.domain.errors import SourceUnavailable


# What may go away by itself; anything else will be the same in a second.
_PASSING: Final = frozenset({429, 500, 502, 503, 504})
_CONNECT: Final = 5.0  # seconds
_LARGEST: Final = 64 * 1024 * 1024  # six times a page of 1,000 formations
_OVERTIME: Final = "the whole takes too long"


class WalkLimits(NamedTuple):
    """What a walk may cost, in seconds and tries."""

    silence: float = 20.0  # the longest wait for the next bytes
    page: float = 60.0  # one exchange
    whole: float = 360.0
    tries: int = 4  # of one page
    pause: float = 1.0  # before the second try; doubles


class _Passing(Exception):
    """A try that failed where another may not."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait  # seconds the server asked for


def keeping_session(contact: str) -> requests.Session:
    """Make a session that says who asks and keeps its connection from page to page."""
    session = new_session(contact)
    del session.headers["Connection"]
    return session


class PagedCatalogue:
    """One service that gives its catalogue page by page."""

    def __init__(
        self,
        session: requests.Session,
        limits: WalkLimits = WalkLimits(),  # noqa: B008 - a tuple: nobody changes it
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Use this session within these limits."""
        self._session = session
        self._limits = limits
        self._sleep = sleep

    def walk(self) -> "Walk":
        """Begin: from now on the time of the whole runs."""
        return Walk(self._session, self._limits, self._sleep)


class Walk:
    """One reading of all the pages."""

    def __init__(
        self, session: requests.Session, limits: WalkLimits, sleep: Callable[[float], None]
    ) -> None:
        """Start the clock."""
        self._session = session
        self._limits = limits
        self._sleep = sleep
        self._deadline = time.monotonic() + limits.whole

    def get(self, url: str, params: Mapping[str, str], headers: Mapping[str, str]) -> bytes:
        """Give one page in JSON. Raises SourceUnavailable, whose reason holds no address."""
        pause = self._limits.pause
        for _ in range(self._limits.tries - 1):
            try:
                return self._once(url, params, headers)
            except _Passing as failure:
                self._wait(failure.wait or pause, failure.reason)
                pause *= 2
        try:
            return self._once(url, params, headers)
        except _Passing as failure:
            raise SourceUnavailable(failure.reason) from None

    def _wait(self, wait: float, reason: str) -> None:
        if time.monotonic() + wait > self._deadline:
            raise SourceUnavailable(reason)
        self._sleep(wait)

    def _once(self, url: str, params: Mapping[str, str], headers: Mapping[str, str]) -> bytes:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise SourceUnavailable(_OVERTIME)
        budget = min(self._limits.page, left)
        until = time.monotonic() + budget
        answer = in_background(
            lambda: self._exchange(url, params, headers, until), finally_=lambda: None
        )
        try:
            return answer.result(budget)
        except TimeoutError:
            raise _Passing(TOO_SLOW) from None
        except (requests.RequestException, HTTPError) as error:
            # Not chained: the message of the cause holds the address.
            raise _Passing(f"no answer: {type(error).__name__}") from None

    def _exchange(
        self, url: str, params: Mapping[str, str], headers: Mapping[str, str], until: float
    ) -> bytes:
        with self._session.get(
            url,
            params=params,
            headers=headers,
            timeout=(_CONNECT, self._limits.silence),
            stream=True,
            allow_redirects=False,
        ) as response:
            _check(response)
            return read_body(response, until, largest=_LARGEST)


def _check(response: requests.Response) -> None:
    status = response.status_code
    if status in _PASSING:
        asked = response.headers.get("Retry-After")
        raise _Passing(f"status {status}", seconds(asked) if asked else None)
    if status != requests.codes.ok:
        raise SourceUnavailable(f"status {status}")
    if "json" not in response.headers.get("Content-Type", ""):
        raise SourceUnavailable(NOT_JSON)
