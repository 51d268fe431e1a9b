"""Employers somebody deposited for."""

from datetime import datetime
from typing import Any

from depot.usecases.dossier.erase import Erased, ErasureForm
from depot.usecases.dossier.manage_view import ManageView
from depot.usecases.employer import answer_employer
from depot.usecases.employer.change_employer import EmployerEdit, change_employer
from depot.usecases.employer.deposited_view import EmployerView
from depot.usecases.employer.erase_deposited import erase_deposited
from depot.usecases.employer.export_deposited import export_deposited
from depot.usecases.employer.forbid_deposits import Forbidding, forbid_deposits
from depot.usecases.employer.remind_employer import remind_employer
from tests.builders import NOW
from tests.world.ports import Ports
from tests.world.setting import OPCOS, PUBLIC_MAIL


class Employers(Ports):
    """Employers somebody deposited for."""

    def change_employer(
        self, token: str, *, version: int = 1, now: datetime = NOW, **over: str
    ) -> ManageView:
        known = {"name": "Jeanne Martin", "email": "jeanne@example.org", "phone": "01 99 00 12 34"}
        return change_employer(
            EmployerEdit.model_validate({"version": version, **known, **over}),
            token=token,
            store=self.store,
            links=self.links,
            mailroom=self.mailroom,
            mail_providers=PUBLIC_MAIL,
            opcos=OPCOS,
            limits=self.limits,
            now=now,
        )

    def remind_employer(self, recruiter_id: str, now: datetime = NOW) -> bool:
        return remind_employer(recruiter_id, store=self.store, mailroom=self.mailroom, now=now)

    def show_employer(self, token: str, now: datetime = NOW) -> EmployerView:
        return answer_employer.show(token, store=self.store, links=self.links, now=now)

    def object(self, token: str, now: datetime = NOW) -> EmployerView:
        ports: Any = {"store": self.store, "links": self.links, "mailroom": self.mailroom}
        return forbid_deposits(Forbidding(), token=token, **ports, now=now)

    def erase_deposited(
        self, token: str, *, version: int | None = None, now: datetime = NOW
    ) -> Erased:
        """As its employer asks, of the page as it is now unless ``version`` says otherwise."""
        ports: Any = {"store": self.store, "links": self.links, "mailroom": self.mailroom}
        read = version or self.show_employer(token).version
        form = ErasureForm(version=read, confirmation="EFFACER")
        return erase_deposited(form, token=token, personal=self.personal, **ports, now=now)

    def export_deposited(self, token: str, now: datetime = NOW) -> dict[str, Any]:
        ports: Any = {"store": self.store, "links": self.links, "personal": self.personal}
        return export_deposited(token=token, **ports, now=now).root

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
