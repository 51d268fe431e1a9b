"""« Télécharger les données »: what is kept of a firm somebody deposited for, for the firm.

It reads what its page shows, and more: whom its need was told to. What is the depositor's alone
stays out: his links and gestures, the mails to him.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from pydantic import JsonValue

from depot.domain.dossier.holder import Holder
from depot.domain.letters.letter import Addressee, reader_of
from depot.ports.links import Links
from depot.ports.personal import Kept, PersonalData
from depot.ports.store import Store
from depot.usecases.dossier.export_data import Export, written
from depot.usecases.employer.access import open_deposited
from depot.usecases.employer.objections import objection_of
from depot.words.export import OF_THE_EMPLOYER


_WHAT: Final = "Ce que ce service garde sur votre entreprise à la suite de ce dépôt."
_HOLDERS_OWN: Final = Holder.model_fields.keys() - {
    *("id", "version", "contact", "created_at", "updated_at")
}
_READERS: Final = frozenset[Addressee | None]({"employer", "opco", "cfa"})
# Kinds that tell of the firm. One added later is not given to it before somebody looked.
SHOWN: Final = frozenset(
    {"RECRUITER", "OFFER", "NOTICE", "EMPLOYER", "ROUND", "CONTACT", "RECEIPT", "LETTER", "FIRM"}
)


def export_deposited(
    *, token: str, store: Store, links: Links, personal: PersonalData, now: datetime
) -> Export:
    """Give what is kept of the firm, and what it objects to. Raises LinkInvalid."""
    read = open_deposited(token, store=store, links=links)
    recruiter = read.recruiter
    kept = (*personal.everything(recruiter.id), *personal.of_firm(recruiter.siret))
    shown = [seen for each in kept for seen in _shown(each)]
    if objection := objection_of(recruiter.siret, read.behalf.siren, store=store):
        shown.append(Kept("OBJECTION", objection.model_dump(mode="json")))
    return written(_WHAT, shown, OF_THE_EMPLOYER, now)


def _shown(kept: Kept) -> Iterator[Kept]:
    if kept.tag == "RECRUITER":
        yield Kept(kept.tag, _without_the_holders_own(kept.says))
    elif kept.tag == "LETTER":
        if reader_of(_id_of(kept.says)) in _READERS:
            yield kept
    elif kept.tag in SHOWN:
        yield kept


def _without_the_holders_own(says: JsonValue) -> JsonValue:
    fields = says if isinstance(says, dict) else {}
    return {name: value for name, value in fields.items() if name not in _HOLDERS_OWN}


def _id_of(says: JsonValue) -> str:
    return str(says.get("id")) if isinstance(says, dict) else ""
