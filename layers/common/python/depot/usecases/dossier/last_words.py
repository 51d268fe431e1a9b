"""The last mails of a dossier, written as it closes: to its holder, and to the firm that asked.

They outlive what they tell of until they left, with the address they go to and nothing else.
"""

from datetime import datetime
from typing import Final

from pydantic import JsonValue

from depot.domain.dossier.contact import Contact
from depot.domain.dossier.erasure import Why
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.letters.letter import Letter, ToFormer, write
from depot.ports.store import Dossier, Store
from depot.usecases.letters.facts import firm_facts


_TO_HOLDER: Final[ToFormer] = "erased"
_TO_FIRM: Final[ToFormer] = "firm_erased"


def last_words(
    dossier: Dossier, why: Why, now: datetime, *, beside: int | None = 0
) -> list[Letter]:
    """Say that all goes, and why; of a firm that asked, its depositor learns no more than that.

    ``beside``: how many offers of other dossiers went for the same word of the firm; None: it is
    told of this one with another.
    """
    recruiter, behalf = dossier.recruiter, dossier.recruiter.behalf
    told: dict[str, JsonValue] = {"why": why, "withdrawn": len(dossier.live)}
    facts = {"firm": recruiter.name} if why == "employer" else firm_facts(recruiter)
    words = [_word(_TO_HOLDER, recruiter, recruiter.contact, {**facts, **told}, now)]
    if why == "employer" and behalf and beside is not None:
        mine = {"firm": recruiter.name, "siret": recruiter.siret}
        told["withdrawn"] = len(dossier.live) + beside
        by = {"organisation": behalf.organisation}
        words.append(
            _word(
                _TO_FIRM,
                recruiter,
                behalf.employer,
                {**mine, **by, **told},
                now,
            )
        )
    return words


def _word(
    kind: ToFormer, recruiter: Recruiter, to: Contact, facts: dict[str, JsonValue], now: datetime
) -> Letter:
    return write(
        kind,
        about=recruiter.id,
        recruiter_id=recruiter.id,
        to=to.email,
        facts=facts,
        now=now,
    )


def waiting(recruiter_id: str, *, store: Store) -> list[Letter]:
    """Those that have not left yet."""
    ids = (f"{kind}-{recruiter_id}" for kind in (_TO_HOLDER, _TO_FIRM))
    found = (store.letter(recruiter_id, letter_id) for letter_id in ids)
    return [letter for letter in found if letter and letter.state == "pending"]
