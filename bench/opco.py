"""How many firms have their OPCO identified, and by which source.

Recorded and fictitious firms alone; where REFERENCE_DATA names the folder of the reference data
(docs/sources.md), agreements are also weighed by the firms France compétences counted under them,
the training bodies are tried, and a file of SIRO's size and mix is imported (``bench.siro``).
"""

import csv
import json
import logging
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench import siro
from depot.clients.companies import DirectoryApi
from depot.clients.http import Http, new_session
from depot.domain.firm.company import Company
from depot.domain.opco.finding import ESCAPE_CODES, Finding, by_agreement
from depot.ports.firms import OpcoSource
from depot.reference.opcos import ActivityHints, ShippedOpcoTable
from depot.usecases.opco.identify_opco import Agreements, identify_opco
from local.standin.app import serving, standin
from local.standin.companies import ANSWERS
from local.standin.siro import FILE


OWN: Final[Sequence[OpcoSource]] = (Agreements(ShippedOpcoTable()), ActivityHints())
BODIES: Final = "cfa/organismes_apprentissage_2023.csv"
COUNTED: Final = "opco/idcc_opco.csv"
BUDGET_WRONG: Final = 0.001  # of the firms under a real agreement

Firm = tuple[str, Company | None]


def main() -> bool:
    """Measure, print, and say whether the budgets hold; SIRO may only add to what is identified."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    within = True
    with siro.imported(FILE) as register:
        for kind, pattern in (("recorded", "search-*.json"), ("fictitious", "fictif-*.json")):
            firms = directory(pattern)
            without = share(f"{kind} firms, without SIRO", firms, OWN)
            added = share(f"{kind} firms, with the stand-in's SIRO", firms, (register, *OWN))
            within &= added >= without
        share("lines of the stand-in's SIRO", alone(FILE, "|"), (register,))
    if reference := os.environ.get("REFERENCE_DATA"):
        folder = Path(reference)
        share("training bodies of 2023, a SIRET and nothing else", alone(folder / BODIES, ";"), OWN)
        within &= weigh(folder / COUNTED) <= BUDGET_WRONG
        within &= siro.measure(folder)
    return within


def directory(pattern: str) -> list[Firm]:
    """The establishments of recorded answers, as our client reads them."""
    answers = [json.loads(file.read_text("utf-8")) for file in sorted(ANSWERS.glob(pattern))]
    units = [unit for answer in answers for unit in answer["results"]]
    sirets = {
        place["siret"]
        for unit in units
        for place in (unit["siege"], *unit["matching_etablissements"])
    }
    with serving(standin()) as url:
        client = DirectoryApi(url, http=Http(new_session("bench")), today=siro.NOW.date)
        return [(siret, client.find(siret)) for siret in sorted(sirets)]


def alone(file: Path, delimiter: str) -> list[Firm]:
    """The establishments of a table that has a SIRET first, without what a directory would say."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter=delimiter))[1:]
    return [(siret, None) for siret in dict.fromkeys(row[0] for row in rows)]


def share(title: str, firms: Sequence[Firm], sources: Sequence[OpcoSource]) -> int:
    """Print what becomes of these firms, and give how many have one OPCO."""
    found = [
        identify_opco(siret, company, sources=sources, claim=None, now=siro.NOW)
        for siret, company in firms
    ]
    print(f"\n{title}: {len(firms)}")
    show(Counter(map(_outcome, found)), len(firms))
    return sum(finding.outcome == "identified" for finding in found)


def _outcome(finding: Finding) -> str:
    if finding.outcome != "identified":
        return f"{finding.outcome}, {'with' if finding.hints else 'without'} a hint"
    settled = next(piece.source for piece in finding.evidence if piece.opcos)
    return f"identified by {settled}"


def weigh(counted: Path) -> float:
    """Print what the agreements alone make of the firms counted under them (lines of SIRO).

    Gives the part of the firms under a real agreement that are told to another OPCO.
    """
    with counted.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    source, outcomes = Agreements(ShippedOpcoTable()), Counter[str]()
    for row in rows:
        outcomes[_rightly(source, row["idcc"], row["opco_lba"])] += int(row["nb_siret"])
    print(f"\nlines of SIRO of June 2026 under a code, by that code alone: {outcomes.total()}")
    show(outcomes, outcomes.total())
    real = outcomes.total() - outcomes["unknown: the code means no agreement"]
    rightly, wrongly = (outcomes[f"identified, {how}"] / real for how in ("rightly", "wrongly"))
    print(f"  among real agreements: {rightly:.4%} rightly, {wrongly:.4%} wrongly")
    return wrongly


def _rightly(source: Agreements, idcc: str, opco: str) -> str:
    if idcc in ESCAPE_CODES:
        return "unknown: the code means no agreement"
    (answer,) = by_agreement([idcc], source.table.shares)
    opcos = answer.opcos
    if len(opcos) > 1:
        return "multiple"
    return "identified, rightly" if opcos == (opco,) else "identified, wrongly"


def show(outcomes: Counter[str], total: int) -> None:
    """Print shares, largest first."""
    for outcome, count in outcomes.most_common():
        print(f"  {outcome:40} {count:>9} {count / total:>8.2%}")
