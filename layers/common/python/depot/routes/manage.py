"""What the link of a depositor's mails opens."""

from typing import Final

from depot.routes.opened import OpenedRouter
from depot.usecases.cfa import choose_cfas
from depot.usecases.cfa.choose_cfas import CfaAsking
from depot.usecases.firm.correct_firm import FirmEdit, correct_firm
from depot.usecases.life import manage_offers
from depot.usecases.life.close_offer import Closure, close_offer
from depot.usecases.life.manage_offers import Extension, OfferEdit
from depot.usecases.life.reactivate_offer import Reactivation, reactivate_offer
from depot.usecases.opco.declare_opco import OpcoClaim, declare_opco


_OFFER: Final = "/api/manage/offers/<offer_id>"

router = OpenedRouter()
showing, changing = router.showing, router.changing

router.get("/api/manage")(showing(manage_offers.show, "opcos", "limits"))
router.put("/api/manage/firm")(changing(FirmEdit, correct_firm, "places", "opcos", "limits"))
router.put("/api/manage/opco")(
    changing(OpcoClaim, declare_opco, "opcos", "mailing", "mailroom", "reminder_days", "limits")
)
router.put(_OFFER)(changing(OfferEdit, manage_offers.edit, "metiers", "places"))
router.get(f"{_OFFER}/cfas")(showing(choose_cfas.show, "catalogue_at_hand"))
router.post(f"{_OFFER}/cfas")(changing(CfaAsking, choose_cfas.ask, "catalogue_at_hand"))
router.post(f"{_OFFER}/extension")(changing(Extension, manage_offers.extend, "limits"))
router.post(f"{_OFFER}/closure")(changing(Closure, close_offer, "mailroom", "limits"))
router.post(f"{_OFFER}/reactivation")(changing(Reactivation, reactivate_offer, "limits"))
