"""What the link of a depositor's mails opens."""

from typing import Any, Final

from aws_lambda_powertools.event_handler import Response

from depot.edge import api
from depot.routes.opened import asked
from depot.usecases.cfa import choose_cfas
from depot.usecases.cfa.choose_cfas import CfaAsking
from depot.usecases.firm.correct_firm import FirmEdit, correct_firm
from depot.usecases.life import manage_offers
from depot.usecases.life.close_offer import Closure, close_offer
from depot.usecases.life.manage_offers import Extension, OfferEdit
from depot.usecases.life.reactivate_offer import Reactivation, reactivate_offer
from depot.usecases.opco.declare_opco import OpcoClaim, declare_opco
from depot.wiring.services import services


_OFFER: Final = "/api/manage/offers/<offer_id>"

router = api.router()


@router.get("/api/manage")
def show() -> Response[str]:
    """Show the firm and its offers."""
    opened, s = asked(router), services()
    return api.answer(manage_offers.show(**opened, opcos=s.opcos, limits=s.limits))


@router.put("/api/manage/firm")
def firm() -> Response[str]:
    """Correct the firm's name and address."""
    opened, form, s = asked(router), api.form(router, FirmEdit), services()
    view = correct_firm(form, **opened, places=s.places, opcos=s.opcos, limits=s.limits)
    return api.answer(view)


@router.put("/api/manage/opco")
def opco() -> Response[str]:
    """Take the OPCO the depositor declares."""
    token, s = api.token(router), services()
    view = declare_opco(
        api.form(router, OpcoClaim),
        opcos=s.opcos,
        token=token,
        links=s.links,
        post=s.opco_post,
        limits=s.limits,
        now=s.now(),
    )
    return api.answer(view)


@router.put(_OFFER)
def edit(offer_id: str) -> Response[str]:
    """Replace what an offer asks for."""
    opened, form, s = asked(router), api.form(router, OfferEdit), services()
    needed: Any = {"metiers": s.metiers, "places": s.places, "mailroom": s.mailroom}
    return api.answer(manage_offers.edit(form, **opened, offer_id=offer_id, **needed))


@router.get(f"{_OFFER}/cfas")
def cfas(offer_id: str) -> Response[str]:
    """Show the training centres asked, and those that may be."""
    opened, catalogue = asked(router), services().catalogue_at_hand
    return api.answer(choose_cfas.show(**opened, offer_id=offer_id, catalogue=catalogue))


@router.post(f"{_OFFER}/cfas")
def ask(offer_id: str) -> Response[str]:
    """Ask the training centres chosen."""
    opened, form, s = asked(router), api.form(router, CfaAsking), services()
    view = choose_cfas.ask(form, **opened, offer_id=offer_id, catalogue=s.catalogue_at_hand)
    return api.answer(view)


@router.post(f"{_OFFER}/extension")
def extend(offer_id: str) -> Response[str]:
    """Give an offer four more weeks."""
    opened, form, s = asked(router), api.form(router, Extension), services()
    return api.answer(manage_offers.extend(form, **opened, offer_id=offer_id, limits=s.limits))


@router.post(f"{_OFFER}/closure")
def close(offer_id: str) -> Response[str]:
    """Close an offer, as filled or cancelled."""
    opened, form, s = asked(router), api.form(router, Closure), services()
    view = close_offer(form, **opened, offer_id=offer_id, mailroom=s.mailroom, limits=s.limits)
    return api.answer(view)


@router.post(f"{_OFFER}/reactivation")
def reactivate(offer_id: str) -> Response[str]:
    """Put an ended offer online again."""
    opened, form, s = asked(router), api.form(router, Reactivation), services()
    needed: Any = {"limits": s.limits, "mailroom": s.mailroom}
    return api.answer(reactivate_offer(form, **opened, offer_id=offer_id, **needed))
