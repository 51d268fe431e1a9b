"""Several deposits by one file: shown first, then deposited."""

from collections.abc import Callable
from typing import Final

from aws_lambda_powertools.event_handler import Response

from depot.edge import api
from depot.usecases.deposit.deposit_file import FileDesk
from depot.usecases.deposit.file_lines import DepositFile
from depot.usecases.deposit.file_view import FileView
from depot.usecases.firm.places import Patience
from depot.wiring.services import services


# A file of 300,000 bytes, in base64.
_MAX_BODY: Final = 512 * 1024
# Seconds after which no line is begun: a caller waits thirty at most, one line may take a few.
_BUDGET: Final = 10.0

router = api.router()


@router.post("/api/imports/preview")
def preview() -> Response[str]:
    """Show each line as it is understood."""
    return _answer(FileDesk.preview)


@router.post("/api/imports")
def deposit() -> Response[str]:
    """Deposit the lines, or go on where the same file was left."""
    return _answer(FileDesk.deposit)


def _answer(act: Callable[[FileDesk, DepositFile], FileView]) -> Response[str]:
    s, patience = services(), Patience(_BUDGET)
    file = api.form(router, DepositFile, limit=_MAX_BODY)
    desk = FileDesk(s.intake, s.now(), enough_time=lambda: patience.left > 0)
    return api.answer(act(desk, file))
