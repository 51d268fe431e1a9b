"""Every state of an offer, every move from it, those that are refused."""

import re
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from depot.domain.errors import NotLive
from depot.domain.feed.record import OfferRecord, Tombstone, change_of
from depot.domain.life.states import CHANNELS, MOVES, REASONS, Channel, Move, Reason, State
from tests.builders import NOW, an_offer
from tests.unit.domain.life.moves import ACTS, IN_STATE, LATER


DRAWING = Path(__file__).parents[4] / "docs" / "life.md"


PAIRS = list(product(get_args(State), get_args(Move)))


ALLOWED = [(state, move) for state, move in PAIRS if state in MOVES[move].origins]


FORBIDDEN = [pair for pair in PAIRS if pair not in ALLOWED]


def test_every_move_has_its_row_and_every_row_its_move() -> None:
    assert MOVES.keys() == set(get_args(Move)) == ACTS.keys()
    assert IN_STATE.keys() == set(get_args(State))
    assert len(ALLOWED) == 5 + 4 + 4 + 4 + 3
    assert len(ALLOWED) + len(FORBIDDEN) == 45


@pytest.mark.parametrize(("state", "move"), ALLOWED)
def test_a_move_of_the_table_leads_where_it_says(state: State, move: Move) -> None:
    offer = IN_STATE[state](an_offer())
    before = offer.model_copy()

    moved = ACTS[move](offer)

    assert moved.state == MOVES[move].to
    assert moved.version == offer.version + 1
    assert offer == before
    assert (moved.history[:-1], moved.history[-1].what) == (offer.history, move)


@pytest.mark.parametrize(("state", "move"), FORBIDDEN)
def test_a_move_that_is_not_in_the_table_is_refused(state: State, move: Move) -> None:
    with pytest.raises(NotLive):
        ACTS[move](IN_STATE[state](an_offer()))


def test_the_drawing_says_what_the_table_says() -> None:
    arrows = re.findall(r"^    (\w+) --> (\w+) : (.+)$", DRAWING.read_text("utf-8"), re.MULTILINE)
    drawn = {(origin, move, to) for origin, to, moves in arrows for move in moves.split(", ")}

    assert drawn == {
        (origin, move, rule.to) for move, rule in MOVES.items() for origin in rule.origins
    }


def test_expired_is_not_cancelled_for_us_nor_for_partners() -> None:
    told = {state: change_of(reach(an_offer())) for state, reach in IN_STATE.items()}

    assert isinstance(told.pop("live"), OfferRecord)
    reasons = {state: tombstone.reason for state, tombstone in told.items() if _gone(tombstone)}
    assert reasons == {
        "filled": "filled",
        "cancelled": "cancelled",
        "expired": "expired",
        "withdrawn": "removed",
    }


def _gone(change: object) -> bool:
    return isinstance(change, Tombstone)


def test_a_closed_offer_says_when_why_and_by_which_channel() -> None:
    closed = ACTS["fill"](an_offer())

    assert (closed.closed_at, closed.updated_at) == (LATER, LATER)
    assert (closed.reason, closed.channel) == ("with_depot", "cfa")


def test_a_reason_said_later_changes_nothing_that_partners_see() -> None:
    closed = an_offer().close("filled", None, NOW)

    said = closed.close("filled", "without_depot", LATER, channel="opco")

    assert change_of(said) == change_of(closed)
    assert (said.reason, said.channel, said.closed_at) == ("without_depot", "opco", NOW)


def test_an_expired_offer_that_was_filled_is_said_so_to_partners() -> None:
    expired = an_offer().expire(NOW)

    filled = expired.close("filled", None, LATER)

    assert (filled.state, filled.closed_at, filled.updated_at) == ("filled", NOW, LATER)


def test_reasons_and_channels_are_each_of_something() -> None:
    reasons = {reason for some in REASONS.values() for reason in some}
    channels = {channel for some in CHANNELS.values() for channel in some}

    assert reasons == set(get_args(Reason)) - {"firm_refused", "removed_by_employer"}
    assert channels == set(get_args(Channel))
    assert CHANNELS.keys() == REASONS["filled"]
