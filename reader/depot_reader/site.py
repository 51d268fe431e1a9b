"""The site, over HTTP: the index when it changed, and files checked against what it says."""

import gzip
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, Final

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from depot_reader.errors import Damaged, Later, Refused, Unreachable
from depot_reader.feed import INDEX, File, Index, index_of


_TIMEOUT: Final = (5, 30)  # seconds to connect; of silence
_CHUNK: Final = 64 * 1024
_IN_MEMORY: Final = 8 * 1024 * 1024  # a larger file waits on disk to be checked
_TRIES: Final = 3  # of a file that came damaged or broke off
# Busy or restarting: asked again after 0.5, 1, 2, 4 seconds, or when the site says so.
_RETRY: Final = Retry(
    total=5,
    backoff_factor=0.5,
    status_forcelist=(429, 500, 502, 503, 504),
    allowed_methods=("GET",),
    raise_on_status=False,
)


class Gone(Exception):
    """The index names the file no more: read it again."""


@dataclass(frozen=True)
class Fresh:
    """An index, and the tag by which to ask whether it changed."""

    index: Index
    etag: str | None


def new_session() -> requests.Session:
    """Make a session that insists when the site is busy."""
    session = requests.Session()
    session.headers["User-Agent"] = "depot-reader/1.0"
    session.mount("http://", HTTPAdapter(max_retries=_RETRY))
    session.mount("https://", HTTPAdapter(max_retries=_RETRY))
    return session


class Site:
    """A site that has a feed, by the address of its origin."""

    def __init__(self, url: str, session: requests.Session) -> None:
        """Raise Refused when this is no address."""
        self.url = url.rstrip("/")
        if not self.url.startswith(("http://", "https://")):
            raise Refused(f"{url} is not an address: https://… is wanted")
        self._session = session

    def index(self, etag: str | None) -> Fresh | None:
        """Where everything is; None when that has not changed since this tag."""
        headers = {"If-None-Match": etag} if etag else {}
        with self._get(INDEX, headers) as response:
            if response.status_code == HTTPStatus.NOT_MODIFIED and etag:
                return None
            if response.status_code == HTTPStatus.NOT_FOUND:
                raise Refused(f"no feed here: {self.url}{INDEX} does not exist")
            _expect_ok(response)
            return Fresh(index_of(response.content), response.headers.get("ETag"))

    @contextmanager
    def lines(self, file: File) -> Iterator[Iterator[bytes]]:
        """Lines of a file, decompressed as they are read, once size and digest were found right.

        Raises Gone, Unreachable or Damaged.
        """
        with SpooledTemporaryFile(_IN_MEMORY) as kept:
            self._fetch(file, kept)
            with gzip.GzipFile(fileobj=kept, mode="rb") as lines:
                yield iter(lines)

    def _fetch(self, file: File, kept: IO[bytes]) -> None:
        for left in reversed(range(_TRIES)):
            kept.seek(0)
            kept.truncate()
            try:
                self._fetch_once(file, kept)
            except Later:
                if not left:
                    raise
            else:
                kept.seek(0)
                return

    def _fetch_once(self, file: File, kept: IO[bytes]) -> None:
        digest, size = hashlib.sha256(), 0
        with self._get(file.path, {"Accept-Encoding": "gzip"}) as response:
            if response.status_code == HTTPStatus.NOT_FOUND:
                raise Gone(file.path)
            _expect_ok(response)
            # As sent, not decompressed: that is what the digest is of.
            for chunk in response.raw.stream(_CHUNK, decode_content=False):
                size += len(chunk)
                if size > file.bytes:
                    break
                digest.update(chunk)
                kept.write(chunk)
        if (size, digest.hexdigest()) != (file.bytes, file.sha256):
            raise Damaged(f"{file.path} is damaged: its size or digest is not the index’s")

    @contextmanager
    def _get(self, path: str, headers: dict[str, str]) -> Iterator[requests.Response]:
        try:
            with self._session.get(
                self.url + path, headers=headers, timeout=_TIMEOUT, stream=True
            ) as response:
                yield response
        except (requests.RequestException, HTTPError) as error:
            raise Unreachable(f"{self.url}{path}: {error}") from error


def _expect_ok(response: requests.Response) -> None:
    if response.status_code != HTTPStatus.OK:
        raise Unreachable(f"{response.url} answers {response.status_code}")
