"""Ask somebody else's API without ever waiting longer than the budget.

The timeouts of requests bound each wait for bytes, not their sum: a server that sends one byte a
second would hold us for hours. So the exchange runs in a thread and is given up when the budget is
spent.
"""

import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future
from threading import BoundedSemaphore, Thread
from typing import Final, Literal, NamedTuple, TypeVar

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from depot.domain.errors import SourceUnavailable


# Seconds for the whole exchange, name resolution included; leaves 0.1 to start and to parse.
BUDGET: Final = 1.4
_CONNECT: Final = 0.5
_SILENCE: Final = 1.2  # the longest wait for the next bytes
_MARGIN: Final = 0.2  # between that wait and the budget, when the budget is larger
_CHUNK: Final = 8 * 1024
_LARGEST: Final = 256 * 1024  # 50 times a usual answer
_LONGEST_QUIET: Final = 60.0
_ABANDONED: Final = 4  # exchanges given up that may still hold a thread

T = TypeVar("T")
Sign = Callable[[requests.PreparedRequest], requests.PreparedRequest]

# Reasons, as logs show them.
_ASKED_TO_WAIT: Final = "asked to wait"
_HANGING: Final = "earlier exchanges still hang"
NOT_JSON: Final = "not JSON"
_TOO_LARGE: Final = "too large"
TOO_SLOW: Final = "too slow"

# A connection that was never made may be tried once more: nothing was asked yet, and two tries fit
# the budget. Nothing else is retried: the deposit goes on without the answer, and insisting on a
# busy server gets us cut off.
_RETRY: Final = Retry(
    total=1,
    connect=1,
    read=False,
    redirect=False,
    status=0,
    other=0,
    raise_on_status=False,
    respect_retry_after_header=False,
)


def new_session(contact: str) -> requests.Session:
    """Make a session that says who asks: ``contact`` is an address where we can be found."""
    session = requests.Session()
    session.headers["User-Agent"] = f"depot/0.1 (depot d'offres en alternance; {contact})"
    session.headers["Accept"] = "application/json"
    # A kept connection dies while Lambda sleeps and the next call would pay for it.
    session.headers["Connection"] = "close"
    adapter = HTTPAdapter(max_retries=_RETRY)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


class Reply(NamedTuple):
    """An answer in JSON: its status, one of those expected, and its body."""

    status: int
    body: bytes


class _Question(NamedTuple):
    method: Literal["GET", "POST", "PUT"]
    url: str
    params: Mapping[str, str] | None = None
    headers: Mapping[str, str] | None = None
    sign: Sign | None = None
    body: object = None


class Http:
    """One service. Remembers only that it asked us to wait."""

    def __init__(self, session: requests.Session, *, budget: float = BUDGET) -> None:
        """Use this session; give up an exchange after ``budget`` seconds."""
        self._session = session
        self._budget = budget
        self._quiet_until = 0.0
        self._places = BoundedSemaphore(_ABANDONED)

    @property
    def budget(self) -> float:
        """Seconds an exchange may take."""
        return self._budget

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        sign: Sign | None = None,
        expect: Collection[int] = (requests.codes.ok,),
        budget: float | None = None,
    ) -> Reply:
        """Give a JSON answer of a status in ``expect``; ``budget`` may shorten the service's own.

        ``sign`` writes in the request who asks; the time it takes is within the budget. Raises
        SourceUnavailable in every other case; its reason never holds the question.
        """
        question = _Question("GET", url, params, headers, sign)
        return self._ask(question, expect, budget)

    def send(
        self,
        method: Literal["POST", "PUT"],
        url: str,
        body: object,
        *,
        headers: Mapping[str, str],
        expect: Collection[int],
    ) -> Reply:
        """Send JSON and give the answer, as ``get`` does; it may have none (204)."""
        question = _Question(method, url, headers=headers, body=body)
        return self._ask(question, expect)

    def _ask(
        self, question: _Question, expect: Collection[int], budget: float | None = None
    ) -> Reply:
        seconds = self._budget if budget is None else min(self._budget, budget)
        deadline = time.monotonic() + seconds
        if time.monotonic() < self._quiet_until:
            raise SourceUnavailable(_ASKED_TO_WAIT)
        if not self._places.acquire(blocking=False):
            raise SourceUnavailable(_HANGING)
        answer = in_background(
            lambda: self._exchange(question, expect, deadline), finally_=self._places.release
        )
        try:
            return answer.result(seconds)
        except TimeoutError:
            raise SourceUnavailable(TOO_SLOW) from None
        except (requests.RequestException, HTTPError, ValueError) as error:
            # ValueError: a key that no header can hold. Not chained: the message of the cause holds
            # the address, hence the SIRET, or that key.
            reason = f"no answer: {type(error).__name__}"
            raise SourceUnavailable(reason) from None

    def _exchange(self, question: _Question, expect: Collection[int], deadline: float) -> Reply:
        with self._session.request(
            question.method,
            question.url,
            params=question.params,
            headers=question.headers,
            json=question.body,
            timeout=(_CONNECT, max(_SILENCE, self._budget - _MARGIN)),
            stream=True,
            allow_redirects=False,
            auth=question.sign,
        ) as response:
            self._check(response, expect)
            return Reply(response.status_code, read_body(response, deadline))

    def _check(self, response: requests.Response, expect: Collection[int]) -> None:
        if response.status_code == requests.codes.too_many_requests:
            self._quiet_until = time.monotonic() + seconds(response.headers.get("Retry-After", ""))
        if response.status_code not in expect:
            reason = f"status {response.status_code}"
            raise SourceUnavailable(reason)
        silent = response.status_code == requests.codes.no_content
        if not silent and "json" not in response.headers.get("Content-Type", ""):
            raise SourceUnavailable(NOT_JSON)


def read_body(response: requests.Response, deadline: float, *, largest: int = _LARGEST) -> bytes:
    """Read a body that comes before the deadline and is no larger than that many bytes."""
    body = bytearray()
    # Not iter_content: it waits for a full chunk, however slowly it comes.
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        body += chunk
        if len(body) > largest:
            raise SourceUnavailable(_TOO_LARGE)
        if time.monotonic() > deadline:
            raise SourceUnavailable(TOO_SLOW)
    return bytes(body)


def seconds(retry_after: str) -> float:
    """How long a server asks to be left alone: never more than a minute, one second if unclear."""
    return min(float(retry_after), _LONGEST_QUIET) if retry_after.isdigit() else 1.0


def in_background(work: Callable[[], T], *, finally_: Callable[[], None]) -> Future[T]:
    """Start work in a thread that never keeps the process alive (an executor's would)."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - handed to the one who waits
            future.set_exception(error)
        finally:
            finally_()

    Thread(target=run, daemon=True, name="depot-http").start()
    return future
