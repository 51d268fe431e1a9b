"""The company directory's client, and the firms its stand-in knows."""

from datetime import date

from depot.clients.companies import DirectoryApi
from depot.domain.firm.company import Choices
from tests.apis import http


BAKERY = "00009001900019"


TODAY = date(2026, 11, 25)


def directory_at(address: str, today: date = TODAY) -> DirectoryApi:
    return DirectoryApi(address, http=http(), today=lambda: today)


def sirets(choices: Choices) -> list[str]:
    return [choice.siret for choice in choices.found]
