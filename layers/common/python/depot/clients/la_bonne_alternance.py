"""La bonne alternance's write API: ``POST`` and ``PUT /job/v1/offer`` of API Alternance, by a key.

Wants the habilitation ``jobs:write``; thirty requests a minute. Its publication takes up to ten
minutes more, and may refuse later what it accepts here.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import requests

from depot.clients.http import Http
from depot.clients.shape import Shape, parse
from depot.domain.errors import JobRefused, ObjectMissing


# Seconds: nobody waits.
BUDGET: Final = 10.0
_REFUSALS: Final = frozenset(
    {requests.codes.bad_request, requests.codes.conflict, requests.codes.unprocessable_entity}
)


class LaBonneAlternance:
    """The Jobs port."""

    def __init__(self, base_url: str, *, key: Callable[[], str], http: Http) -> None:
        """Write at ``base_url`` with a key, fetched by the first job."""
        self._url = f"{base_url.rstrip('/')}/job/v1/offer"
        self._key = key
        self._http = http

    def create(self, job: Mapping[str, Any]) -> str:
        """Write a new job; give its id there."""
        expect = {requests.codes.ok, *_REFUSALS}
        reply = self._http.send("POST", self._url, job, headers=self._headers, expect=expect)
        if reply.status in _REFUSALS:
            raise JobRefused(reply.status)
        return parse(_Created, reply.body).id

    def replace(self, job_id: str, job: Mapping[str, Any]) -> None:
        """Write a job over the one of that id."""
        gone = requests.codes.not_found
        expect = {requests.codes.no_content, gone, *_REFUSALS}
        url = f"{self._url}/{job_id}"
        reply = self._http.send("PUT", url, job, headers=self._headers, expect=expect)
        if reply.status == gone:
            raise ObjectMissing(job_id)
        if reply.status in _REFUSALS:
            raise JobRefused(reply.status)

    @property
    def _headers(self) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {self._key()}"}


class _Created(Shape):
    id: str
