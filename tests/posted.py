"""What is posted to a deployment, and what is read back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from depot.domain.cfa.training import Training


BAKERY: Final = "00009001900019"  # recorded: in Périgueux, agreement 0843


@dataclass(frozen=True)
class Answer:
    """What a caller of the API reads."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def fields(self) -> dict[str, str]:
        """Fields refused, with the code of each."""
        return {error["field"]: error["code"] for error in self.body["errors"]}


@dataclass(frozen=True)
class Deposited:
    """The receipt of a deposit."""

    receipt: Mapping[str, Any]

    @property
    def recruiter_id(self) -> str:
        """Whose offers."""
        return str(self.receipt["recruiter_id"])

    @property
    def offer(self) -> Any:
        """The first offer."""
        return self.receipt["offers"][0]

    @property
    def token(self) -> str:
        """What the link carries."""
        return str(self.receipt["manage_url"]).partition("#")[2]


def _training(row: Mapping[str, Any]) -> Training:
    given = {**row, "romes": tuple(row["romes"])}
    given |= {"latitude": given.pop("lat"), "longitude": given.pop("lon")}
    del given["siren"], given["qualiopi"]
    return Training(**given)


def a_centre(number: int = 1, **over: Any) -> dict[str, Any]:
    """A training for bakers of a centre of its own, about ``number`` kilometres from the bakery."""
    return {
        "siren": f"{number:09d}",
        "siret": f"{number:09d}00010",
        "name": f"CFA fictif {number}",
        "city": "Périgueux",
        "email": f"cfa-{number}@example.org",
        "title": "CAP Boulanger",
        "level": "3",
        "romes": ["D1102"],
        "lat": 45.19187 + number / 111,
        "lon": 0.71183,
        "qualiopi": True,
        **over,
    }


A_DEPOSITOR: Final = {
    "role": "cfa",
    "organisation": "CFA de la route (fictif)",
    "siret": "00009013400016",
    "contact": {"name": "Claire Roux", "email": "claire@example.com", "phone": "05 53 00 00 01"},
}


def a_deposit(**over: Any) -> dict[str, Any]:
    """What the form sends; a new submission each time."""
    return {
        "submission_id": str(uuid4()),
        "siret": BAKERY,
        "contact": {
            "name": "Jeanne Martin",
            "email": "jeanne@example.org",
            "phone": "01 99 00 12 34",
        },
        "offers": [{"metier": "11573"}],
        "duplicates": "accept",  # or most tests could not deposit twice
        **over,
    }


def french(text: str) -> bool:
    """Whether a sentence could be read by the depositor: words of French, nothing of a machine."""
    return bool(re.search(r"[A-ZÀ-Ý][a-zà-ÿ’]", text)) and not re.search(r"[_{}<>]|Error", text)
