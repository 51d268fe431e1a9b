"""A depositor changes an offer, or puts it online again: its employer's answer was of another text.

It is taken back, and the employer told, in the transaction of the change; one mail a day, whatever
offers are changed: what comes later is told the next morning, in one mail (``remind_employer``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from depot.domain.employer.notice import EmployerNotice, published_changes
from depot.domain.letters.letter import Letter
from depot.domain.life.offer import Offer
from depot.ports.store import Change, Create, Dossier, Replace
from depot.usecases.employer.on_behalf import changed_letter


@dataclass(frozen=True)
class Anew:
    """A dossier as it will be, and what goes with the change that makes it so."""

    dossier: Dossier
    changes: Sequence[Change] = ()
    letters: Sequence[Letter] = ()


def ask_anew(
    dossier: Dossier, before: Offer, after: Offer, now: datetime, *, again: bool = False
) -> Anew:
    """What a change asks of the employer: nothing where what is published stays as it was.

    ``again``: the offer is put online again, whatever it says.
    """
    changed = [*published_changes(before, after), *(["reactivated"] if again else [])]
    notice = next((each for each in dossier.employers if each.offer_id == after.id), None)
    if notice is None or not changed:
        return Anew(dossier)
    told = [each.told_at for each in dossier.employers if each.told_at]
    asked = notice.asked_anew(changed, now, told=told)
    letters = () if asked.untold_at else (_told(dossier, after, asked, now),)
    employers = [asked if each is notice else each for each in dossier.employers]
    changes: list[Change] = [Replace(asked), *map(Create, letters)]
    return Anew(replace(dossier, employers=employers), changes, letters)


def _told(dossier: Dossier, offer: Offer, notice: EmployerNotice, now: datetime) -> Letter:
    about = f"{offer.id}-{offer.version}"
    return changed_letter(dossier, [(offer, notice)], now, about=about)
