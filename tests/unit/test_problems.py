"""Every refusal has words, in French, that never repeat what was typed."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

import depot
from depot.domain.dossier.link_request import LinkForm
from depot.domain.dossier.recruiter import OfferSubmission, RecruiterForm
from depot.domain.errors import DomainError, FieldError, Refused, StaleVersion, refusal
from depot.edge import api
from depot.edge.problems import from_domain, problem
from depot.usecases.cfa.choice_view import Standing
from depot.usecases.cfa.choose_cfas import CfaAsking
from depot.usecases.deposit.duplicates import DuplicateReport
from depot.usecases.deposit.file_lines import DepositFile
from depot.usecases.dossier.change_contact import ContactEdit
from depot.usecases.dossier.erase import ErasureForm
from depot.usecases.dossier.renew_link import Renewal
from depot.usecases.dossier.retain import Keeping
from depot.usecases.employer.answer_employer import EmployerCorrection, EmployerGesture
from depot.usecases.firm.companies import ChoicesQuery, CompanyQuery
from depot.usecases.firm.correct_firm import FirmEdit
from depot.usecases.life.close_offer import Closure
from depot.usecases.life.manage_offers import Extension, OfferEdit
from depot.usecases.life.reactivate_offer import Reactivation
from depot.usecases.opco.answer_notice import NoticeAnswer
from depot.usecases.opco.declare_opco import OpcoClaim
from depot.usecases.partners.receive_receipts import ReceiptsForm
from depot.words import FIELDS, PROBLEMS, shapes
from tests.builders import BAKER, PASTRY_COOK, SUBMISSION, a_deposit, a_depositor


Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

NEED: dict[str, Json] = {
    "metier": BAKER.code,
    "other_metiers": [PASTRY_COOK.code],
    "start_on": "2027-01-04",
    "level": "3",
    "openings": 1,
    "description": "Four à bois",
    "ask_cfa": False,
    "workplace": {"street": "12 rue du Four", "postcode": "24000", "city": "Périgueux"},
}
SHOWN: Json = {
    "offer_id": "0" * 32,
    "state": "shown",
    "at": "2026-11-25T09:30:00Z",
    "updated_at": "2026-11-25T09:00:00+01:00",
    "url": "https://partner.example/offres/1",
}
REFUSED: Json = {
    "offer_id": "1" * 32,
    "state": "refused",
    "at": "2026-11-25T09:30:00Z",
    "reason": "Adresse introuvable",
}
VALID: dict[type[BaseModel], dict[str, Json]] = {
    RecruiterForm: {
        **a_deposit().model_dump(mode="json"),
        "offers": [NEED],
        "correction": {"name": "Au bon pain", "address": NEED["workplace"]},
        "depositor": a_depositor(),
    },
    DepositFile: {
        "submission_id": str(SUBMISSION),
        "depositor": a_depositor(),
        "file": "c2lyZXQ=",
        "accepted": [2],
    },
    EmployerGesture: {"version": 1},
    EmployerCorrection: {
        "version": 1,
        "contact": {"name": "Paul Martin", "email": "p@example.org", "phone": "01 99 00 99 99"},
        "description": "De jour",
    },
    FirmEdit: {"version": 1, "name": "Au bon pain", "address": NEED["workplace"]},
    OfferSubmission: {"submission_id": str(SUBMISSION), "duplicates": "ask", **NEED},
    LinkForm: {"email": "jeanne@example.org", "siret": None},
    ContactEdit: {"version": 1, **a_deposit().contact.model_dump(mode="json")},
    ErasureForm: {"version": 1, "confirmation": "effacer"},
    Renewal: {"version": 1},
    Keeping: {"version": 1},
    DuplicateReport: {"siret": "48744469700428", "metier": BAKER.code},
    OfferEdit: {"version": 1, **NEED},
    Extension: {"version": 1},
    Closure: {"version": 1, "outcome": "filled", "reason": None, "channel": None},
    Reactivation: {"version": 1, "duplicates": "ask"},
    CfaAsking: {"version": 1, "sirens": ["000000018"]},
    OpcoClaim: {"version": 1, "opco": None},
    CompanyQuery: {"siret": "48744469700428"},
    NoticeAnswer: {"version": 1, "answer": "not_ours", "to": "Akto"},
    ChoicesQuery: {"q": "Au bon pain", "place": "24000"},
    ReceiptsForm: {"receipts": [SHOWN, REFUSED]},
}
# One value that raises each code: the field of a deposit, as a path, and what is put there.
EXAMPLES: dict[str, tuple[str, Json]] = {
    "siret_digits": ("siret", "48744469700A28"),
    "siret_length": ("siret", "4874446970042"),
    "siret_is_siren": ("siret", "487444697"),
    "siret_key": ("siret", "48744469700429"),
    "sign": ("correction.name", "?"),
    "sign_link": ("correction.name", "www.example.org"),
    "name": ("contact.name", "?"),
    "name_link": ("contact.name", "www.example.org"),
    "email": ("contact.email", "jeanne"),
    "email_accent": ("contact.email", "zoé@example.org"),
    "phone": ("contact.phone", "12"),
    "phone_costly": ("contact.phone", "0899123456"),
    "street": ("offers.0.workplace.street", "?"),
    "street_link": ("offers.0.workplace.street", "jeanne@example.org"),
    "postcode": ("offers.0.workplace.postcode", "2400"),
    "city": ("offers.0.workplace.city", "24000 CEDEX"),
    "missing": ("contact", {"name": "Jeanne Martin", "email": "jeanne@example.org"}),
    "text_link": ("offers.0.description", "Voir evil.example/login"),
    "string_too_long": ("offers.0.description", "x" * 1001),
    "string_too_short": ("offers.0.metier", ""),
    "string_type": ("siret", 48744469700428),
    "int_type": ("offers.0.openings", None),
    "int_parsing": ("offers.0.openings", "deux"),
    "int_parsing_size": ("offers.0.openings", "9" * 5000),
    "int_from_float": ("offers.0.openings", 1.5),
    "finite_number": ("offers.0.openings", float("inf")),
    "greater_than_equal": ("offers.0.openings", 0),
    "less_than_equal": ("offers.0.openings", 11),
    "date_from_datetime_parsing": ("offers.0.start_on", "2027-02-29"),
    "date_from_datetime_inexact": ("offers.0.start_on", "2027-01-04T10:00"),
    "date_type": ("offers.0.start_on", []),
    "bool_type": ("offers.0.ask_cfa", []),
    "bool_parsing": ("offers.0.ask_cfa", "peut-être"),
    "uuid_type": ("submission_id", 1),
    "uuid_parsing": ("submission_id", "1"),
    "uuid_version": ("submission_id", "00000000-0000-0000-0000-000000000000"),
    "metiers_too_many": ("offers.0.other_metiers", ["1", "2", "3"]),
    "metier_repeated": ("offers.0.other_metiers", [BAKER.code]),
    "literal_error": ("offers.0.level", "2"),
    "offers_too_many": ("offers", [NEED] * 11),
    "list_type": ("offers", "11573"),
    "model_type": ("contact", "Jeanne Martin"),
    "extra_forbidden": ("offers.0.salary", 1800),
}
CHOICES = {f"cfas_{standing}" for standing in set(get_args(Standing)) - {"open", "over"}}
# The same, of receipts.
OF_RECEIPTS: dict[str, tuple[str, Json]] = {
    "datetime_from_date_parsing": ("receipts.0.at", "hier"),
    "datetime_parsing": ("receipts.0.at", "0001-01-01T00:00:00+14:00"),
    "datetime_type": ("receipts.0.at", []),
    "timezone_aware": ("receipts.0.at", "2026-11-25T09:30:00"),
    "url": ("receipts.0.url", "javascript:alert(1)"),
    "url_unexpected": ("receipts.1.url", "https://partner.example"),
    "reason_missing": ("receipts.1.reason", " "),
    "reason_unexpected": ("receipts.0.reason", "Adresse introuvable"),
    "receipts_too_many": ("receipts", [SHOWN] * 101),
}
# Raised by what no value in a JSON document can be, or by a rule that needs more than the form.
ELSEWHERE = {
    "confirmation",
    "json_invalid",
    "string_unicode",
    "unknown_company",
    "closed_company",
    "hidden_company",
    "hidden_firm",
    "search_short",
    "too_long",
    "metier_unknown",
    "opco_unknown",
    "already_live",
    "at_future",
    "need_repeated",
    "metier_not_apprenticeable",
    "start_past",
    "start_far",
    "opco_unfit",
    "depositor_is_firm",
    "own_email",
    "own_domain",
    "own_phone",
    "firm_is_depositor",
    "base64_decode",
    "base64_encode",
    "bytes_type",
    "file_empty",
    "file_too_large",
    "file_workbook",
    "file_encoding",
    "file_csv",
    "file_columns_missing",
    "file_columns_unknown",
    "file_columns_twice",
    "file_no_line",
    "file_too_many_lines",
    "line_longer",
    "example_line",
    "siret_scientific",
    "siret_zeros",
    "phone_scientific",
    "start_unread",
    "level_unread",
    "yes_or_no",
    "metier_unread",
    "metier_ambiguous",
    "hidden_in_file",
    "to_without_passing",
    "reply_unfit",
    "back_past",
    "extension_limit",
    "extension_early",
    "reactivation_limit",
    "live_limit",
    "added_limit",
    "email_limit",
    "postcode_unknown",
    "city_elsewhere",
    "cfa_unfit",
    "cfas_too_many",
    *CHOICES,
}
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
