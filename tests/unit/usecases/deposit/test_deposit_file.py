"""Several firms by one file: shown first, deposited once, resumed where it was left."""

from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.deposit.deposit_file import COLUMNS
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import (
    DepositFileRefused,
    DomainError,
    Refused,
    SubmissionErased,
    SubmissionReused,
)
from depot.domain.life.offer import Offer
from depot.usecases.deposit.deposit_file import FileDesk
from depot.usecases.deposit.file_lines import DepositFile
from depot.usecases.dossier.erase import begin
from tests.builders import NOW, SIRET, SUBMISSION, a_company, a_depositor
from tests.unit.domain.deposit.test_deposit_file import written
from tests.world import SECOND, Crash, World, crash, minutes, nothing


OTHER = "48744469700428"


def a_line(**over: str) -> list[str]:
    given = {
        "siret": SIRET,
        "metier": "Boulanger",
        "contact_nom": "Jeanne Martin",
        "contact_email": "jeanne@example.org",
        "contact_telephone": "01 99 00 12 34",
    }
    return [{**given, **over}.get(column, "") for column in COLUMNS]


TWO = (a_line(), a_line(siret=OTHER, metier="patissiere", contact_email="paul@example.org"))


def a_file(*lines: list[str], **over: Any) -> DepositFile:
    content = written([list(COLUMNS), *lines])
    given = {
        "submission_id": SUBMISSION,
        "depositor": a_depositor(),
        "file": b64encode(content),
        **over,
    }
    return DepositFile.model_validate(given)


class Budget:
    """Time for so many lines."""

    def __init__(self, lines: float = float("inf")) -> None:
        self.left = lines

    def __call__(self) -> bool:
        self.left -= 1
        return self.left >= 0


def desk(world: World, enough_time: Any = None, now: Any = NOW) -> FileDesk:
    world.companies.known[OTHER] = a_company(siret=OTHER, name="FOURNIL DU PORT")
    return FileDesk(world.intake, now, enough_time or (lambda: True))


def refused(world: World, *lines: list[str]) -> list[tuple[str, str]]:
    """Errors of a file, which is refused whole by preview and by deposit."""
    found = []
    for act in (FileDesk.preview, FileDesk.deposit):
        with pytest.raises(Refused) as refusal:
            act(desk(world), a_file(*lines))
        found.append([(error.field, error.code) for error in refusal.value.errors])
    assert world.store.all(Recruiter) == []
    assert found[0] == found[1]
    return found[0]


def states(view: Any) -> list[tuple[int, str]]:
    return [(line.line, line.state) for line in view.lines]


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


def test_one_wrong_line_refuses_the_whole_file_and_every_error_is_told() -> None:
    wrong = a_line(siret="00009991100018", contact_email="paul@example.com")
    bad = a_line(siret="1,2E+13", metier="Boulangerie", contact_telephone="12")

    assert refused(World(), a_line(), wrong, bad) == [
        ("lines.3.contact_email", "own_domain"),
        ("lines.4.siret", "siret_scientific"),
        ("lines.4.metier", "metier_unread"),
        ("lines.4.contact_telephone", "phone"),
    ]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ({"siret": "00009991100018"}, ("siret", "unknown_company")),
        ({"siret": a_depositor()["siret"]}, ("siret", "firm_is_depositor")),
        ({"contact_telephone": "05 53 00 00 01"}, ("contact_telephone", "own_phone")),
        ({"contact_email": "claire@example.com"}, ("contact_email", "own_email")),
        ({"debut": "01/09/2020"}, ("debut", "start_past")),
        ({"postes": "11"}, ("postes", "less_than_equal")),
        ({"postes": "deux"}, ("postes", "int_parsing")),
        (
            {"metier": "Plongeur / Plongeuse en restauration"},
            ("metier", "metier_not_apprenticeable"),
        ),
        ({"description": "x" * 1001}, ("description", "string_too_long")),
    ],
)
def test_an_error_is_placed_by_line_and_column(
    line: dict[str, str], error: tuple[str, str]
) -> None:
    column, code = error

    assert refused(World(), a_line(), a_line(**line)) == [(f"lines.3.{column}", code)]


def test_a_firm_that_hides_is_sent_to_the_form() -> None:
    world = World()
    world.companies.known[SIRET] = a_company(diffusible=False)

    assert refused(world, a_line()) == [("lines.2.siret", "hidden_in_file")]


def test_the_lines_that_are_right_are_shown_beside_the_errors() -> None:
    with pytest.raises(DepositFileRefused) as refusal:
        desk(World()).preview(a_file(a_line(), a_line(siret="x")))

    assert [line.line for line in refusal.value.current.lines] == [2]  # type: ignore[attr-defined]


def test_a_metier_that_is_near_is_suggested() -> None:
    with pytest.raises(Refused) as refusal:
        desk(World()).preview(a_file(a_line(metier="restauration")))

    [error] = refusal.value.errors
    assert error.choices == ("Plongeur / Plongeuse en restauration",)


def test_a_directory_that_is_down_is_asked_once_and_stops_nobody() -> None:
    world = World()
    world.companies.down = True

    view = desk(world).deposit(a_file(*TWO))

    assert states(view) == [(2, "deposited"), (3, "deposited")]
    assert len(world.companies.asked) == 1
    assert {r.verification for r in world.store.all(Recruiter)} == {"to_verify"}


def test_the_depositor_is_checked_before_any_line() -> None:
    file = a_file(a_line(), depositor=a_depositor(siret="00009991100018"))

    with pytest.raises(Refused) as refusal:
        desk(World()).preview(file)

    assert [error.field for error in refusal.value.errors] == ["depositor.siret"]


def test_a_submission_of_somebody_else_is_not_resumed() -> None:
    world = World()
    desk(world).deposit(a_file(*TWO))
    contact = {"name": "Paul", "email": "paul@example.net", "phone": "05 53 00 00 02"}

    with pytest.raises(SubmissionReused):
        desk(world).deposit(a_file(*TWO, depositor=a_depositor(contact=contact)))


cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from([*a_line(), SIRET, "1,2E+13", "01/09/2027", "oui", "\x00", "é" * 5, "=1+1"]),
)


@given(st.lists(st.lists(cells, min_size=10, max_size=10), min_size=1, max_size=4), st.integers(0))
def test_any_cells_are_deposited_as_shown_or_refused_in_words(
    rows: list[list[str]], luck: int
) -> None:
    good = a_line()
    lines = [
        [good[rank] if (luck >> rank) & 1 else cell for rank, cell in enumerate(row)]
        for row in rows
    ]
    world = World()
    try:
        view = desk(world).preview(a_file_of(lines))
    except DomainError:
        assert world.store.kept == {}
        return
    assert view.complete
    assert desk(world).deposit(a_file_of(lines)).complete


def a_file_of(lines: list[list[str]]) -> DepositFile:
    content = written([list(COLUMNS), *lines], encoding="utf-8-sig").decode("utf-8-sig", "replace")
    given = {"submission_id": SUBMISSION, "depositor": a_depositor()}
    return DepositFile.model_validate({**given, "file": b64encode(content.encode())})
