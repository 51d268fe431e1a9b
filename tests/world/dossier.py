"""A dossier: its links, its address, its data, their end."""

from datetime import datetime
from typing import Any

from depot.domain.dossier.link_request import LinkForm, LinkRequest
from depot.usecases.dossier import confirm_email
from depot.usecases.dossier.change_contact import ContactEdit, change_contact
from depot.usecases.dossier.erase import Erased, ErasureForm, ask_erasure, erase
from depot.usecases.dossier.export_data import export_data
from depot.usecases.dossier.manage_view import ManageView
from depot.usecases.dossier.my_firms import FirmsQuery, FirmsView, my_firms
from depot.usecases.dossier.recruiter_view import RecruiterView
from depot.usecases.dossier.renew_link import Renewal, Renewed, renew_link
from depot.usecases.dossier.resend_link import LinkAsked, ask_link, resend_link
from depot.usecases.dossier.retain import Keeping, keep, retain
from tests.builders import NOW
from tests.world.ports import Ports
from tests.world.setting import OPCOS


class Dossiers(Ports):
    """A dossier: its links, its address, its data, their end."""

    def ask_link(self, now: datetime = NOW, **asked: str) -> LinkAsked:
        return ask_link(LinkForm.model_validate(asked), store=self.store, now=now)

    def resend(self, owner: str, slot: str, now: datetime = NOW) -> int:
        return resend_link(owner, slot, store=self.store, mailroom=self.mailroom, now=now)

    def resend_all(self, now: datetime = NOW) -> int:
        """What the stream brings: each request, once."""
        asked = self.store.all(LinkRequest)
        return sum(self.resend(f"LINK#{each.digest}", each.slot, now) for each in asked)

    def firms(self, token: str, now: datetime = NOW, after: str = "") -> FirmsView:
        query = FirmsQuery(after=after)
        return my_firms(query, token=token, store=self.store, links=self.links, now=now)

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
