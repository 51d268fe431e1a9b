"""What the link of a depositor's mails opens."""

from typing import Final

from depot.routes.opened import OpenedRouter
from depot.usecases import choose_cfas, manage_offers
from depot.usecases.choose_cfas import CfaAsking
from depot.usecases.correct_firm import FirmEdit, correct_firm
from depot.usecases.declare_opco import OpcoClaim, declare_opco
from depot.usecases.manage_offers import Closure, Extension, OfferEdit


_OFFER: Final = "/api/manage/offers/<offer_id>"

router = OpenedRouter()
showing, changing = router.showing, router.changing

router.get("/api/manage")(showing(manage_offers.show, "opcos"))
router.put("/api/manage/firm")(changing(FirmEdit, correct_firm, "places"))
router.put("/api/manage/opco")(
    changing(OpcoClaim, declare_opco, "opcos", "routes", "mailroom", "reminder_days")
)
router.put(_OFFER)(changing(OfferEdit, manage_offers.edit, "metiers", "places"))
router.get(f"{_OFFER}/cfas")(showing(choose_cfas.show, "catalogue_at_hand"))
router.post(f"{_OFFER}/cfas")(changing(CfaAsking, choose_cfas.ask, "catalogue_at_hand"))
router.post(f"{_OFFER}/extension")(changing(Extension, manage_offers.extend))
router.post(f"{_OFFER}/closure")(changing(Closure, manage_offers.close))
