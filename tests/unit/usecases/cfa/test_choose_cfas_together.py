"""Ten centres an offer at most, once each, whatever happens at once and whoever dies on the way."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st

from depot.domain.cfa.cfa_contact import CfaContact
from depot.domain.cfa.rounds import CfaRound
from depot.domain.errors import DepotError
from depot.usecases.deposit.receipt import Receipt
from tests.builders import BAKER, NOW, a_deposit, a_training
from tests.world import Crash, World, crash, minutes, nothing, token_of


CENTRES = 16


class Step(NamedTuple):
    """One thing somebody does. ``within``: its commit is preceded by the next step, or a crash."""

    kind: str
    sirens: tuple[str, ...] = ()
    within: str = ""


sirens = st.integers(0, CENTRES - 1).map(lambda rank: f"{rank:09d}")
steps = st.builds(
    Step,
    kind=st.sampled_from(["choose", "run", "sweep", "leave it to us", "edit", "close a centre"]),
    sirens=st.lists(sirens, max_size=12).map(tuple),
    within=st.sampled_from(["", "", "next", "crash"]),
)


class Story:
    """Steps taken on one offer, some within others."""

    def __init__(self) -> None:
        self.world = World()
        self.world.catalogue.known = [
            a_training(siren=f"{rank:09d}", email=f"cfa{rank}@example.org", latitude=45 + rank / 20)
            for rank in range(CENTRES)
        ]
        self.receipt: Receipt = self.world.deposit(a_deposit(offers=[{"metier": BAKER.code}]))
        self.steps: list[Step] = []

    def tell(self, steps: Sequence[Step]) -> None:
        self.steps = list(steps)
        while self.steps:
            self.take(self.steps.pop(0))
            self.world.store.rivals = []

    def take(self, step: Step) -> None:
        if step.within:
            first = crash if step.within == "crash" else self.take_next
            self.world.store.rivals.insert(0, first)
        with suppress(DepotError, Crash):
            self._acts()[step.kind](step.sirens)
        self.check()

    def take_next(self) -> None:
        if self.steps:
            self.take(self.steps.pop(0))
        else:
            nothing()

    def _acts(self) -> dict[str, Callable[[tuple[str, ...]], object]]:
        world, receipt = self.world, self.receipt
        offer_id = receipt.offers[0].id
        return {
            "choose": lambda chosen: world.choose(receipt, *chosen),
            "run": lambda _: world.match(receipt.recruiter_id, offer_id),
            "sweep": lambda _: world.sweep(NOW + minutes(6)),
            "leave it to us": lambda _: self._edit(ask_cfa=True),
            "edit": lambda _: self._edit(ask_cfa=False),
            "close a centre": lambda _: world.catalogue.known.pop(0),
        }

    def _edit(self, *, ask_cfa: bool) -> None:
        (shown,) = self.world.show(token_of(self.receipt)).offers
        self.world.edit(shown, token_of(self.receipt), ask_cfa=ask_cfa)

    def check(self) -> None:
        asked = [contact.centre.siren for contact in self.world.store.all(CfaContact)]
        assert len(asked) == len(set(asked)) <= 10
        said = [siren for each in self.world.store.all(CfaRound) for siren in each.asked]
        assert sorted(said) == sorted(asked)
        written = [each.id for each in self.world.letters if each.kind == "cfa_need"]
        assert len(written) == len(asked)
        view = self.world.choice(self.receipt)
        assert 0 <= view.left <= 10 - len(view.asked)
        assert not {centre.siren for centre in view.centres} & set(asked)


@given(st.lists(steps, max_size=8))
@example([Step("choose", ("000000001",), "next"), Step("choose", ("000000001",))])
@example([Step("leave it to us"), Step("run", (), "next"), Step("sweep", (), "next"), Step("run")])
def test_ten_at_most_and_once_each(steps: list[Step]) -> None:
    story = Story()
    story.tell(steps)
    # Whatever was left behind is done by the sweep, and nothing is done twice.
    story.tell([Step("sweep"), Step("sweep")])
    assert all(each.state == "done" for each in story.world.store.all(CfaRound))
    mails = Counter(letter.id for letter, _ in story.world.courier.sent)
    needs = {letter for letter in mails if letter.startswith("cfa_need")}
    assert len(needs) <= 10


@given(st.lists(sirens, min_size=1, max_size=10, unique=True), st.permutations(range(CENTRES)))
def test_what_is_promised_is_kept(chosen: list[str], order: list[int]) -> None:
    """Centres that the page said were chosen are asked, whoever else chooses before they are."""
    story = Story()
    story.world.choose(story.receipt, *chosen)
    others = [f"{rank:09d}" for rank in order if f"{rank:09d}" not in chosen]

    story.world.choose(story.receipt, *others[: 10 - len(chosen)])
    story.take(Step("leave it to us"))
    story.take(Step("run"))

    asked = {contact.centre.siren for contact in story.world.store.all(CfaContact)}
    assert set(chosen) <= asked
    assert len(asked) == 10
