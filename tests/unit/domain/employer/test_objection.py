"""What a firm objects to, and for how long."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from depot.domain.dossier.retention import KEPT
from depot.domain.employer.objection import Objection
from tests.builders import BAKER, CFA_SIRET, NOW, PASTRY_COOK, SIRET


def said(rome: str | None, now: datetime = NOW, **over: Any) -> Objection:
    given = {"romes": (rome,) if rome else (), "every": rome is None, "said_at": now, **over}
    return Objection(siren=SIRET[:9], depositor=CFA_SIRET[:9], **given)


def test_a_need_removed_bars_that_need_alone_and_an_objection_to_any_bars_them_all() -> None:
    removed = said(BAKER.rome)

    assert removed.bars([BAKER.rome], NOW) == "need_removed"
    assert removed.bars([PASTRY_COOK.rome, BAKER.rome], NOW) == "need_removed"
    assert removed.bars([PASTRY_COOK.rome], NOW) is None
    assert removed.bars([], NOW) is None
    for romes in ([], [BAKER.rome]):
        assert removed.again(None, NOW).bars(romes, NOW) == "firm_objects"


def test_it_holds_two_years_after_it_was_last_said() -> None:
    late = NOW + KEPT - timedelta(seconds=1)
    again = said(BAKER.rome).again([PASTRY_COOK.rome], late)

    assert said(BAKER.rome).bars([BAKER.rome], late)
    assert said(BAKER.rome).bars([BAKER.rome], NOW + KEPT) is None
    assert again.bars([BAKER.rome], NOW + KEPT)
    assert again.until == late + KEPT


def test_what_no_longer_held_is_not_taken_up_again() -> None:
    anew = said(None).again([BAKER.rome], NOW + KEPT)

    assert (anew.romes, anew.every) == ((BAKER.rome,), False)


romes = st.sampled_from([BAKER.rome, PASTRY_COOK.rome, None])


@given(st.lists(romes, min_size=1, max_size=6))
def test_each_word_adds_and_none_takes_away(words: list[str | None]) -> None:
    objection = said(words[0])
    for rank, word in enumerate(words[1:], 1):
        objection = objection.again([word] if word else None, NOW + timedelta(days=rank))

    assert objection.version == len(words)
    for word in words:
        assert objection.bars([word] if word else [], NOW + timedelta(days=6))
