"""The whole service on fakes: every use case behind one short call."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from depot.domain.dossier.link_request import LinkForm, LinkRequest
from depot.domain.dossier.recruiter import OfferSubmission, OnDuplicates, Recruiter, RecruiterForm
from depot.domain.letters.letter import Letter
from depot.domain.life.offer import Offer
from depot.domain.life.states import Limits
from depot.domain.opco.finding import Finding, OpcoShare
from depot.domain.opco.routing import OpcoMailboxes, OpcoMailing, OpcoRouting
from depot.ports.firms import OpcoSource
from depot.ports.store import Change
from depot.usecases.cfa import answer_cfa, choose_cfas, subscription
from depot.usecases.cfa.choice_view import CfaChoiceView
from depot.usecases.cfa.match_cfa import match_cfa
from depot.usecases.cfa.need_view import CfaNeedView
from depot.usecases.cfa.post import CfaPost
from depot.usecases.cfa.subscription import SubscriptionView
from depot.usecases.deposit.add_offer import add_offer
from depot.usecases.deposit.create_recruiter import create_recruiter
from depot.usecases.deposit.duplicates import DuplicateReport, tell_depositors
from depot.usecases.deposit.intake import Intake
from depot.usecases.deposit.receipt import Receipt
from depot.usecases.deposit.steps import creation
from depot.usecases.dossier import confirm_email
from depot.usecases.dossier.change_contact import ContactEdit, change_contact
from depot.usecases.dossier.erase import Erased, ErasureForm, ask_erasure, erase
from depot.usecases.dossier.export_data import export_data
from depot.usecases.dossier.manage_view import ManageView
from depot.usecases.dossier.my_firms import FirmsView, my_firms
from depot.usecases.dossier.recruiter_view import RecruiterView
from depot.usecases.dossier.renew_link import Renewal, Renewed, renew_link
from depot.usecases.dossier.resend_link import LinkAsked, ask_link, resend_link
from depot.usecases.dossier.retain import Keeping, keep, retain
from depot.usecases.employer import answer_employer
from depot.usecases.employer.deposited_view import EmployerView
from depot.usecases.employer.remind_employer import remind_employer
from depot.usecases.firm.correct_firm import FirmEdit, correct_firm
from depot.usecases.firm.places import Places
from depot.usecases.firm.verify_recruiter import Verified, verify_recruiter
from depot.usecases.letters.mail_events import MailEvent, mail_returned
from depot.usecases.letters.mailroom import Mailroom
from depot.usecases.life import manage_offers
from depot.usecases.life.close_offer import Closure, close_offer
from depot.usecases.life.expire_offers import Sweeper, SweepSummary, expire_offers
from depot.usecases.life.offer_view import OfferView
from depot.usecases.life.reactivate_offer import Reactivation, reactivate_offer
from depot.usecases.opco import answer_notice
from depot.usecases.opco.declare_opco import OpcoClaim, declare_opco
from depot.usecases.opco.identify_opco import Agreements
from depot.usecases.opco.notice_view import NoticeView
from depot.usecases.opco.notify_opco import notify_opco
from depot.usecases.opco.post import OpcoPost
from depot.usecases.opco.recheck_opco import recheck_opco
from depot.usecases.opco.remind_opco import remind_opco
from tests.builders import (
    BAKER,
    CFA_SIRET,
    CHOCOLATE_MAKER,
    DISHWASHER,
    NOW,
    PASTRY_COOK,
    PERIGUEUX,
    SIRET,
    USUAL,
    a_centre,
    a_company,
    a_deposit,
    a_recruiter,
)
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


SECOND = UUID("00000000-0000-4000-8000-000000000002")
EP = "Opco entreprises de proximité"
AKTO = "Akto"
METIERS = {metier.code: metier for metier in (BAKER, PASTRY_COOK, CHOCOLATE_MAKER, DISHWASHER)}
REFUSED = frozenset({DISHWASHER.rome})
OCAPIAT = "Ocapiat"
DESK_MAILBOX = "accueil@example.org"
MAILBOXES = {EP: "ep@example.org", AKTO: "akto@example.org", OCAPIAT: "ocapiat@example.org"}
OPCOS = MAILBOXES.keys()
MAILING = OpcoMailing(
    OpcoRouting(
        default=DESK_MAILBOX,
        opcos={opco: OpcoMailboxes(mailbox=mailbox) for opco, mailbox in MAILBOXES.items()},
    ),
    regions={},
)
REMINDER_DAYS = 3
FOLLOW_UP_DAYS = 5
PUBLIC_MAIL = frozenset({"gmail.example"})


class Crash(BaseException):
    """The process ends here: nothing of ours catches it."""


def crash() -> None:
    raise Crash


def a_qr(text: str) -> str:
    return f"data:{text}"


def nothing() -> None:
    """Let a commit pass."""


@dataclass
class RacingStore(MemoryStore):
    """``rivals`` act just before our commits, one each: what happens between our read and write."""

    rivals: list[Callable[[], object]] = field(default_factory=list)

    def commit(self, *changes: Change) -> None:
        if self.rivals:
            self.rivals.pop(0)()
        super().commit(*changes)


def share(opco: str, part: float = 1.0, rank: int = 1) -> OpcoShare:
    return OpcoShare(opco=opco, share=part, rank=rank, status="unique")


@dataclass
class World:
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

    def deposit(self, form: RecruiterForm | None = None, now: datetime = NOW) -> Receipt:
        return create_recruiter(
            form or a_deposit(),
            intake=self.intake,
            now=now,
        )

    def add(self, recruiter_id: str, token: str, *, now: datetime = NOW, **need: Any) -> OfferView:
        given = {"submission_id": SECOND, "metier": BAKER.code, "duplicates": "accept", **need}
        return add_offer(
            OfferSubmission.model_validate(given),
            recruiter_id=recruiter_id,
            token=token,
            store=self.store,
            metiers=self.metiers,
            places=self.places,
            mailroom=self.mailroom,
            links=self.links,
            now=now,
        )

    def report(self, *, now: datetime = NOW, **over: Any) -> None:
        report = {"siret": SIRET, "metier": BAKER.code, **over}
        tell_depositors(
            DuplicateReport.model_validate(report),
            store=self.store,
            metiers=self.metiers,
            mailroom=self.mailroom,
            now=now,
        )

    def show(self, token: str, now: datetime = NOW) -> ManageView:
        return manage_offers.show(
            opcos=OPCOS,
            limits=self.limits,
            token=token,
            store=self.store,
            links=self.links,
            now=now,
        )

    def edit(self, offer: OfferView, token: str, *, now: datetime = NOW, **need: Any) -> OfferView:
        given = {"version": offer.version, "metier": BAKER.code, **need}
        return manage_offers.edit(
            manage_offers.OfferEdit.model_validate(given),
            offer_id=offer.id,
            token=token,
            store=self.store,
            metiers=self.metiers,
            places=self.places,
            links=self.links,
            now=now,
        )

    def correct(self, token: str, *, version: int = 1, now: datetime = NOW, **said: Any) -> Any:
        form = FirmEdit.model_validate({"version": version, **said})
        return correct_firm(
            form,
            token=token,
            store=self.store,
            places=self.places,
            links=self.links,
            opcos=OPCOS,
            limits=self.limits,
            now=now,
        )

    def extend(
        self, offer: OfferView, token: str, now: datetime = NOW + timedelta(days=1)
    ) -> OfferView:
        return manage_offers.extend(
            manage_offers.Extension(version=offer.version),
            limits=self.limits,
            offer_id=offer.id,
            token=token,
            store=self.store,
            links=self.links,
            now=now,
        )

    def close(
        self, offer: OfferView, token: str, *, now: datetime = NOW, **closure: Any
    ) -> OfferView:
        given = {"version": offer.version, "outcome": "filled", **closure}
        return close_offer(
            Closure.model_validate(given),
            offer_id=offer.id,
            token=token,
            store=self.store,
            links=self.links,
            mailroom=self.mailroom,
            limits=self.limits,
            now=now,
        )

    def reactivate(
        self, offer: OfferView, token: str, *, now: datetime = NOW, duplicates: OnDuplicates = "ask"
    ) -> OfferView:
        return reactivate_offer(
            Reactivation(version=offer.version, duplicates=duplicates),
            offer_id=offer.id,
            token=token,
            store=self.store,
            links=self.links,
            limits=self.limits,
            now=now,
        )

    def declare(self, view: ManageView, opco: str | None, now: datetime = NOW) -> ManageView:
        return declare_opco(
            OpcoClaim(version=view.recruiter.version, opco=opco),
            opcos=OPCOS,
            token=manage_token(view.recruiter.id),
            links=self.links,
            post=self.post,
            limits=self.limits,
            now=now,
        )

    @property
    def post(self) -> OpcoPost:
        return OpcoPost(self.store, MAILING, self.mailroom, REMINDER_DAYS)

    def multiply(self, number: int) -> None:
        """So many offers like the first, whatever may be added in a day."""
        first = self.offers[0]
        for rank in range(number - len(self.offers)):
            like = first.model_copy(update={"id": f"{rank:032x}"})
            self.store.commit(*creation(like, NOW))

    def notify(self, recruiter_id: str, offer_id: str, now: datetime = NOW) -> Finding | None:
        return notify_opco(recruiter_id, offer_id, post=self.post, sources=self.sources, now=now)

    def recheck_opco(self, recruiter_id: str, offer_id: str, now: datetime) -> bool:
        return recheck_opco(recruiter_id, offer_id, post=self.post, sources=self.sources, now=now)

    def remind_opco(self, recruiter_id: str, offer_id: str, now: datetime = NOW) -> bool:
        return remind_opco(recruiter_id, offer_id, post=self.post, now=now)

    def remind_employer(self, recruiter_id: str, now: datetime = NOW) -> bool:
        return remind_employer(recruiter_id, store=self.store, mailroom=self.mailroom, now=now)

    def show_employer(self, token: str, now: datetime = NOW) -> EmployerView:
        return answer_employer.show(token, store=self.store, links=self.links, now=now)

    def employer_says(
        self, gesture: str, offer: Any, token: str, *, now: datetime = NOW, **said: Any
    ) -> EmployerView:
        """``gesture`` is confirm, correct or remove; ``offer`` is as the employer sees it."""
        form = answer_employer.EmployerCorrection if said else answer_employer.EmployerGesture
        given = {"version": offer.version, **said}
        act: Any = getattr(answer_employer, gesture)
        view: EmployerView = act(
            form.model_validate(given),
            offer_id=offer.id,
            token=token,
            store=self.store,
            links=self.links,
            mailroom=self.mailroom,
            now=now,
            **({"mail_providers": PUBLIC_MAIL} if said else {}),
        )
        return view

    def show_notice(self, token: str, now: datetime = NOW) -> NoticeView:
        return answer_notice.show(
            token, store=self.store, links=self.links, mailing=MAILING, now=now
        )

    def answer(
        self, token: str, answer: str, *, version: int, now: datetime = NOW, to: str | None = None
    ) -> NoticeView:
        form = {"version": version, "answer": answer, "to": to}
        return answer_notice.answer(
            answer_notice.NoticeAnswer.model_validate(form),
            token=token,
            links=self.links,
            post=self.post,
            now=now,
        )

    @property
    def cfa_post(self) -> CfaPost:
        return CfaPost(self.store, self.mailroom, FOLLOW_UP_DAYS)

    def choice(self, receipt: Receipt, now: datetime = NOW) -> CfaChoiceView:
        """The centres there are to choose from, for the first offer of a receipt."""
        return choose_cfas.show(**self._choosing(receipt), now=now)

    def choose(
        self, receipt: Receipt, *sirens: str, version: int | None = None, now: datetime = NOW
    ) -> CfaChoiceView:
        """Ask centres, for the first offer of a receipt as it is now."""
        offer = self.store.offer(receipt.recruiter_id, receipt.offers[0].id)
        assert offer is not None
        form = {"version": version or offer.version, "sirens": sirens}
        asking = choose_cfas.CfaAsking.model_validate(form)
        return choose_cfas.ask(asking, **self._choosing(receipt), now=now)

    def _choosing(self, receipt: Receipt) -> dict[str, Any]:
        return {
            "offer_id": receipt.offers[0].id,
            "token": token_of(receipt),
            "store": self.store,
            "links": self.links,
            "catalogue": self.catalogue,
        }

    def match(self, recruiter_id: str, offer_id: str, now: datetime = NOW) -> int:
        catalogue = self.catalogue
        return match_cfa(recruiter_id, offer_id, post=self.cfa_post, catalogue=catalogue, now=now)

    def show_cfa(self, token: str, now: datetime = NOW) -> CfaNeedView:
        given = {"store": self.store, "links": self.links, "qr": a_qr}
        return answer_cfa.show(token, **given, now=now)

    def read_cfa(self, token: str, now: datetime = NOW) -> CfaNeedView:
        given = {"store": self.store, "links": self.links, "qr": a_qr}
        return answer_cfa.read(answer_cfa.Opening(), token=token, **given, now=now)

    def answer_cfa(
        self, token: str, answer: str, *, replies: int = 0, now: datetime = NOW, **said: Any
    ) -> CfaNeedView:
        return answer_cfa.answer(
            answer_cfa.ReplyForm.model_validate({"replies": replies, "answer": answer, **said}),
            token=token,
            store=self.store,
            links=self.links,
            mailroom=self.mailroom,
            qr=a_qr,
            now=now,
        )

    def subscribe(self, token: str, *, wanted: bool, now: datetime = NOW) -> SubscriptionView:
        form = subscription.Subscription(wanted=wanted)
        return subscription.change(form, token=token, store=self.store, links=self.links, now=now)

    def returned(self, letter: Letter, what: str, now: datetime = NOW) -> None:
        event = MailEvent(
            what=what,
            addresses=(letter.to,),
            recruiter_id=letter.recruiter_id,
            letter_id=letter.id,
        )
        mail_returned(event, store=self.store, now=now)

    def verify(self, recruiter_id: str, now: datetime = NOW) -> Verified | None:
        return verify_recruiter(
            recruiter_id,
            store=self.store,
            companies=self.companies,
            communes=self.communes,
            mailroom=self.mailroom,
            now=now,
        )

    def sweep(self, now: datetime, enough_time: Callable[[], bool] = lambda: True) -> SweepSummary:
        sweeper = Sweeper(
            store=self.store,
            mailroom=self.mailroom,
            retake_notice=lambda recruiter, offer: (
                self.notify(recruiter, offer, now) is not None
                or self.recheck_opco(recruiter, offer, now)
            ),
            remind_opco=lambda recruiter, offer: self.remind_opco(recruiter, offer, now),
            remind_employer=lambda recruiter: self.remind_employer(recruiter, now),
            retake_round=lambda recruiter, offer: self.match(recruiter, offer, now) > 0,
            follow_up_cfa=lambda asking: self.cfa_post.follow_up(asking, now),
            retake_link=lambda owner, slot: self.resend(owner, slot, now) > 0,
            verify=lambda recruiter: self.verify(recruiter, now),
            retain=lambda recruiter: self.retain(recruiter, now),
            erase=lambda recruiter: self.erase(recruiter, now),
            now=now,
            limits=self.limits,
        )
        return expire_offers(sweeper, enough_time=enough_time)

    def ask_link(self, now: datetime = NOW, **asked: str) -> LinkAsked:
        return ask_link(LinkForm.model_validate(asked), store=self.store, now=now)

    def resend(self, owner: str, slot: str, now: datetime = NOW) -> int:
        return resend_link(owner, slot, store=self.store, mailroom=self.mailroom, now=now)

    def resend_all(self, now: datetime = NOW) -> int:
        """What the stream brings: each request, once."""
        asked = self.store.all(LinkRequest)
        return sum(self.resend(f"LINK#{each.digest}", each.slot, now) for each in asked)

    def firms(self, token: str, now: datetime = NOW) -> FirmsView:
        return my_firms(token=token, store=self.store, links=self.links, now=now)

    def contact(
        self, token: str, *, version: int = 1, now: datetime = NOW, **over: str
    ) -> ManageView:
        known = {"name": "Jeanne Martin", "email": "jeanne@example.org", "phone": "01 99 00 12 34"}
        form = ContactEdit.model_validate({"version": version, **known, **over})
        return change_contact(
            form, token=token, opcos=OPCOS, limits=self.limits, **self._mailing, now=now
        )

    def show_confirmation(self, token: str, now: datetime = NOW) -> confirm_email.ConfirmView:
        return confirm_email.show(token=token, store=self.store, links=self.links, now=now)

    def confirm(self, token: str, now: datetime = NOW) -> confirm_email.ConfirmView:
        form = confirm_email.Confirmation()
        return confirm_email.confirm(form, token=token, **self._mailing, now=now)

    def renew(self, token: str, *, version: int = 1, now: datetime = NOW) -> Renewed:
        return renew_link(Renewal(version=version), token=token, **self._mailing, now=now)

    def keep_data(self, token: str, *, version: int = 1, now: datetime = NOW) -> RecruiterView:
        form = Keeping(version=version)
        return keep(form, token=token, store=self.store, links=self.links, now=now)

    def export(self, token: str, now: datetime = NOW) -> dict[str, Any]:
        ports: Any = {"store": self.store, "links": self.links, "personal": self.personal}
        return export_data(token=token, **ports, now=now).root

    def ask_erasure(
        self, token: str, *, version: int = 1, word: str = "EFFACER", now: datetime = NOW
    ) -> Erased:
        form = ErasureForm(version=version, confirmation=word)
        return ask_erasure(form, token=token, personal=self.personal, **self._mailing, now=now)

    def retain(self, recruiter_id: str, now: datetime) -> bool:
        ports: Any = {"store": self.store, "personal": self.personal, "mailroom": self.mailroom}
        return retain(recruiter_id, **ports, now=now)

    def erase(self, recruiter_id: str, now: datetime) -> bool:
        return erase(recruiter_id, store=self.store, personal=self.personal, now=now)

    @property
    def _mailing(self) -> Any:
        return {"store": self.store, "links": self.links, "mailroom": self.mailroom}

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


def token_of(receipt: Receipt) -> str:
    assert receipt.manage_url
    return token_in(receipt.manage_url)


def token_in(link: str | None) -> str:
    """What a link carries; nothing when there is no link."""
    return (link or "").partition("#")[2]


def manage_token(recruiter_id: str, version: int = 1) -> str:
    """What opens a dossier to the bearer, unless it was renewed since that version."""
    holder = a_recruiter(id=recruiter_id, link_version=version)
    return FakeLinks().manage_url(holder).partition("#")[2]


def days(number: float) -> timedelta:
    return timedelta(days=number)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)
