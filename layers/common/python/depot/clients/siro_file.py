"""SIRO as a file: the newest of France compétences' monthly editions on data.gouv.fr, streamed.

109 MB: neither the budget nor the limits of ``depot.clients.http``, which is for small answers a
person waits for, and never whole in memory. Nothing is retried: the clock comes back.
"""

import re
import time
from collections.abc import Iterator
from typing import Final

import requests
from urllib3.exceptions import HTTPError

from depot.clients.http import Http
from depot.clients.shape import Shape, parse
from depot.domain.errors import SourceUnavailable
from depot.ports.imports import RemoteFile


_DATASET: Final = "688a210c012cfbf595d7a99a"
_TITLE: Final = re.compile(r"siro-(20\d\d(?:0[1-9]|1[0-2]))\.csv")
_CONNECT: Final = 5.0
_SILENCE: Final = 20.0  # the longest wait for the next bytes
_WHOLE: Final = 180.0  # seconds for all of it
_CHUNK: Final = 1024 * 1024

# Reasons, as logs show them.
_NO_FILE: Final = "no file of SIRO in the dataset"
_PLAIN: Final = "the file is not on HTTPS"
_A_PAGE: Final = "a page instead of the file"
_TOO_SLOW: Final = "too slow"


class DataGouv:
    """The SiroFiles port."""

    def __init__(
        self,
        base_url: str,
        *,
        http: Http,
        session: requests.Session,
        silence: float = _SILENCE,
        whole: float = _WHOLE,
    ) -> None:
        """Ask data.gouv at ``base_url``; give a file up after ``whole`` seconds, or a silence."""
        self._base = base_url.rstrip("/")
        self._http = http
        self._session = session
        self._silence = silence
        self._whole = whole

    def newest(self) -> RemoteFile:
        """Find the file of the latest month. Raises SourceUnavailable."""
        reply = self._http.get(f"{self._base}/api/1/datasets/{_DATASET}/")
        files = [
            RemoteFile(named[1], resource.url, resource.filesize)
            for resource in parse(_Dataset, reply.body).resources
            if (named := _TITLE.fullmatch(resource.title.strip()))
        ]
        if not files:
            raise SourceUnavailable(_NO_FILE)
        return max(files, key=lambda file: file.month)

    def blocks(self, file: RemoteFile) -> Iterator[bytes]:
        """Give the file as it comes. Raises SourceUnavailable, in the middle if need be."""
        # The address is data.gouv's word: as safe as data.gouv itself, no less.
        if self._base.startswith("https:") and not file.url.startswith("https:"):
            raise SourceUnavailable(_PLAIN)
        try:
            yield from self._exchange(file)
        except (requests.RequestException, HTTPError) as error:
            reason = f"no answer: {type(error).__name__}"
            raise SourceUnavailable(reason) from None

    def _exchange(self, file: RemoteFile) -> Iterator[bytes]:
        deadline, received = time.monotonic() + self._whole, 0
        with self._session.get(
            file.url,
            headers={"Accept": "text/csv"},
            timeout=(_CONNECT, self._silence),
            stream=True,
            allow_redirects=False,
        ) as response:
            _check(response)
            # Not iter_content: it waits for a full chunk, however slowly it comes.
            while block := response.raw.read1(_CHUNK, decode_content=True):
                received += len(block)
                yield block
                if time.monotonic() > deadline:
                    raise SourceUnavailable(_TOO_SLOW)
        if file.size is not None and received < file.size:
            reason = f"{received} bytes of {file.size}"
            raise SourceUnavailable(reason)


def _check(response: requests.Response) -> None:
    if response.status_code != requests.codes.ok:
        reason = f"status {response.status_code}"
        raise SourceUnavailable(reason)
    if "html" in response.headers.get("Content-Type", ""):
        raise SourceUnavailable(_A_PAGE)


class _Resource(Shape):
    title: str
    url: str
    filesize: int | None = None


class _Dataset(Shape):
    resources: tuple[_Resource, ...]
