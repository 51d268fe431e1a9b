"""How far an offer may go, and what it remembers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.errors import LimitReached, NotLive
from depot.domain.feed.record import change_of
from depot.domain.life.lifetime import paris_day
from depot.domain.life.offer import Offer
from depot.domain.life.states import MOVES, Move, State
from tests.builders import NOW, USUAL, a_need, an_offer
from tests.unit.domain.life.moves import ACTS, FIRM, IN_STATE, LATER, again
from tests.world import days


@pytest.mark.parametrize("state", ["filled", "cancelled", "expired"])
def test_a_reactivated_offer_starts_four_new_weeks_under_its_id(state: State) -> None:
    ended = IN_STATE[state](an_offer().extend(LATER, USUAL).remind(LATER))

    live = again(ended, after=10)

    assert (live.id, live.published_at) == (ended.id, NOW)
    assert live.ends_on == paris_day(NOW + days(38))
    assert live.live_since == paris_day(NOW + days(10))
    assert (live.reminded_at, live.extensions) == (None, 0)
    assert (live.closed_at, live.reason, live.channel) == (None, None, None)
    assert live.due_at == live.reminds_at


def test_a_reactivated_offer_shows_the_firm_as_it_is_now() -> None:
    elsewhere = FIRM.workplace.model_copy(update={"name": "AU NOUVEAU PAIN"})
    ended = an_offer().expire(NOW)

    live = ended.reactivate(LATER, USUAL, workplace=elsewhere, phone="+33199009999")

    assert (live.workplace.name, live.phone) == ("AU NOUVEAU PAIN", "+33199009999")


@pytest.mark.parametrize(("ahead", "kept"), [(2, False), (3, True), (9, True)])
def test_a_start_date_that_came_and_went_is_dropped_by_a_reactivation(
    ahead: int, *, kept: bool
) -> None:
    start = paris_day(NOW + days(ahead))
    live = again(an_offer(start_on=start).expire(NOW))

    assert live.need.start_on == (start if kept else None)
    assert live.history[-1].detail == (() if kept else ("start_on",))


def test_an_offer_may_be_reactivated_for_so_long_after_its_end() -> None:
    limits = USUAL.model_copy(update={"reactivation": 30})
    expired = an_offer().expire(NOW + days(29))
    closed = an_offer().close("cancelled", None, NOW)

    assert again(expired, limits, after=28 + 30).state == "live"
    assert again(closed, limits, after=30).state == "live"
    with pytest.raises(LimitReached, match="reactivation_limit") as caught:
        again(expired, limits, after=28 + 31)
    assert caught.value.errors[0].choices == ("20/01/2027",)
    with pytest.raises(LimitReached, match="reactivation_limit"):
        again(closed, limits, after=31)


def test_what_was_withdrawn_is_never_too_late_it_is_forbidden() -> None:
    with pytest.raises(NotLive):
        again(ACTS["withdraw"](an_offer()), after=1000)


def test_an_offer_is_extended_as_far_as_a_year_and_no_further() -> None:
    offer = an_offer()
    weeks = 0
    while offer.ends_on < date(2027, 11, 22):
        weeks += 4
        offer = offer.extend(NOW + days(7 * weeks), USUAL)

    assert (offer.ends_on, offer.extensions) == (date(2027, 11, 22), 12)
    with pytest.raises(LimitReached, match="extension_limit") as caught:
        offer.extend(NOW + days(7 * weeks), USUAL)
    assert caught.value.errors[0].choices == ("22/11/2027",)


@given(st.lists(st.integers(0, 27), max_size=40), st.integers(28, 400))
def test_extensions_never_pass_the_limit_nor_shorten_the_life(
    steps: list[int], longest: int
) -> None:
    offer, limits, now = an_offer(), USUAL.model_copy(update={"longest": longest}), NOW
    for step in steps:
        now += days(step)
        before = offer.ends_on
        try:
            offer = offer.extend(now, limits)
        except LimitReached:
            assert before == limits.extended(offer.live_since, now)
            continue
        assert before < offer.ends_on <= limits.furthest(offer.live_since)


def test_an_extension_that_gains_no_day_is_refused() -> None:
    offer = an_offer()

    with pytest.raises(LimitReached, match="extension_early"):
        offer.extend(NOW, USUAL)
    assert offer.extend(NOW + days(1), USUAL).ends_on == offer.ends_on + days(1)


def test_a_reactivation_counts_its_extensions_anew() -> None:
    limits = USUAL.model_copy(update={"longest": 28})
    with pytest.raises(LimitReached):
        an_offer().extend(LATER, limits)

    live = again(an_offer().expire(NOW), limits)

    assert limits.furthest(live.live_since) == live.ends_on


def test_the_history_says_who_when_what_and_by_which_link() -> None:
    offer = ACTS["expire"](ACTS["edit"](an_offer()))

    published, edited, expired = offer.history
    assert (published.what, published.who, published.at) == ("publish", "depositor", NOW)
    assert (edited.who, edited.link, edited.detail) == (
        "depositor",
        "manage.2",
        ("level", "openings"),
    )
    assert (expired.who, expired.link) == ("sweep", None)


def test_the_history_says_why_it_was_closed_and_no_word_that_was_typed() -> None:
    typed = an_offer().edit(a_need(description="Appelez Jeanne, jeanne@example.org"), LATER)
    closed = ACTS["fill"](typed)

    assert closed.history[-1].detail == ("with_depot", "cfa")
    assert "eanne" not in "".join(moment.model_dump_json() for moment in closed.history)


@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=80))
def test_the_history_is_bounded_and_keeps_its_beginning_and_its_end(moves: list[Move]) -> None:
    offer, done = an_offer(), 1
    for move in moves:
        if offer.state in MOVES[move].origins:
            offer, done = ACTS[move](offer), done + 1

    assert len(offer.history) == min(done, 20)
    assert offer.history[0].what == "publish"
    assert len("".join(moment.model_dump_json() for moment in offer.history)) < 3_000
    assert "history" not in change_of(offer).model_dump_json()


def test_an_offer_stored_before_it_had_a_history_is_read_with_none() -> None:
    stored = an_offer().model_dump(mode="json")
    for later in ("history", "channel", "reactivated_at"):
        del stored[later]

    assert Offer.model_validate(stored).expire(LATER).history[0].what == "expire"
