"""A directory that hangs keeps nothing waiting but the firms it should tell of."""

from collections.abc import Callable
from dataclasses import dataclass

from depot.domain.errors import SourceUnavailable
from depot.domain.firm.company import Company
from tests.builders import SIRET, a_company, a_letter, a_recruiter, an_offer
from tests.fakes import FakeCompanies
from tests.letters.given import END
from tests.world import World, minutes


QUESTION, BUDGET = 1.2, 280.0  # seconds


@dataclass
class SlowCompanies(FakeCompanies):
    """Each question takes its time; ``mute`` are the questions that are never answered."""

    spent: float = 0.0
    mute: Callable[[str], bool] = lambda siret: True  # noqa: ARG005 - all of them

    def find(self, siret: str) -> Company | None:
        self.spent += QUESTION
        self.asked.append(siret)
        if self.mute(siret):
            raise SourceUnavailable
        return self.known.get(siret)

    def enough_time(self) -> bool:
        return self.spent < BUDGET


def waiting(world: World, firms: int) -> SlowCompanies:
    """So many firms to verify; an offer that ended, and a letter to send, behind them."""
    slow = SlowCompanies({SIRET: a_company()})
    world.companies = slow
    for rank in range(firms):
        world.keep(a_recruiter(id=f"r{rank:03d}", company=None, verify_at=END))
    world.keep(a_recruiter(id="z"), an_offer("o1", recruiter=a_recruiter(id="z")))
    world.keep(a_letter().model_copy(update={"recruiter_id": "z"}))
    return slow


def test_what_asks_nobody_is_done_before_the_directory_is_asked() -> None:
    world = World()
    slow = waiting(world, 250)
    sent_before: list[int] = []
    slow.mute = lambda siret: sent_before.append(len(world.sent)) is None  # noqa: ARG005 - never

    swept = world.sweep(END, slow.enough_time)

    assert (swept.expired, swept.letters) == (1, 1)
    assert set(sent_before) == {2}


def test_a_directory_silent_three_times_in_a_row_is_left_alone_till_the_next_sweep() -> None:
    world = World()
    slow = waiting(world, 20)

    swept = world.sweep(END, slow.enough_time)

    assert (len(slow.asked), swept.unfinished) == (3, True)


def test_three_firms_it_never_tells_of_do_not_keep_the_others_waiting() -> None:
    world = World()
    slow = waiting(world, 20)
    stuck = {f"r{rank:03d}" for rank in range(3)}
    for owner in stuck:
        world.keep(a_recruiter(id=owner, siret="30247464800664", company=None, verify_at=END))
    slow.mute = lambda siret: siret != SIRET

    for run in range(12):
        world.sweep(END + minutes(15 * run), slow.enough_time)

    told = {letter.recruiter_id for letter in world.letters if letter.kind == "firm_verified"}
    assert len(told) == 17


def test_an_answer_between_two_silences_lets_the_sweep_go_on() -> None:
    world = World()
    slow = waiting(world, 20)
    slow.mute = lambda siret: len(slow.asked) % 3 != 0  # noqa: ARG005 - two out of three

    swept = world.sweep(END, slow.enough_time)

    assert (len(slow.asked), swept.verified, swept.unfinished) == (20, 6, False)


def test_firms_left_for_want_of_time_are_verified_by_the_next_sweeps() -> None:
    world = World()
    slow = waiting(world, 250)
    slow.mute = lambda siret: False  # noqa: ARG005 - it answers, slowly

    first = world.sweep(END, slow.enough_time)
    slow.spent = 0.0
    second = world.sweep(END + minutes(15), slow.enough_time)

    assert (first.expired, first.unfinished, second.unfinished) == (1, True, False)
    assert first.verified + second.verified == 250
