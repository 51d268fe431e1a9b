"""Files of deposits, and the desk that takes them."""

from base64 import b64encode
from typing import Any

from depot.domain.deposit.deposit_file import COLUMNS
from depot.usecases.deposit.deposit_file import FileDesk
from depot.usecases.deposit.file_lines import DepositFile
from tests.builders import NOW, SIRET, SUBMISSION, a_company, a_depositor
from tests.unit.domain.deposit.test_deposit_file import written
from tests.world import World


OTHER = "48744469700428"


def a_line(**over: str) -> list[str]:
    given = {
        "siret": SIRET,
        "metier": "Boulanger",
        "contact_nom": "Jeanne Martin",
        "contact_email": "jeanne@example.org",
        "contact_telephone": "01 99 00 12 34",
    }
    return [{**given, **over}.get(column, "") for column in COLUMNS]


TWO = (a_line(), a_line(siret=OTHER, metier="patissiere", contact_email="paul@example.org"))


def a_file(*lines: list[str], **over: Any) -> DepositFile:
    content = written([list(COLUMNS), *lines])
    given = {
        "submission_id": SUBMISSION,
        "depositor": a_depositor(),
        "file": b64encode(content),
        **over,
    }
    return DepositFile.model_validate(given)


def desk(world: World, enough_time: Any = None, now: Any = NOW) -> FileDesk:
    world.companies.known[OTHER] = a_company(siret=OTHER, name="FOURNIL DU PORT")
    return FileDesk(world.intake, now, enough_time or (lambda: True))


def states(view: Any) -> list[tuple[int, str]]:
    return [(line.line, line.state) for line in view.lines]
