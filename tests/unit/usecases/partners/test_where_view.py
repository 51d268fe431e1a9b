"""Where an offer is: what is known, and no more."""

from datetime import timedelta
from typing import Any

import pytest

from depot.domain.feed.receipt import PartnerReceipt, ReceiptStep
from depot.domain.life.offer import Offer
from depot.ports.store import Dossier
from depot.usecases.partners.where_view import WhereView, where_view
from tests.builders import NOW, a_recruiter, an_offer


LATER = NOW + timedelta(hours=2)


def receipt(offer_id: str = "o1", name: str = "Parcoursup", **step: Any) -> PartnerReceipt:
    given = {"state": "shown", "at": NOW, **step}
    return PartnerReceipt(
        recruiter_id="r1",
        offer_id=offer_id,
        partner=name.lower(),
        partner_name=name,
        steps=(ReceiptStep(**given),),
    )


def where(offer: Offer, *receipts: PartnerReceipt) -> WhereView:
    dossier = Dossier(recruiter=a_recruiter(), offers=[offer], receipts=receipts)
    return where_view(offer, dossier)


def test_an_offer_nobody_spoke_of_is_published_and_that_is_all() -> None:
    assert where(an_offer()) == WhereView(published_at=NOW, withdrawn_at=None, partners=())


def test_partners_are_shown_by_name_and_those_of_another_offer_are_not() -> None:
    found = where(an_offer(), receipt(), receipt(name="1jeune1solution"), receipt("o2", "Other"))

    assert [partner.name for partner in found.partners] == ["1jeune1solution", "Parcoursup"]


def test_an_offer_that_ended_says_when_it_left_the_feed() -> None:
    assert where(an_offer().close("filled", None, LATER)).withdrawn_at == LATER
    assert where(an_offer().expire(LATER)).withdrawn_at == LATER


@pytest.mark.parametrize(
    ("step", "outdated"),
    [
        ({"record_at": NOW}, True),
        ({"record_at": NOW, "state": "fetched"}, True),
        ({"record_at": NOW, "state": "withdrawn"}, False),
        ({"record_at": NOW, "state": "refused", "reason": "x"}, False),
        ({"record_at": LATER}, False),
        ({"record_at": LATER.replace(microsecond=0)}, False),
        ({}, False),
    ],
)
def test_a_partner_that_holds_a_former_version_is_told(
    step: dict[str, Any], *, outdated: bool
) -> None:
    edited = an_offer().called("+33199000002", LATER.replace(microsecond=999_999))

    (partner,) = where(edited, receipt(**step)).partners
    assert partner.outdated is outdated
    (partner,) = where(edited.close("filled", None, LATER), receipt(**step)).partners
    assert partner.outdated is False
