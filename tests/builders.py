"""Valid things by default; name only what a test is about."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from depot.domain.cfa.cfa_contact import CfaContact
from depot.domain.cfa.formation import Formation
from depot.domain.cfa.index import TrainingIndex
from depot.domain.cfa.matching import rank
from depot.domain.cfa.rounds import CfaRound
from depot.domain.cfa.training import Training
from depot.domain.dossier.contact import Contact, ContactForm
from depot.domain.dossier.recruiter import Recruiter, RecruiterForm
from depot.domain.employer.behalf import Behalf
from depot.domain.employer.notice import EmployerNotice
from depot.domain.feed.receipt import PartnerReceipt, ReceiptStep
from depot.domain.firm.company import Address, Company, Point
from depot.domain.firm.places import Commune
from depot.domain.letters.letter import Letter, write
from depot.domain.life.metiers import Metier
from depot.domain.life.offer import Need, Offer, publish
from depot.domain.life.states import Limits
from depot.domain.opco.notice import OpcoNotice


NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SIRET = "00009001900019"
SUBMISSION = UUID("00000000-0000-4000-8000-000000000001")
PERIGUEUX = Commune(insee="24322", name="Périgueux", point=Point(latitude=45.19, longitude=0.71))
BAKER = Metier(code="11573", label="Boulanger / Boulangère", rome="D1102", parent="D1102")
PASTRY_COOK = Metier(code="17576", label="Pâtissier / Pâtissière", rome="D1104", parent="D1104")
CHOCOLATE_MAKER = Metier(
    code="12631", label="Chocolatier / Chocolatière", rome="D1115", parent="D1104"
)
# Of a ROME code no apprenticeship leads to.
DISHWASHER = Metier(
    code="17846", label="Plongeur / Plongeuse en restauration", rome="G1605", parent="G1605"
)

# As far as the files of both stages let an offer go.
USUAL = Limits(longest=364, reactivation=90)


def a_contact(**over: Any) -> Contact:
    given = {"name": "Jeanne Martin", "email": "jeanne@example.org", "phone": "01 99 00 12 34"}
    return Contact.of(ContactForm(**{**given, **over}))


def a_company(**over: Any) -> Company:
    given = {
        "siret": SIRET,
        "name": "AU BON PAIN",
        "legal_name": "MARTIN SARL",
        "address": Address(
            label="1 RUE DU FOUR 24000 PERIGUEUX", postcode="24000", city="PERIGUEUX", insee="24322"
        ),
        "location": Point(latitude=45.184, longitude=0.721),
        "naf": "10.71C",
        "naf_nomenclature": "NAFRev2",
        "idccs": ("0843",),
        "source": "recherche_entreprises",
    }
    return Company(**{**given, **over})


def a_recruiter(**over: Any) -> Recruiter:
    given = {
        "id": "r1",
        "siret": SIRET,
        "contact": a_contact(),
        "company": a_company(),
        "offer_count": 1,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Recruiter(**{**given, **over})


def a_need(**over: Any) -> Need:
    return Need(**{"metier": BAKER, **over})


def an_offer(
    offer_id: str = "o1",
    *,
    recruiter: Recruiter | None = None,
    now: datetime = NOW,
    **need: Any,
) -> Offer:
    """A live offer published at ``now``; the rest describes its need."""
    owner = recruiter or a_recruiter()
    return publish(
        a_need(**need),
        offer_id=offer_id,
        recruiter_id=owner.id,
        workplace=owner.workplace,
        phone=owner.firm_contact.phone,
        provenance=owner.provenance,
        now=now,
    )


def a_letter(**over: Any) -> Letter:
    given = {
        "kind": "opco_need",
        "about": "o1",
        "recruiter_id": "r1",
        "to": "opco@example.org",
        "facts": {},
        "now": NOW,
    }
    return write(**{**given, **over})


def a_notice(**over: Any) -> OpcoNotice:
    return OpcoNotice(**{"recruiter_id": "r1", "offer_id": "o1", "created_at": NOW, **over})


def an_employer(**over: Any) -> EmployerNotice:
    return EmployerNotice(**{"recruiter_id": "r1", "offer_id": "o1", "created_at": NOW, **over})


def a_round(**over: Any) -> CfaRound:
    return CfaRound(**{"recruiter_id": "r1", "offer_id": "o1", "created_at": NOW, **over})


def a_cfa_contact(siren: str) -> CfaContact:
    here = Point(latitude=45.18, longitude=0.72)
    [centre] = rank(TrainingIndex.of([a_training(siren=siren)], {}), a_need(), here)
    return CfaContact(
        recruiter_id="r1", offer_id="o1", centre=centre, letter_id=f"cfa_need-{siren}", asked_at=NOW
    )


def a_receipt(partner: str = "parcoursup", **over: Any) -> PartnerReceipt:
    steps = (ReceiptStep(state="shown", at=NOW, url="https://partner.example/1"),)
    given = {"recruiter_id": "r1", "offer_id": "o1", "steps": steps, **over}
    return PartnerReceipt(partner=partner, partner_name="Parcoursup", **given)


def a_training(*, siren: str = "000000018", **over: Any) -> Training:
    given = {
        "siret": f"{siren}00010",
        "name": "CFA du Périgord (fictif)",
        "city": "Boulazac",
        "email": "cfa@example.org" if siren == "000000018" else f"cfa-{siren}@example.org",
        "title": "CAP Boulanger",
        "level": "3",
        "romes": ("D1102",),
        "latitude": 45.18,
        "longitude": 0.77,
    }
    return Training(**{**given, **over})


def a_formation(**over: Any) -> Formation:
    given = {
        "published": True,
        "open": True,
        "remote": False,
        "qualiopi": True,
        "emails": ("cfa@example.org",),
        "siret": "00000001800010",
        "name": "CFA du Périgord (fictif)",
        "city": "Boulazac",
        "title": "CAP Boulanger",
        "level": "3",
        "romes": ("D1102",),
        "place": Point(latitude=45.18, longitude=0.77),
    }
    return Formation(**{**given, **over})


CFA_SIRET = "00009013400016"


def a_centre() -> Company:
    """The training centre, as the directory knows it."""
    return a_company(siret=CFA_SIRET, name="FORMATION 24", legal_name="FORMATION 24", naf="85.32Z")


def a_behalf(**over: Any) -> Behalf:
    """A deposit by a training centre, as stored."""
    given = {"role": "cfa", "organisation": "CFA du Périgord (fictif)", "siret": CFA_SIRET}
    return Behalf(**{**given, "employer": a_contact(), **over})


def a_depositor(**over: Any) -> dict[str, Any]:
    """A training centre, as typed."""
    contact = {"name": "Claire Roux", "email": "claire@example.com", "phone": "05 53 00 00 01"}
    given = {
        "role": "cfa",
        "organisation": "CFA du Périgord (fictif)",
        "siret": CFA_SIRET,
        "contact": contact,
    }
    return {**given, **over}


def a_deposit(**over: Any) -> RecruiterForm:
    given = {
        "submission_id": SUBMISSION,
        "siret": SIRET,
        "contact": {
            "name": "Jeanne Martin",
            "email": "jeanne@example.org",
            "phone": "01 99 00 12 34",
        },
        "offers": [{"metier": BAKER.code}],
        "duplicates": "accept",  # or most tests could not deposit twice
    }
    return RecruiterForm.model_validate({**given, **over})
