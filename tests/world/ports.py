"""The service's ports, all fakes; and what they hold."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.letters.letter import Letter
from depot.domain.life.offer import Offer
from depot.domain.life.states import Limits
from depot.ports.firms import OpcoSource
from depot.usecases.deposit.intake import Intake
from depot.usecases.deposit.receipt import Receipt
from depot.usecases.firm.places import Places
from depot.usecases.letters.mailroom import Mailroom
from depot.usecases.opco.identify_opco import Agreements
from tests.builders import CFA_SIRET, PERIGUEUX, SIRET, USUAL, a_centre, a_company, a_recruiter
from tests.fakes import (
    FakeCatalogue,
    FakeCommunes,
    FakeCompanies,
    FakeCourier,
    FakeGeocoder,
    FakeLinks,
    FakeMetiers,
    FakeOpcoSource,
    FakeOpcoTable,
    MemoryPersonalData,
    MemoryStore,
)
from tests.world.setting import (
    EP,
    METIERS,
    OPCOS,
    PUBLIC_MAIL,
    REFUSED,
    RacingStore,
    manage_token,
    share,
)


@dataclass
class Ports:
    """One recruiter's service; bakers by default, of an OPCO that has a mailbox."""

    store: RacingStore = field(default_factory=RacingStore)
    courier: FakeCourier = field(default_factory=FakeCourier)
    links: FakeLinks = field(default_factory=FakeLinks)
    catalogue: FakeCatalogue = field(default_factory=FakeCatalogue)
    companies: FakeCompanies = field(
        default_factory=lambda: FakeCompanies({SIRET: a_company(), CFA_SIRET: a_centre()})
    )
    metiers: FakeMetiers = field(default_factory=lambda: FakeMetiers(dict(METIERS), REFUSED))
    communes: FakeCommunes = field(default_factory=lambda: FakeCommunes({"24000": [PERIGUEUX]}))
    geocoder: FakeGeocoder = field(default_factory=FakeGeocoder)
    register: FakeOpcoSource = field(default_factory=FakeOpcoSource)
    opcos: FakeOpcoTable = field(default_factory=lambda: FakeOpcoTable({"0843": [share(EP)]}))
    hints: FakeOpcoSource = field(default_factory=lambda: FakeOpcoSource("naf"))
    limits: Limits = USUAL
    personal: MemoryPersonalData = field(init=False)

    def __post_init__(self) -> None:
        self.personal = MemoryPersonalData(self.store)

    @property
    def sources(self) -> Sequence[OpcoSource]:
        return (self.register, Agreements(self.opcos), self.hints)

    @property
    def mailroom(self) -> Mailroom:
        return Mailroom(self.store, self.courier, lambda: self.links)

    @property
    def places(self) -> Places:
        return Places(self.communes, lambda: self.geocoder)

    @property
    def intake(self) -> Intake:
        return Intake(
            store=self.store,
            companies=self.companies,
            metiers=self.metiers,
            opcos=OPCOS,
            mail_providers=PUBLIC_MAIL,
            places=self.places,
            mailroom=self.mailroom,
            links=self.links,
        )

    def keep(self, *entities: Any) -> None:
        """Store entities as they are, whatever their version."""
        self.store.kept |= MemoryStore.holding(*entities).kept

    def token(self, recruiter: Recruiter | None = None) -> str:
        holder = recruiter or a_recruiter()
        return manage_token(holder.id, holder.link_version)

    def recruiter(self, receipt: Receipt) -> Recruiter:
        """The recruiter of a receipt, as stored."""
        found = self.store.recruiter(receipt.recruiter_id)
        assert found is not None
        return found

    @property
    def letters(self) -> Sequence[Letter]:
        return self.store.all(Letter)

    @property
    def offers(self) -> Sequence[Offer]:
        return self.store.all(Offer)

    @property
    def sent(self) -> list[str]:
        """Kinds of the mails that left, in order."""
        return self.courier.kinds
