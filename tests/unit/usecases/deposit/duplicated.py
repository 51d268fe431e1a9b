"""Deposits that may repeat one another."""

from typing import Any

from tests.builders import BAKER, a_deposit
from tests.world import SECOND


OTHER_SIRET = "30247464800664"


COOK = BAKER.model_copy(update={"code": "13861", "label": "Cuisinier", "rome": "G1609"})


PASTRY = BAKER.model_copy(update={"code": "11574", "label": "Boulanger-pâtissier"})


def asking(**over: Any) -> Any:
    return a_deposit(**{"submission_id": SECOND, "duplicates": "ask", **over})
