"""What a depositor's link opens besides offers: the contact, the link itself, personal data."""

from depot.routes.opened import OpenedRouter
from depot.usecases.dossier.change_contact import ContactEdit, change_contact
from depot.usecases.dossier.erase import ErasureForm, ask_erasure
from depot.usecases.dossier.export_data import export_data
from depot.usecases.dossier.renew_link import Renewal, renew_link
from depot.usecases.dossier.retain import Keeping, keep


router = OpenedRouter()
showing, changing = router.showing, router.changing

router.put("/api/manage/contact")(
    changing(ContactEdit, change_contact, "mailroom", "opcos", "limits")
)
router.post("/api/manage/link")(changing(Renewal, renew_link, "mailroom"))
router.post("/api/manage/keeping")(changing(Keeping, keep))
router.get("/api/manage/export")(showing(export_data, "personal"))
router.post("/api/manage/erasure")(changing(ErasureForm, ask_erasure, "personal", "mailroom"))
