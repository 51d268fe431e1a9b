"""Who knows firms and their OPCO: directories, their cache, agreements, sources."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from depot.domain.errors import SourceUnavailable
from depot.domain.firm.company import Choice, Choices, Company, KnownCompany
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
        return self._choices(lambda firm: text in firm.name and place in firm.address.label)

    def establishments(self, siren: str, place: str) -> Choices:
        self._ask(siren)
        return self._choices(
            lambda firm: firm.siret.startswith(siren) and place in firm.address.label
        )

    def _ask(self, question: str) -> None:
        self.asked.append(question)
        if self.down:
            raise SourceUnavailable

    def _choices(self, wanted: Callable[[Company], bool]) -> Choices:
        found = (
            Choice(siret=firm.siret, name=firm.name, address=firm.address.label, active=firm.active)
            for firm in self.known.values()
            if wanted(firm)
        )
        return Choices(found=tuple(found))


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
    """The OpcoSource port: the same answers whatever the firm; ``down`` makes it an outage."""

    name: str = "siro_file"
    answers: list[SourceAnswer] = field(default_factory=list)
    remote: bool = False
    down: bool = False
    asked: list[str] = field(default_factory=list)

    def ask(self, siret: str, company: Company | None) -> Sequence[SourceAnswer]:
        del company
        self.asked.append(siret)
        if self.down:
            raise SourceUnavailable
        return self.answers
