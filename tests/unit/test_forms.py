"""Whatever a form holds, it is accepted or refused in words, field by field."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from depot.domain.dossier.recruiter import RecruiterForm
from depot.domain.errors import FieldError, Refused, refusal
from depot.edge.problems import from_domain
from depot.usecases.firm.companies import CompanyQuery
from depot.usecases.partners.receive_receipts import ReceiptsForm
from depot.words import FIELDS
from tests.unit.forms import EXAMPLES, OF_RECEIPTS, VALID, Json


MARK = "zqx"  # in all that is typed below, in nothing that we write


def codes(model: type[BaseModel], document: str) -> list[FieldError]:
    try:
        model.model_validate_json(document)
    except ValidationError as error:
        return list(refusal(error).errors)
    return []


def replaced(document: Json, path: list[str], value: Json) -> Json:
    """The document with another value at a path."""
    if not path:
        return value
    step, *rest = path
    if isinstance(document, list):
        rank = int(step) % len(document)
        return [replaced(d, rest, value) if n == rank else d for n, d in enumerate(document)]
    assert isinstance(document, dict)
    return {**document, step: replaced(document.get(step), rest, value)}


def paths(document: Json, before: tuple[str, ...] = ()) -> Iterator[list[str]]:
    if isinstance(document, dict):
        for name, value in document.items():
            yield [*before, name]
            yield from paths(value, (*before, name))
    elif isinstance(document, list):
        for rank, value in enumerate(document):
            yield from paths(value, (*before, str(rank)))


texts = st.text(max_size=12).map(lambda text: MARK + text) | st.sampled_from(
    [f"{MARK}@example.org", "9" * 15, "9" * 5000, "2027-99-99", "2027-01-04T25:00", "", "1e400"]
)


scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts | st.dates().map(str)


junk: st.SearchStrategy[Json] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=12) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def near_misses(draw: st.DrawFn) -> tuple[type[BaseModel], str]:
    """A form that would be accepted, but for one to three values."""
    model = draw(st.sampled_from(sorted(VALID, key=lambda model: model.__name__)))
    document: Json = VALID[model]
    for path in draw(st.lists(st.sampled_from(list(paths(document))), min_size=1, max_size=3)):
        try:
            document = replaced(document, path, draw(junk))
        except (AssertionError, ValueError, ZeroDivisionError):  # an earlier value is in the place
            continue
    return model, json.dumps(document)


def test_forms_that_fit_are_accepted() -> None:
    for model, document in VALID.items():
        assert codes(model, json.dumps(document)) == []


@pytest.mark.parametrize("code", EXAMPLES)
def test_a_field_that_cannot_be_accepted_is_named_with_its_code(code: str) -> None:
    path, value = EXAMPLES[code]
    document = replaced(VALID[RecruiterForm], path.split("."), value)

    (error,) = codes(RecruiterForm, json.dumps(document))

    assert error.code == code
    assert error.field == (f"{path}.phone" if code == "missing" else path)


@pytest.mark.parametrize("code", OF_RECEIPTS)
def test_a_receipt_that_cannot_be_accepted_is_named_with_its_code(code: str) -> None:
    path, value = OF_RECEIPTS[code]
    document = replaced(VALID[ReceiptsForm], path.split("."), value)

    assert codes(ReceiptsForm, json.dumps(document)) == [FieldError(path, code)]


def test_what_is_no_json_is_refused_in_words() -> None:
    for text in ["", "{", "oui", '{"a":"\\ud800"}', "[" * 1000]:
        assert codes(RecruiterForm, text) == [FieldError("", "json_invalid")]


def test_a_path_that_is_no_text_is_refused_in_words() -> None:
    with pytest.raises(ValidationError) as caught:
        CompanyQuery(siret="\ud800")

    assert refusal(caught.value).errors == (FieldError("siret", "string_unicode"),)


def told(errors: list[FieldError]) -> None:
    """What must hold of every refusal."""
    assert {error.code for error in errors} <= set(FIELDS)
    said = from_domain(Refused(*errors))
    for part in [said.title, said.detail, *(f"{e.message} {e.remedy}" for e in said.errors)]:
        assert part.strip()
        assert MARK not in part


@given(near_misses())
@settings(max_examples=400)
def test_a_form_nearly_right_is_accepted_or_refused_in_words(
    near_miss: tuple[type[BaseModel], str],
) -> None:
    told(codes(*near_miss))


@given(st.sampled_from(list(VALID)), junk)
@settings(max_examples=150)
def test_any_json_is_refused_in_words(model: type[BaseModel], document: Json) -> None:
    errors = codes(model, json.dumps(document))

    assert errors
    told(errors)


@given(st.sampled_from(list(VALID)), st.binary(max_size=60))
def test_any_bytes_are_refused_in_words(model: type[BaseModel], body: bytes) -> None:
    with pytest.raises(ValidationError) as caught:
        model.model_validate_json(body)

    told(list(refusal(caught.value).errors))
