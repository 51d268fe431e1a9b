"""A recruiter: one firm and the person to call about its offers."""

from datetime import datetime, timedelta
from typing import Annotated, Final, Literal, Self

from pydantic import UUID4, Field, field_validator
from pydantic_core import PydanticCustomError

from depot.domain.dossier.contact import Contact, ContactForm
from depot.domain.dossier.holder import Holder
from depot.domain.employer.behalf import Behalf, DepositorForm, EmployerClaim
from depot.domain.employer.provenance import Provenance
from depot.domain.firm.company import Address, Company
from depot.domain.firm.correction import Correction, CorrectionForm
from depot.domain.firm.workplace import Workplace
from depot.domain.identifiers import Siret
from depot.domain.letters.letter import Addressee
from depot.domain.life.offer import MAX_OFFERS_AT_ONCE, OfferForm
from depot.domain.model import Form


Verification = Literal["verified", "to_verify", "refused"]
FirmRefusal = Literal["unknown_company", "closed_company", "hidden_company"]
OnDuplicates = Literal["ask", "accept"]  # what to do of a need that is already live

OpcoName = Annotated[str, Field(max_length=200)]
"""What a depositor declares: the use cases know which names there are."""

_ASK_AGAIN: Final = timedelta(minutes=15)
# A firm that closes leaves the feed within a week; asking about every firm each night would use up
# a directory shared with everybody.
_REVIEW: Final = timedelta(days=7)
_TOMORROW: Final = timedelta(days=1)


class RecruiterForm(Form):
    """A deposit: the firm, the contact and, in the same breath, the first needs.

    ``contact`` is the firm's, which is called. ``depositor`` deposits for it, and manages.
    ``correction`` says of the firm what the directory says wrong, or does not say.
    ``submission_id`` is drawn by the page and kept across retries: the same one never deposits
    twice.
    """

    submission_id: UUID4
    siret: Siret
    correction: CorrectionForm | None = None
    contact: ContactForm
    depositor: DepositorForm | None = None
    opco: OpcoName | None = None
    offers: Annotated[list[OfferForm], Field(default_factory=list)]
    duplicates: OnDuplicates = "ask"

    @field_validator("offers")
    @classmethod
    def _few(cls, offers: list[OfferForm]) -> list[OfferForm]:
        if len(offers) > MAX_OFFERS_AT_ONCE:
            raise PydanticCustomError("offers_too_many", "offers_too_many")
        return offers


class OfferSubmission(OfferForm):
    """One more need, for a recruiter already known by its link."""

    submission_id: UUID4
    duplicates: OnDuplicates = "ask"

    @property
    def need(self) -> OfferForm:
        """The need alone."""
        return OfferForm.model_validate(self.model_dump(exclude={"submission_id", "duplicates"}))


class Recruiter(Holder):
    """A firm as deposited. ``company`` is missing while the directory has not confirmed the SIRET.

    ``contact`` manages: mails and links go there. Where somebody deposited on ``behalf`` of the
    firm, that is the depositor's, and the firm's own is in there.
    ``verify_at`` says when the directory is asked again: soon until it has confirmed, then every
    week while an offer is live. ``doubted_at`` remembers that it no longer knew the firm;
    ``refused`` says why it is never asked again. ``correction`` is what the depositor says of the
    firm, kept beside what the directory says; ``opco_claim``, the OPCO he declares: it may only
    choose among those our sources name. ``offer_count`` moves with each new offer, in the same
    transaction.
    """

    siret: Siret
    behalf: Behalf | None = None
    company: Company | None
    correction: Correction | None = None
    verify_at: datetime | None = None
    doubted_at: datetime | None = None
    refused: FirmRefusal | None = None
    opco_claim: str | None = None
    offer_count: int

    @property
    def verification(self) -> Verification:
        """Whether the directory confirmed the firm."""
        if self.refused:
            return "refused"
        return "verified" if self.company else "to_verify"

    @property
    def due_at(self) -> datetime | None:
        """When the sweep must look at it: ask the directory again, or ask if it is still used."""
        if self.erasing_at:
            return None
        return min(filter(None, (self.verify_at, self.retained_at)))

    @property
    def firm_contact(self) -> Contact:
        """Whom the OPCO, training centres and candidates call: the firm's own contact."""
        return self.behalf.employer if self.behalf else self.contact

    @property
    def employer_claim(self) -> EmployerClaim | None:
        """What opens it to the firm it was deposited for; nothing to one that deposited itself."""
        return EmployerClaim(self.id, self.behalf.link_version) if self.behalf else None

    def written_at(self, reader: Addressee) -> str | None:
        """Where a reader is reached whose link opens the dossier: no other is sent that link."""
        match reader:
            case "depositor" | "address":
                return self.contact.email
            case "employer":
                return self.firm_contact.email
        return None

    @property
    def own_sirens(self) -> frozenset[str]:
        """The firm, and who deposited for it: training centres may be either."""
        sirets = (self.siret, self.behalf.siret) if self.behalf else (self.siret,)
        return frozenset(siret[:9] for siret in sirets)

    @property
    def depositor(self) -> str | None:
        """The SIREN of who deposited for the firm; None where it did so itself."""
        return self.behalf.siren if self.behalf else None

    @property
    def provenance(self) -> Provenance | None:
        """Who deposited, where it was not the employer: what is published of it."""
        return self.behalf.provenance if self.behalf else None

    @property
    def firm_name(self) -> str | None:
        """The firm's name: as its depositor says, else as the directory does."""
        said = self.correction.name if self.correction else None
        return said or (self.company.name if self.company else None) or None

    @property
    def name(self) -> str:
        """What to call the firm: its name, or its SIRET while there is none."""
        return self.firm_name or f"SIRET {self.siret}"

    @property
    def legal_name(self) -> str | None:
        """The legal name the directory gives, where it is another than the name shown."""
        if self.company is None or not self.company.diffusible:
            return None
        known = self.company.legal_name
        return known if known and known != self.firm_name else None

    @property
    def address(self) -> Address | None:
        """The firm's address: as its depositor says, else as the directory does."""
        said = self.correction.address if self.correction else None
        return said or (self.company.address if self.company else None)

    @property
    def declared(self) -> bool:
        """Whether its depositor said all that is published of it."""
        return self.correction is not None and self.correction.whole

    @property
    def workplace(self) -> Workplace:
        """Where its offers are, by default."""
        known = self._known
        return self.correction.over(known) if self.correction else known

    @property
    def _known(self) -> Workplace:
        if self.company is None:
            return Workplace(siret=self.siret)
        company = self.company.without_secrets()
        kept_to_us = set() if company.diffusible else {"naf", "naf_nomenclature"}
        known = company.model_dump(include=set(Workplace.model_fields) - kept_to_us)
        named = {"name": company.name or None, "legal_name": company.legal_name or None}
        return Workplace.model_validate({**known, **named})

    def verified(self, company: Company, now: datetime) -> Self:
        """The directory knows the firm, for the first time or as it is now."""
        changed = {} if company == self.company else {"company": company, "updated_at": now}
        return self._next(verify_at=now + _REVIEW, doubted_at=None, **changed)

    def corrected(self, correction: Correction | None, now: datetime) -> Self:
        """The depositor names the firm and its place, or leaves both to the directory."""
        return self._acts(now, correction=correction)

    def left_to_verify(self, now: datetime) -> Self:
        """The directory no longer knows the firm.

        One miss may be the directory's own mistake, so it is asked again.
        """
        return self._next(doubted_at=now, verify_at=now + _TOMORROW)

    def stop_rechecking(self) -> Self:
        """No offer is live: nothing needs the firm to be looked at again."""
        return self._next(verify_at=None)

    def refuse(self, code: FirmRefusal, now: datetime) -> Self:
        """The directory says that this firm cannot be published."""
        return self._next(refused=code, verify_at=None, updated_at=now)

    def postponed(self, now: datetime) -> Self:
        """The directory does not answer."""
        return self._next(verify_at=now + (_TOMORROW if self.company else _ASK_AGAIN))

    def reached_by_employer(self, employer: Contact, now: datetime) -> Self:
        """The employer says whom to call, in place of what was deposited on its behalf."""
        behalf = self.behalf.reached_by(employer) if self.behalf else None
        return self._next(behalf=behalf, updated_at=now)

    def with_employer(self, employer: Contact, now: datetime, *, lost: bool) -> Self:
        """The depositor says whom to call at the firm. As ``Behalf.corrected``, and raises so."""
        behalf = self.behalf.corrected(employer, now, lost=lost) if self.behalf else None
        return self._acts(now, behalf=behalf)

    def declares(self, opco: str | None, now: datetime) -> Self:
        """The depositor says which OPCO the firm has, or no longer does."""
        return self._acts(now, opco_claim=opco)

    def with_one_more_offer(self, now: datetime) -> Self:
        """Count a new offer. A firm nobody looked at for a while is looked at now."""
        verify_at = self.verify_at or now
        return self._acts(now, offer_count=self.offer_count + 1, verify_at=verify_at)

    def with_an_offer_again(self, now: datetime) -> Self:
        """One of its offers is online again: if no check is planned, check the firm now."""
        return self._next(verify_at=self.verify_at or now, updated_at=now)


def first_verification(company: Company | None, now: datetime) -> datetime:
    """When the directory is asked again about a firm just deposited."""
    return now + (_REVIEW if company else _ASK_AGAIN)
