"""The PersonalData port, over the store in memory."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from depot.domain.cfa.cfa_contact import CfaContact
from depot.domain.cfa.rounds import CfaRound
from depot.domain.dossier.erasure import Erasure
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.notice import EmployerNotice
from depot.domain.feed.receipt import PartnerReceipt
from depot.domain.firm.company import KnownCompany
from depot.domain.letters.letter import Letter
from depot.domain.life.offer import Offer
from depot.domain.model import Entity
from depot.domain.opco.notice import OpcoNotice
from depot.ports.personal import Kept
from tests.fakes.store import MemoryStore, key_of


TAGS: Mapping[type[Entity], str] = {
    Recruiter: "RECRUITER",
    Offer: "OFFER",
    OpcoNotice: "NOTICE",
    EmployerNotice: "EMPLOYER",
    CfaRound: "ROUND",
    CfaContact: "CONTACT",
    PartnerReceipt: "RECEIPT",
    Letter: "LETTER",
    Erasure: "ERASURE",
}


@dataclass
class MemoryPersonalData:
    """The PersonalData port, over a store. ``until`` is what was kept until when.

    ``others`` are items of kinds nobody knows; ``fails`` are raised by ``forget``, once each.
    """

    store: MemoryStore
    firms: dict[str, KnownCompany] = field(default_factory=dict)
    until: dict[str, datetime] = field(default_factory=dict)
    others: dict[str, list[Kept]] = field(default_factory=dict)
    fails: list[BaseException] = field(default_factory=list)

    def everything(self, recruiter_id: str) -> Iterator[Kept]:
        for (kind, owner, _), entity in list(self.store.kept.items()):
            if owner == recruiter_id:
                yield Kept(TAGS[kind], entity.model_dump(mode="json"))
        yield from self.others.get(recruiter_id, ())

    def of_firm(self, siret: str) -> Iterator[Kept]:
        if siret in self.firms:
            yield Kept("FIRM", self.firms[siret].model_dump(mode="json"))

    def keep_until(self, recruiter_id: str, until: datetime) -> None:
        self.until[recruiter_id] = until

    def forget(self, recruiter_id: str, spare: Collection[Entity] = ()) -> int:
        if self.fails:
            raise self.fails.pop(0)
        spared = {key_of(entity) for entity in spare}
        leaving = [key for key in self.store.kept if key[1] == recruiter_id and key not in spared]
        for key in leaving:
            del self.store.kept[key]
        return len(leaving) + len(self.others.pop(recruiter_id, ()))

    def forget_firm(self, siret: str) -> None:
        self.firms.pop(siret, None)
