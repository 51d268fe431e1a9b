"""What a centre reads of a need, and what its own words may hold."""

import pytest
from pydantic import ValidationError

from tests.unit.usecases.cfa.answering import asked, contact
from tests.world import World


@pytest.mark.parametrize("word", ["Voyez https://exemple.fr", "Écrivez à a@b.fr", "cfa.fr/offres"])
def test_a_word_that_leads_elsewhere_is_refused_as_our_mail_would_carry_it(
    world: World, word: str
) -> None:
    _, (token,) = asked(world)

    with pytest.raises(ValidationError, match="word_link"):
        world.answer_cfa(token, "candidates", word=word)

    assert contact(world).reply is None


def test_a_centre_sees_where_the_apprentice_works(world: World) -> None:
    receipt, (token,) = asked(world)
    offer = world.store.offer(receipt.recruiter_id, receipt.offers[0].id)
    assert offer is not None
    recruiter = world.store.recruiter(receipt.recruiter_id)
    assert recruiter is not None
    assert recruiter.address is not None
    assert world.show_cfa(token).address == recruiter.address.label
    elsewhere = recruiter.address.model_copy(update={"label": "2 rue du Lac 24000 Périgueux"})

    moved = offer.workplace.moved(elsewhere, None)
    world.keep(offer.model_copy(update={"workplace": moved, "version": offer.version + 1}))

    assert world.show_cfa(token).address == "2 rue du Lac 24000 Périgueux"
