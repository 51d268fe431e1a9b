"""What the link of an employer's mails opens: what was deposited for it, and its answers."""

from typing import Final

from depot.routes.opened import OpenedRouter
from depot.usecases.employer import answer_employer
from depot.usecases.employer.answer_employer import EmployerCorrection, EmployerGesture


_OFFER: Final = "/api/employer/offers/<offer_id>"

router = OpenedRouter()
showing, changing = router.showing, router.changing

router.get("/api/employer")(showing(answer_employer.show))
router.post(f"{_OFFER}/confirmation")(
    changing(EmployerGesture, answer_employer.confirm, "mailroom")
)
router.post(f"{_OFFER}/correction")(
    changing(EmployerCorrection, answer_employer.correct, "mailroom", "mail_providers")
)
router.post(f"{_OFFER}/removal")(changing(EmployerGesture, answer_employer.remove, "mailroom"))
