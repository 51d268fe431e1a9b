"""What the links of a training centre's mail open, from the deposit to the employer's card."""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from depot.storage import schema
from tests.deployment import SENDER, Deployment, client
from tests.events import http, stream
from tests.posted import Answer, Deposited, a_centre, french


LINK = re.compile(r"/cfa\.html\?action=([\w-]+)#([\w.-]+)")
WAY_OUT = re.compile(r"/desinscription\.html#([\w.-]+)")
ASKING = [{"metier": "11573", "ask_cfa": True}]


def asked(deployed: Deployment, *centres: Any) -> Deposited:
    """A deposit whose centres were asked by the stream."""
    deployed.catalogue(*(centres or [a_centre(3)]))
    mine = deployed.deposit(offers=ASKING)
    records = deployed.records(schema.OFFERS_TABLE)
    assert deployed.call("match_cfa", stream(records)) == {"batchItemFailures": []}
    return mine


def token(deployed: Deployment, number: int = 3) -> str:
    """What the links of the last mail to a centre carry."""
    links = LINK.findall(deployed.mails(f"cfa-{number}@example.org")[-1].body)
    assert [action for action, _ in links] == ["candidats", "plus-tard", "pas-concerne"]
    (carried,) = {carried for _, carried in links}
    return str(carried)


def unsubscribe(deployed: Deployment, number: int = 3) -> str:
    [carried] = WAY_OUT.findall(deployed.mails(f"cfa-{number}@example.org")[-1].body)
    return str(carried)


def show(deployed: Deployment, link: str | None) -> Answer:
    return deployed.http("manage_offers", "GET", "/api/cfa", token=link)


def answer(deployed: Deployment, link: str | None, **body: Any) -> Answer:
    given = {"replies": 0, **body}
    return deployed.http("manage_offers", "POST", "/api/cfa/answer", token=link, body=given)


def one_click(deployed: Deployment, method: str, carried: str) -> dict[str, Any]:
    """What a mail program sends, to the very address of the header."""
    event = http(
        method,
        "/api/cfa/unsubscribe",
        query={"t": carried},
        body="List-Unsubscribe=One-Click" if method == "POST" else None,
        content_type="application/x-www-form-urlencoded",
    )
    return dict(deployed.call("manage_offers", event))


def seen(deployed: Deployment, mine: Deposited) -> Any:
    """What the employer sees of the centres."""
    shown = deployed.http("manage_offers", "GET", "/api/manage", token=mine.token)
    return shown.body["offers"][0]["cfas"]


def test_a_centre_answers_by_its_link_and_its_employer_hears_of_it(deployed: Deployment) -> None:
    mine = asked(deployed)
    link = token(deployed)

    shown = show(deployed, link)
    assert (shown.status, shown.headers["cache-control"]) == (200, "no-store")
    assert (shown.body["status"], shown.body["firm"]) == ("current", "LE FOURNIL FICTIF")
    assert shown.body["contact"]["phone"] == "+33199001234"
    assert shown.body["poster"]["url"].endswith(f"/offres/{mine.offer['id']}")
    assert shown.body["poster"]["qr"].startswith("data:image/svg+xml")

    read = deployed.http("manage_offers", "POST", "/api/cfa/reading", token=link, body={})
    assert (read.status, read.body["read"]) == (200, True)
    assert [cfa["state"] for cfa in seen(deployed, mine)] == ["read"]

    said = answer(deployed, link, answer="candidates", candidates=2, word="Appelez-nous.")
    assert (said.status, said.body["reply"]["candidates"]) == (200, 2)
    [news] = [mail for mail in deployed.mails("jeanne@example.org") if "candidats" in mail.subject]
    assert "Appelez-nous." in news.body
    (cfa,) = seen(deployed, mine)
    assert (cfa["state"], cfa["email"]) == ("candidates", "cfa-3@example.org")


def test_looking_changes_nothing(deployed: Deployment) -> None:
    asked(deployed)
    link, before = token(deployed), deployed.items()
    out = unsubscribe(deployed)

    for _ in range(2):
        assert show(deployed, link).status == 200
        assert deployed.http("manage_offers", "GET", "/api/cfa/subscription", token=out).body == {
            "siren": "000000003",
            "wanted": True,
            "in_error": False,
        }
        assert one_click(deployed, "GET", out)["statusCode"] == 303

    assert deployed.items() == before


def test_each_link_opens_its_own_purpose_alone(deployed: Deployment) -> None:
    mine = asked(deployed, a_centre(3), a_centre(4))
    cfa, other, out = token(deployed), token(deployed, 4), unsubscribe(deployed)
    needs = show(deployed, cfa), show(deployed, other)
    assert [need.body["centre"] for need in needs] == ["CFA fictif 3", "CFA fictif 4"]

    refused = [
        *(show(deployed, wrong) for wrong in (mine.token, out, None, cfa[:-3])),
        *(answer(deployed, wrong, answer="later") for wrong in (mine.token, out)),
        deployed.http("manage_offers", "GET", "/api/manage", token=cfa),
        deployed.http("manage_offers", "GET", "/api/notice", token=cfa),
        *(
            deployed.http("manage_offers", "GET", "/api/cfa/subscription", token=wrong)
            for wrong in (cfa, mine.token)
        ),
    ]
    assert {(said.status, said.body["code"]) for said in refused} == {(401, "link_invalid")}
    assert len({json.dumps(said.body) for said in refused}) == 1
    assert one_click(deployed, "POST", cfa)["statusCode"] == 401
    assert one_click(deployed, "GET", "")["statusCode"] == 401


def test_one_click_is_honoured_at_once_without_redirect_and_for_ever(deployed: Deployment) -> None:
    asked(deployed, a_centre(3), a_centre(4))
    out = unsubscribe(deployed)

    clicked = one_click(deployed, "POST", out)
    assert clicked["statusCode"] == 200
    assert json.loads(clicked["body"])["wanted"] is False
    assert one_click(deployed, "POST", out)["statusCode"] == 200
    asked(deployed, a_centre(3), a_centre(4))

    assert len(deployed.mails("cfa-3@example.org")) == 1
    assert len(deployed.mails("cfa-4@example.org")) == 2
    assert all("@" not in item["pk"]["S"] for item in deployed.items())


def test_who_opens_the_address_of_the_header_is_led_to_the_page(deployed: Deployment) -> None:
    asked(deployed)
    out = unsubscribe(deployed)

    led = one_click(deployed, "GET", out)

    assert led["headers"]["Location"] == f"https://depot.example/desinscription.html#{out}"
    assert parse_qs(urlsplit(led["headers"]["Location"]).query) == {}


def test_a_centre_may_come_back(deployed: Deployment) -> None:
    asked(deployed)
    out = unsubscribe(deployed)

    for wanted in (False, True):
        said = deployed.http(
            "manage_offers",
            "POST",
            "/api/cfa/subscription",
            token=out,
            body={"wanted": wanted},
        )
        assert (said.status, said.body["wanted"]) == (200, wanted)
    asked(deployed)

    assert len(deployed.mails("cfa-3@example.org")) == 2


def test_a_need_that_ended_shows_no_contact(deployed: Deployment) -> None:
    mine = asked(deployed)
    path = f"/api/manage/offers/{mine.offer['id']}/closure"
    body = {"version": 1, "outcome": "filled"}
    assert deployed.http("manage_offers", "POST", path, token=mine.token, body=body).status == 200

    shown = show(deployed, token(deployed))
    late = answer(deployed, token(deployed), answer="candidates")

    assert (shown.status, shown.body["status"]) == (200, "over")
    assert (late.status, late.body["code"]) == (409, "notice_moved")
    for said in (shown.body, late.body):
        for personal in ("Jeanne", "jeanne", "99001234", "PERIGUEUX"):
            assert personal not in json.dumps(said)


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ({"answer": "perhaps"}, {"answer": "literal_error"}),
        ({}, {"answer": "missing"}),
        ({"answer": "later", "replies": -1}, {"replies": "greater_than_equal"}),
        ({"answer": "later", "candidates": 3}, {"candidates": "reply_unfit"}),
        ({"answer": "candidates", "candidates": 0}, {"candidates": "greater_than_equal"}),
        ({"answer": "candidates", "phone": "08 99 00 00 00"}, {"phone": "phone_costly"}),
        ({"answer": "candidates", "email": "x"}, {"email": "email"}),
        ({"answer": "later", "back_on": "2020-01-01"}, {"back_on": "back_past"}),
        ({"answer": "later", "back_on": "soon"}, {"back_on": "date_from_datetime_parsing"}),
        ({"answer": "later", "more": 1}, {"more": "extra_forbidden"}),
    ],
)
def test_an_answer_that_cannot_be_accepted_is_refused_in_words_and_writes_nothing(
    deployed: Deployment, body: dict[str, Any], refused: dict[str, str]
) -> None:
    asked(deployed)
    link, before = token(deployed), deployed.items()

    said = answer(deployed, link, **body)

    assert (said.status, said.fields) == (422, refused)
    assert all(french(error["message"]) for error in said.body["errors"])
    assert deployed.items() == before


def test_centres_as_near_as_one_another_take_turns(deployed: Deployment) -> None:
    centres = [a_centre(number, lat=45.2, lon=0.72) for number in range(1, 21)]

    asked(deployed, *centres)
    asked(deployed, *centres)

    assert [len(deployed.mails(f"cfa-{number}@example.org")) for number in range(1, 21)] == [1] * 20


def test_a_mail_of_ours_leaves_from_the_verified_sender(deployed: Deployment) -> None:
    asked(deployed)

    assert SENDER in deployed.mails("cfa-3@example.org")[0].source
    assert client("sesv2").get_email_identity(EmailIdentity=SENDER.partition("@")[2])
