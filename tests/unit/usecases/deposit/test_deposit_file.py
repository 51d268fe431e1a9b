"""A file of several firms is shown line by line, then deposited, each line once."""

import pytest

from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import SubmissionErased
from depot.domain.life.offer import Offer
from depot.usecases.deposit.deposit_file import FileDesk
from depot.usecases.dossier.erase import begin
from tests.builders import NOW, SIRET
from tests.unit.usecases.deposit.deposit_files import OTHER, TWO, a_file, a_line, desk, states
from tests.world import SECOND, Crash, World, crash, minutes, nothing


class Budget:
    """Time for so many lines."""

    def __init__(self, lines: float = float("inf")) -> None:
        self.left = lines

    def __call__(self) -> bool:
        self.left -= 1
        return self.left >= 0


def test_a_preview_shows_each_line_as_it_was_understood_and_stores_nothing() -> None:
    world = World()

    view = desk(world).preview(a_file(*TWO))

    assert view.complete
    assert states(view) == [(2, "ready"), (3, "ready")]
    first, second = view.lines
    assert (first.firm, first.city) == ("AU BON PAIN", "PERIGUEUX")
    assert second.firm == "FOURNIL DU PORT"
    assert second.metier is not None
    assert second.metier.label == "Pâtissier / Pâtissière"
    assert second.contact.phone == "+33199001234"
    assert world.store.kept == {}
    assert world.sent == []


def test_each_line_becomes_a_deposit_on_behalf_whose_employer_is_told() -> None:
    world = World()

    view = desk(world).deposit(a_file(*TWO))

    assert view.complete
    assert states(view) == [(2, "deposited"), (3, "deposited")]
    recruiters = world.store.all(Recruiter)
    assert {recruiter.siret for recruiter in recruiters} == {SIRET, OTHER}
    assert {recruiter.contact.email for recruiter in recruiters} == {"claire@example.com"}
    told = [letter.to for letter in world.letters if letter.kind == "on_behalf_notice"]
    assert sorted(told) == ["jeanne@example.org", "paul@example.org"]
    assert {line.manage_url for line in view.lines} == {
        world.links.manage_url(recruiter) for recruiter in recruiters
    }


def test_the_same_file_twice_deposits_each_line_once() -> None:
    world = World()
    first = desk(world).deposit(a_file(*TWO))
    kept = dict(world.store.kept)

    again = desk(world, now=NOW + minutes(60)).deposit(a_file(*TWO))

    assert world.store.kept == kept
    assert states(again) == states(first)
    assert [line.manage_url for line in again.lines] == [line.manage_url for line in first.lines]


def test_a_file_sent_again_shows_no_link_that_was_renewed_nor_any_after_an_hour() -> None:
    world = World()
    first = desk(world).deposit(a_file(*TWO))
    world.renew((first.lines[0].manage_url or "").partition("#")[2])

    for act in (FileDesk.preview, FileDesk.deposit):
        soon, late = (act(desk(world, now=NOW + minutes(n)), a_file(*TWO)) for n in (1, 61))
        assert states(soon) == states(late) == states(first)
        assert [line.manage_url for line in soon.lines] == [None, first.lines[1].manage_url]
        assert [line.manage_url for line in late.lines] == [None, None]


def test_a_file_one_line_of_which_was_erased_is_refused_until_it_is_sent_anew() -> None:
    world = World()
    first = desk(world).deposit(a_file(*TWO))
    world.ask_erasure((first.lines[0].manage_url or "").partition("#")[2])
    kept = dict(world.store.kept)

    for act in (FileDesk.preview, FileDesk.deposit):
        with pytest.raises(SubmissionErased):
            act(desk(world), a_file(*TWO))
    assert world.store.kept == kept

    anew = desk(world).deposit(a_file(*TWO, submission_id=SECOND))
    assert states(anew) == [(2, "deposited"), (3, "skipped")]


def test_a_file_one_line_of_which_is_being_erased_is_refused() -> None:
    world = World()
    desk(world).deposit(a_file(*TWO))
    dossier = world.store.dossier(world.store.all(Recruiter)[0].id)
    assert dossier is not None
    begin(dossier, "asked", store=world.store, mailroom=world.mailroom, now=NOW)

    with pytest.raises(SubmissionErased):
        desk(world).preview(a_file(*TWO))


def test_the_same_file_under_another_submission_skips_what_is_live() -> None:
    world = World()
    desk(world).deposit(a_file(*TWO))

    preview = desk(world).preview(a_file(*TWO, submission_id=SECOND))
    again = desk(world).deposit(a_file(*TWO, submission_id=SECOND))

    assert states(preview) == [(2, "already_live"), (3, "already_live")]
    assert states(again) == [(2, "skipped"), (3, "skipped")]
    assert again.complete
    assert len(world.store.all(Offer)) == 2


def test_a_repeated_line_is_deposited_if_it_is_accepted() -> None:
    world = World()
    desk(world).deposit(a_file(*TWO))

    again = desk(world).deposit(a_file(*TWO, submission_id=SECOND, accepted=[3]))

    assert states(again) == [(2, "skipped"), (3, "deposited")]
    assert len(world.store.all(Offer)) == 3


def test_a_need_twice_in_a_file_is_asked_about() -> None:
    world = World()
    lines = (a_line(), a_line(contact_nom="Paul Martin"), a_line())

    view = desk(world).preview(a_file(*lines))

    assert [state for _, state in states(view)] == ["ready", "need_repeated", "need_repeated"]
    deposited = desk(world).deposit(a_file(*lines, accepted=[4]))
    assert [state for _, state in states(deposited)] == ["deposited", "skipped", "deposited"]


@pytest.mark.parametrize("after", range(6))
def test_a_crash_in_the_middle_is_resumed_by_sending_the_same_again(after: int) -> None:
    world = World()
    world.store.rivals = [*[nothing] * after, crash]

    with pytest.raises(Crash):
        desk(world).deposit(a_file(*TWO))
    world.store.rivals = []
    view = desk(world, now=NOW + minutes(5)).deposit(a_file(*TWO))

    assert states(view) == [(2, "deposited"), (3, "deposited")]
    assert len(world.store.all(Recruiter)) == 2
    assert len(world.store.all(Offer)) == 2


def test_what_takes_too_long_goes_on_where_it_was_left() -> None:
    world = World()
    lines = [a_line(contact_nom=f"Personne {rank} bis") for rank in range(6)]
    file = a_file(*lines, accepted=list(range(2, 8)))
    calls, view = 0, None

    while view is None or not view.complete:
        view = desk(world, Budget(9)).deposit(file)
        calls += 1
        assert calls < 10

    assert calls > 1
    assert {state for _, state in states(view)} == {"deposited"}
    assert len(world.store.all(Recruiter)) == 6


def test_nothing_is_stored_while_a_line_is_still_unchecked() -> None:
    world = World()

    view = desk(world, Budget(2)).deposit(a_file(*TWO))

    assert not view.complete
    assert states(view) == [(2, "ready"), (3, "unchecked")]
    assert world.store.kept == {}
