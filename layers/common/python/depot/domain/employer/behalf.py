"""Who deposits for somebody else: an OPCO, a chamber or a training centre, for a partner firm.

The depositor manages: its contact is the recruiter's, mails and links go there. The firm's own
contact, which the depositor gave, is the one that is called and published.
"""

from datetime import datetime
from typing import NamedTuple, Self

from depot.domain.dossier.contact import Contact, ContactForm, one_more_address
from depot.domain.employer.provenance import Provenance, Role
from depot.domain.errors import FieldError, Refused
from depot.domain.firm.correction import Sign
from depot.domain.identifiers import Siret
from depot.domain.model import Form, Value


class EmployerClaim(NamedTuple):
    """What opens a deposit to the firm it was made for, while its link version is this one."""

    recruiter_id: str
    version: int


class DepositorForm(Form):
    """Who deposits, as typed; its own SIRET is checked as any."""

    role: Role
    organisation: Sign
    siret: Siret
    contact: ContactForm

    def errors(self, siret: str) -> list[FieldError]:
        """Errors of a depositor for the firm ``siret``: nameless, or the firm itself."""
        found = [] if self.organisation else [FieldError("depositor.organisation", "missing")]
        if self.siret == siret:
            found.append(FieldError("depositor.siret", "depositor_is_firm"))
        return found


class Behalf(Value):
    """A deposit for somebody else.

    ``organisation`` is the depositor's word, ``legal_name`` the directory's of its SIRET where it
    gives one. ``employer`` is the firm's own contact; ``own_word``: as the firm itself said.
    Bumping ``link_version`` revokes every link sent to it so far; ``given`` is when the depositor
    last gave other addresses.
    """

    role: Role
    organisation: str
    siret: Siret
    legal_name: str | None = None
    employer: Contact
    own_word: bool = False
    link_version: int = 1
    given: tuple[datetime, ...] = ()

    @classmethod
    def of(cls, form: DepositorForm, employer: Contact, legal_name: str | None) -> Self:
        """Keep what was accepted."""
        given = form.model_dump(include={"role", "organisation", "siret"})
        return cls(**given, employer=employer, legal_name=legal_name)

    @property
    def siren(self) -> str:
        """Of who deposits: its establishments are one depositor."""
        return self.siret[:9]

    @property
    def provenance(self) -> Provenance:
        """What is published of it: no person."""
        return Provenance(role=self.role, organisation=self.organisation)

    def reached_by(self, employer: Contact) -> Self:
        """The firm says whom to call, for good; another address revokes the link of the former."""
        return self._to(employer, own_word=True)

    def corrected(self, employer: Contact, now: datetime, *, lost: bool) -> Self:
        """The depositor says it otherwise, until the firm does; as ``reached_by``.

        ``lost``: mails to its address come back; another may then be given, whatever the firm said.
        Raises Refused once the firm spoke, LimitReached at the fourth address of a day.
        """
        moves = employer.email != self.employer.email
        if self.own_word and not (lost and moves):
            raise Refused(FieldError("name", "employer_said"))
        if not moves:
            return self._to(employer)
        return self._to(employer, own_word=False, given=one_more_address(self.given, now))

    def _to(self, employer: Contact, **changes: object) -> Self:
        moved = employer.email != self.employer.email
        version = self.link_version + moved
        return self.model_copy(update={"employer": employer, "link_version": version, **changes})
