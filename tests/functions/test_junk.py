"""Whatever is posted: a refusal or a deposit, never a crash, never a trace of what was refused."""

import json
from typing import Any

from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from tests.deployment import Deployment
from tests.posted import BAKERY, a_deposit


# Keys of the form, so that junk lands where it is read; values near the limits of each field.
KEYS = [
    *("submission_id", "siret", "contact", "offers", "name", "email", "phone"),
    *("metier", "other_metiers", "start_on", "level", "openings", "description", "ask_cfa"),
    *("duplicates", "opco"),
]
NEARLY = [
    *("11573", BAKERY, BAKERY[:9], "00009991100018", "jeanne@example.org", "01 99 00 12 34"),
    *("2027-01-04", "2027-01-04T00:00:00Z", "0001-01-01", "9999-12-31", "3", 3, True, "true"),
    *(0, -1, 1.5, 10**20, 1e300, "", " ", "\u0000", "\u2028", "\u202e", "٣", "𝟛", "e\u0301" * 600),
    *("Jeanne Martin", "Je@nne", "Jean\nne", "<b>Jeanne</b>", "{{ 7 * 7 }}", "=1+1", "%s", "../"),
    *("é@example.org", "a@xn--.fr", "a@[127.0.0.1]", '"a b"@example.org', "a@b" + ".c" * 100),
    *("+33199001234", "+330199001234", "0" * 40, "+" * 40, "15", "3639", "0１99001234"),
    *("00000000-0000-0000-0000-000000000000", "{00000000-0000-4000-8000-000000000001}"),
]
scalars = st.one_of(
    st.sampled_from(NEARLY),
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=60),
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=8), inner, max_size=5)
    ),
    max_leaves=12,
)


def places(form: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something of a form may be replaced or taken away."""
    inner: Any = ()
    if isinstance(form, dict | list):
        inner = form.items() if isinstance(form, dict) else enumerate(form)
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


@st.composite
def spoiled_forms(draw: st.DrawFn) -> Any:
    """A good deposit with one to three places that hold something else, or nothing."""
    submission = str(draw(st.uuids()))
    offers = [
        {"metier": "11573", "other_metiers": ["17576"], "level": "3", "description": "De nuit"}
    ]
    form = a_deposit(submission_id=submission, offers=offers)
    for _ in range(draw(st.integers(0, 3))):
        *way, last = draw(st.sampled_from([place for place in places(form) if place]))
        at: Any = form
        for key in way:
            at = at[key]
        if draw(st.booleans()):
            at[last] = draw(values)
        else:
            del at[last]
    return form


def in_utf_8(form: Any) -> bytes:
    """As a browser writes it: nothing escaped, no lone surrogate."""
    return json.dumps(form, ensure_ascii=False).encode("utf-8", "replace")


bodies = st.one_of(
    spoiled_forms().map(json.dumps),
    spoiled_forms().map(json.dumps),
    spoiled_forms().map(
        lambda form: json.dumps(form, ensure_ascii=False).encode("utf-8", "replace")
    ),
    values.map(json.dumps),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.binary(max_size=200),
)


@settings(
    max_examples=4 * settings.default.max_examples,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(bodies, st.sampled_from(["application/json", "text/plain", "image/png", None]))
@example(b"\xed\xa0\x80", "application/json")
def test_whatever_is_posted_is_refused_or_deposited(
    deployed: Deployment, body: str | bytes, content_type: str | None
) -> None:
    items, mails = deployed.size(), len(deployed.mails())

    answer = deployed.http(
        "create_recruiter", "POST", "/api/recruiters", body=body, content_type=content_type
    )

    event(str(answer.status))
    if answer.status == 201:
        assert answer.body["manage_url"]
    else:
        assert 400 <= answer.status < 500, answer.body
        assert answer.headers["content-type"] == "application/problem+json"
        assert deployed.size() == items
        assert len(deployed.mails()) == mails
        for error in answer.body["errors"]:
            assert error["message"]
            assert error["remedy"]
