"""One suite for the Courier port: SES, and the fake of the other tests."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

import pytest
from botocore.awsrequest import AWSResponse

from depot.domain.errors import MailDelayed, MailRefused
from depot.mail.courier import SesCourier
from depot.ports.courier import Courier, LinkedLetter
from depot.ports.links import UnsubscribeLinks
from depot.usecases.letters.facts import firm_facts, offer_facts
from tests.builders import a_letter, a_recruiter, an_offer
from tests.fakes import FakeCourier


SENDER = "ne-pas-repondre@depot.example"
LINK = "https://depot.example/gerer.html#manage.r1.1"
OUT = UnsubscribeLinks("https://depot.example/desinscription.html#t", "https://depot.example/o?t=t")
LETTER = a_letter(
    kind="offer_added",
    about="o1",
    to="jeanne@example.org",
    facts={**firm_facts(a_recruiter()), **offer_facts(an_offer())},
)
EVERYTHING = "https://depot.example/mes-entreprises.html#firms.r1.1.1"
REMINDERS = [
    a_letter(
        kind="reminder",
        about=f"o{rank}",
        recruiter_id=f"r{rank}",
        to="jeanne@example.org",
        facts={**firm_facts(a_recruiter()), "offers": [offer_facts(an_offer(f"o{rank}"))]},
    )
    for rank in (1, 2)
]
OTHER = LETTER.model_copy(update={"id": "offer_added-o2", "to": "claire@example.org"})


class Left(NamedTuple):
    """What one may see of a mail that left."""

    letter: str
    to: str
    link: bool
    one_click: str | None


class Post:
    """A courier, what left by it, and how to make it fail once."""

    courier: Courier

    def left(self) -> Sequence[Left]:
        raise NotImplementedError

    def fail(self, error: type[Exception]) -> None:
        raise NotImplementedError


@dataclass
class FakePost(Post):
    courier: FakeCourier = field(default_factory=FakeCourier)

    def left(self) -> Sequence[Left]:
        pairs = zip(self.courier.sent, self.courier.ways_out, strict=True)
        return [
            Left(letter.id, letter.to, link == LINK, out and out.one_click)
            for (letter, link), out in pairs
        ]

    def fail(self, error: type[Exception]) -> None:
        self.courier.fails.append(error())


class SesPost(Post):
    """SES's own errors: too many at once is a delay, an address it cannot read a refusal."""

    CODES: ClassVar = {MailDelayed: "TooManyRequestsException", MailRefused: "BadRequestException"}

    def __init__(self, ses: Any) -> None:
        self.courier = SesCourier(ses, SENDER)
        self._calls: list[dict[str, Any]] = []
        self._fails: list[str] = []
        ses.meta.events.register("before-parameter-build.sesv2.SendEmail", self._note)
        ses.meta.events.register("before-call.sesv2.SendEmail", self._answer)

    def _note(self, params: dict[str, Any], **_: object) -> None:
        if not self._fails:
            self._calls.append(params)

    def _answer(self, **_: object) -> tuple[AWSResponse, dict[str, Any]] | None:
        if not self._fails:
            return None
        error = {"Error": {"Code": self._fails.pop(0), "Message": ""}}
        return AWSResponse("", 400, {}, None), error

    def left(self) -> Sequence[Left]:
        return [_left(call) for call in self._calls]

    def fail(self, error: type[Exception]) -> None:
        self._fails.append(self.CODES[error])


def _left(call: dict[str, Any]) -> Left:
    tags = {tag["Name"]: tag["Value"] for tag in call["EmailTags"]}
    mail = call["Content"]["Simple"]
    headers = {header["Name"]: header["Value"] for header in mail["Headers"]}
    out = headers.get("List-Unsubscribe")
    (to,) = call["Destination"]["ToAddresses"]
    return Left(tags["letter"], to, LINK in mail["Body"]["Text"]["Data"], out and out.strip("<>"))


@pytest.fixture(params=["fake", "ses"])
def post(request: pytest.FixtureRequest) -> Iterator[Post]:
    if request.param == "fake":
        yield FakePost()
        return
    cloud: Callable[[str], Any] = request.getfixturevalue("moto")
    ses = cloud("sesv2")
    ses.create_email_identity(EmailIdentity=SENDER.partition("@")[2])
    yield SesPost(ses)


def test_letters_leave_in_order_each_to_its_reader(post: Post) -> None:
    for letter in (LETTER, OTHER):
        post.courier.send(letter, LINK)

    assert post.left() == [
        Left(LETTER.id, "jeanne@example.org", link=True, one_click=None),
        Left(OTHER.id, "claire@example.org", link=True, one_click=None),
    ]


def test_each_mail_has_an_id_of_its_own(post: Post) -> None:
    first, second = (post.courier.send(LETTER, LINK) for _ in range(2))

    assert first
    assert second
    assert first != second


def test_a_way_out_is_given_to_whom_it_is_meant_for(post: Post) -> None:
    post.courier.send(LETTER, LINK, OUT)
    post.courier.send(OTHER, LINK)

    assert [mail.one_click for mail in post.left()] == [OUT.one_click, None]


def test_letters_of_several_dossiers_leave_as_one_mail_under_the_name_of_the_first(
    post: Post,
) -> None:
    told = [LinkedLetter(letter, LINK.replace("r1", letter.recruiter_id)) for letter in REMINDERS]

    message_id = post.courier.send_together(told, EVERYTHING)

    assert message_id
    (left,) = post.left()
    assert (left.letter, left.to) == (REMINDERS[0].id, "jeanne@example.org")


@pytest.mark.parametrize("error", [MailDelayed, MailRefused])
def test_letters_that_are_not_taken_together_did_not_leave(
    post: Post, error: type[Exception]
) -> None:
    post.fail(error)

    with pytest.raises(error):
        post.courier.send_together([LinkedLetter(letter, LINK) for letter in REMINDERS], EVERYTHING)
    assert post.left() == []


@pytest.mark.parametrize("error", [MailDelayed, MailRefused])
def test_a_mail_that_is_not_taken_did_not_leave_and_the_next_one_does(
    post: Post, error: type[Exception]
) -> None:
    post.fail(error)

    with pytest.raises(error):
        post.courier.send(LETTER, LINK)
    assert post.left() == []

    post.courier.send(OTHER, LINK)
    assert [mail.letter for mail in post.left()] == [OTHER.id]
