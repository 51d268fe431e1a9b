"""A file with an error deposits nothing and says where each error is."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.deposit.deposit_file import COLUMNS
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.errors import DepositFileRefused, DomainError, Refused, SubmissionReused
from depot.usecases.deposit.deposit_file import FileDesk
from depot.usecases.deposit.file_lines import DepositFile
from tests.builders import SIRET, SUBMISSION, a_company, a_depositor
from tests.unit.domain.deposit.test_deposit_file import written
from tests.unit.usecases.deposit.deposit_files import TWO, a_file, a_line, desk, states
from tests.world import World


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
