"""Who knows firms and their OPCO: directories, their cache, agreements, sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from depot.domain.errors import SourceUnavailable
from depot.domain.firm.company import Choice, Choices, Company, KnownCompany
from depot.domain.folding import folded
from depot.domain.opco.finding import OpcoShare, SourceAnswer


@dataclass
class FakeCompanies:
    """The Companies port; ``down`` makes it an outage."""

    known: dict[str, Company] = field(default_factory=dict)
    down: bool = False
    asked: list[str] = field(default_factory=list)

    def find(self, siret: str) -> Company | None:
        self._ask(siret)
        return self.known.get(siret)

    def search(self, text: str, place: str) -> Choices:
        self._ask(text)
        return _choices(
            firm for firm in self.known.values() if _says(firm.name, text) and _is_in(firm, place)
        )

    def establishments(self, siren: str, place: str) -> Choices:
        self._ask(siren)
        own = [each for each in self.known.values() if each.siret.startswith(siren) and each.active]
        here = [each for each in own if _is_in(each, place)]
        return _choices(here, others=len(own) > len(here))

    def _ask(self, question: str) -> None:
        self.asked.append(question)
        if self.down:
            raise SourceUnavailable


def _says(label: str, text: str) -> bool:
    return folded(text) in folded(label)


def _is_in(firm: Company, place: str) -> bool:
    return _says(firm.address.label, place)


def _choices(firms: Iterable[Company], *, others: bool = False) -> Choices:
    """The open ones first, ten at most, as a person can read them."""
    listed = sorted(firms, key=lambda firm: not firm.active)
    found = tuple(
        Choice(siret=firm.siret, name=firm.name, address=firm.address.label, active=firm.active)
        for firm in listed[:10]
    )
    return Choices(found=found, more=others or len(listed) > len(found))


@dataclass
class MemoryCompanyCache:
    """The CompanyCache port."""

    kept: dict[str, KnownCompany] = field(default_factory=dict)

    def get(self, siret: str) -> KnownCompany | None:
        return self.kept.get(siret)

    def put(self, known: KnownCompany) -> None:
        self.kept[known.company.siret] = known


@dataclass
class FakeOpcoTable:
    """The OpcoTable port."""

    known: dict[str, Sequence[OpcoShare]] = field(default_factory=dict)

    def shares(self, idcc: str) -> Sequence[OpcoShare]:
        return self.known.get(idcc, ())


@dataclass
class FakeOpcoSource:
    """The OpcoSource port: of what was ``asked``, these answers; ``down`` makes it an outage.

    As a register it says of every other SIRET that it names nobody; as the hints of an activity it
    has nothing to look up while the directory has not told.
    """

    name: str = "siro_file"
    answers: list[SourceAnswer] = field(default_factory=list)
    remote: bool = False
    down: bool = False
    asked: list[str] = field(default_factory=list)

    def ask(self, siret: str, company: Company | None) -> Sequence[SourceAnswer]:
        self.asked.append(siret)
        if self.down:
            raise SourceUnavailable
        question = siret if self.name.startswith("siro") else company and company.naf
        if not question:
            return ()
        known = [answer for answer in self.answers if answer.asked == question]
        return known or (SourceAnswer(asked=question),)
