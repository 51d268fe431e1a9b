"""An answer that cannot be accepted, and every token that is not of this turn."""

import hashlib
import json
from typing import Any

import pytest
from itsdangerous import Signer

from depot.usecases.opco.notice_view import NoticeView
from tests.deployment import EP, EP_MAILBOX, Deployment
from tests.functions.noticed import answer, show, token, told
from tests.posted import french


def test_what_changed_since_it_was_read_is_a_conflict_with_the_present_view(
    deployed: Deployment,
) -> None:
    told(deployed)
    link = token(deployed, EP_MAILBOX)
    answer(deployed, link, answer="taking")

    stale = answer(deployed, link, version=2, answer="not_ours")

    assert (stale.status, stale.body["code"]) == (409, "notice_moved")
    present = NoticeView.model_validate(stale.body["current"])
    assert present == NoticeView.model_validate(show(deployed, link).body)
    assert french(stale.body["title"])
    assert french(stale.body["detail"])
    assert len(deployed.mails()) == 2


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ({"answer": "perhaps"}, {"answer": "literal_error"}),
        ({}, {"answer": "missing"}),
        ({"answer": "taking", "version": 0}, {"version": "greater_than_equal"}),
        ({"answer": "taking", "to": EP}, {"to": "to_without_passing"}),
        ({"answer": "not_ours", "to": EP}, {"to": "opco_unfit"}),
        ({"answer": "not_ours", "to": "x" * 201}, {"to": "string_too_long"}),
        ({"answer": "not_ours", "to": 3}, {"to": "string_type"}),
        ({"answer": "taking", "more": 1}, {"more": "extra_forbidden"}),
    ],
)
def test_an_answer_that_cannot_be_accepted_is_refused_in_words_and_writes_nothing(
    deployed: Deployment, body: dict[str, Any], refused: dict[str, str]
) -> None:
    told(deployed)
    link, before = token(deployed, EP_MAILBOX), deployed.items()

    said = answer(deployed, link, **body)

    assert (said.status, said.fields) == (422, refused)
    assert all(french(error["message"]) for error in said.body["errors"])
    assert deployed.items() == before


def test_each_link_opens_its_own_purpose_alone(deployed: Deployment) -> None:
    mine = told(deployed)
    link = token(deployed, EP_MAILBOX)

    assert show(deployed, mine.token).status == 401
    assert answer(deployed, mine.token, answer="taking").status == 401
    path = f"/api/manage/offers/{mine.offer['id']}"
    asked = [
        deployed.http("manage_offers", "GET", "/api/manage", token=link),
        deployed.http("manage_offers", "PUT", path, token=link, body={"metier": "11573"}),
        deployed.http(
            "add_offer", "POST", f"/api/recruiters/{mine.recruiter_id}/offers", token=link
        ),
    ]
    assert {said.status for said in asked} <= {401, 422}
    close = deployed.http(
        "manage_offers",
        "POST",
        f"{path}/closure",
        token=link,
        body={"version": 1, "outcome": "filled"},
    )
    assert (close.status, close.body["code"]) == (401, "link_invalid")


def test_every_other_token_is_refused_in_the_same_words(deployed: Deployment) -> None:
    mine = told(deployed)
    link = token(deployed, EP_MAILBOX)
    claim = link.rpartition(".")[0]

    def signed(text: str, salt: str = "depot.opco") -> str:
        signer = Signer(
            "2" * 64, salt=salt, sep=".", key_derivation="hmac", digest_method=hashlib.sha256
        )
        return signer.sign(text).decode()

    assert signed(claim) == link
    tokens = {
        "none": None,
        "empty": "",
        "manage": mine.token,
        "shortened": link[:-3],
        "of another purpose": signed(claim, salt="depot.manage"),
        "of no offer": signed(claim.replace(mine.offer["id"], "nothing")),
        "of nobody": signed(claim.replace(mine.recruiter_id, "nobody")),
        "with a part less": signed(claim.rpartition(".")[0]),
    }

    answers = {name: show(deployed, token) for name, token in tokens.items()}

    assert {name: said.status for name, said in answers.items()} == dict.fromkeys(tokens, 401)
    assert len({json.dumps(said.body) for said in answers.values()}) == 1
