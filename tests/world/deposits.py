"""A depositor: what is deposited, shown, edited, extended, closed."""

from datetime import datetime, timedelta
from typing import Any

from depot.domain.dossier.recruiter import OfferSubmission, OnDuplicates, RecruiterForm
from depot.usecases.deposit.add_offer import add_offer
from depot.usecases.deposit.create_recruiter import create_recruiter
from depot.usecases.deposit.duplicates import DuplicateReport, tell_depositors
from depot.usecases.deposit.receipt import Receipt
from depot.usecases.deposit.steps import creation
from depot.usecases.dossier.manage_view import ManageView
from depot.usecases.firm.correct_firm import FirmEdit, correct_firm
from depot.usecases.life import manage_offers
from depot.usecases.life.close_offer import Closure, close_offer
from depot.usecases.life.offer_view import OfferView
from depot.usecases.life.reactivate_offer import Reactivation, reactivate_offer
from tests.builders import BAKER, NOW, SIRET, a_deposit
from tests.world.ports import Ports
from tests.world.setting import OPCOS, SECOND


class Depositing(Ports):
    """A depositor: what is deposited, shown, edited, extended, closed."""

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
            mailroom=self.mailroom,
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
            mailroom=self.mailroom,
            limits=self.limits,
            now=now,
        )

    def multiply(self, number: int) -> None:
        """So many offers like the first, whatever may be added in a day."""
        first = self.offers[0]
        for rank in range(number - len(self.offers)):
            like = first.model_copy(update={"id": f"{rank:032x}"})
            self.store.commit(*creation(like, NOW))
