"""Every refusal has words a person can act on."""

import ast
import json
import re
from pathlib import Path

import pytest

import depot
from depot.domain.errors import DomainError, FieldError, Refused, StaleVersion
from depot.edge import api
from depot.edge.problems import from_domain, problem
from depot.usecases.life.manage_offers import Extension
from depot.words import FIELDS, PROBLEMS, shapes
from tests.unit.forms import ELSEWHERE, EXAMPLES, OF_RECEIPTS


def in_package(function: str, argument: int) -> set[str]:
    """Every literal the package passes to a function, at one place."""
    root = Path(depot.__file__).parent
    trees = [ast.parse(file.read_text("utf-8")) for file in root.rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    passed = [
        call.args[argument]
        for call in calls
        if ast.unparse(call.func).rpartition(".")[2] == function and len(call.args) > argument
    ]
    return {str(given.value) for given in passed if isinstance(given, ast.Constant)}


def subclasses(kind: type[DomainError]) -> set[type[DomainError]]:
    return {kind}.union(*(subclasses(child) for child in kind.__subclasses__())) - {DomainError}


def test_every_word_in_the_table_can_be_read_by_somebody() -> None:
    assert set(FIELDS) == set(EXAMPLES) | set(OF_RECEIPTS) | ELSEWHERE


def test_every_code_the_package_gives_a_field_has_words() -> None:
    given_codes = in_package("FieldError", 1) | in_package("LimitReached", 0)
    given_codes |= in_package("PydanticCustomError", 0)

    assert {"siret_key", "phone", "unknown_company", "metier_unknown"} <= given_codes
    assert given_codes <= set(FIELDS)


def test_every_refusal_has_its_problem_and_every_problem_its_refusal() -> None:
    assert api.TooLarge in subclasses(DomainError)
    raised = {kind.code for kind in subclasses(DomainError)}

    assert raised | in_package("problem", 0) == set(PROBLEMS)


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_problem_says_what_happened_and_what_to_do(code: str) -> None:
    said = problem(code)

    assert 400 <= said.status < 600
    for sentence in (said.title, said.detail):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "'" not in sentence


@pytest.mark.parametrize("code", FIELDS)
def test_a_field_error_says_what_is_wrong_and_what_to_do(code: str) -> None:
    words = FIELDS[code]

    for sentence in words:
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "'" not in sentence
    assert words.message != words.remedy


def test_what_is_said_of_any_field_speaks_of_none() -> None:
    """A list of a file is no list of offers, and not every wrong value is an e-mail address."""
    subjects = re.compile(r"offre|métier|centre|e-mail|téléphone|SIRET|entreprise", re.IGNORECASE)

    said = {code: " ".join(words) for code, words in shapes.FIELDS.items()}

    assert "too_long" in said
    assert "value_error" not in FIELDS, "pydantic says it of anything"
    assert [code for code, sentences in said.items() if subjects.search(sentences)] == []


def test_the_present_state_travels_with_a_stale_version() -> None:
    current = Extension(version=7)

    said = from_domain(StaleVersion(current))

    assert (said.status, said.code, said.current) == (409, "stale_version", current)
    assert json.loads(said.model_dump_json())["current"] == {"version": 7}


def test_a_refusal_lists_its_fields_in_order_with_their_words() -> None:
    said = from_domain(Refused(FieldError("siret", "siret_key"), FieldError("b", "phone")))

    assert (said.status, said.code) == (422, "invalid")
    assert [error.field for error in said.errors] == ["siret", "b"]
    assert said.errors[0].message == FIELDS["siret_key"].message
