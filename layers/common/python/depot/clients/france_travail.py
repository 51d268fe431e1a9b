"""France Travail's portal: one file of offers, left by a form with a login, once a day.

``multipart/form-data`` as its partners send it; the one answer that means yes is a sentence. A
partner agreement gives login, password and flow.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import requests

from depot.domain.errors import SourceUnavailable


# Seconds between two bytes: a day's file is some megabytes.
_TIMEOUT: Final = (3.05, 60.0)
_TAKEN: Final = "Votre fichier a bien ete envoye"
# Reasons, as logs show them.
_NOT_TAKEN: Final = "the file was not taken"


class Login(NamedTuple):
    """What the agreement gives; ``partner`` is repeated in every line."""

    login: str
    password: str
    flow: str
    partner: str


class FranceTravail:
    """The DropBox port."""

    def __init__(self, url: str, *, login: Callable[[], Login], session: requests.Session) -> None:
        """Leave files at ``url``, as who ``login`` says, fetched by the first file."""
        self._url = url
        self._login = login
        self._session = session

    @property
    def partner(self) -> str:
        """The key it knows us by."""
        return self._login().partner

    def deliver(self, name: str, body: bytes) -> None:
        """Leave a file. Raises SourceUnavailable when it did not take it."""
        who = self._login()
        fields = {
            "login": who.login,
            "password": who.password,
            "nomFlux": who.flow,
            "periodeRef": "",
        }
        file = {"fichierAenvoyer": (name, body, "application/zip")}
        try:
            answer = self._session.post(
                self._url, data=fields, files=file, timeout=_TIMEOUT, allow_redirects=False
            )
        except requests.RequestException as error:  # not chained: it may quote the request
            reason = f"no answer: {type(error).__name__}"
            raise SourceUnavailable(reason) from None
        if answer.status_code != requests.codes.ok or answer.text.strip() != _TAKEN:
            raise SourceUnavailable(_NOT_TAKEN)
