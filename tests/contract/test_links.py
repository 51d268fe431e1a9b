"""One suite for the Links port: signed, and the fake of the other tests."""

from collections.abc import Callable

import pytest

from depot.domain.cfa.cfa_contact import Asking
from depot.domain.errors import LinkInvalid
from depot.domain.opco.notice import OpcoTurn
from depot.keys.links import LinkKeys, SignedLinks
from depot.ports.links import (
    ConfirmClaim,
    EmployerClaim,
    FirmsClaim,
    Links,
    ManageClaim,
    Subscriber,
)
from tests.builders import NOW, a_recruiter
from tests.fakes import FakeLinks


SITE = "https://depot.example"
RECRUITER = a_recruiter(id="0" * 32, link_version=3)
TURN = OpcoTurn(RECRUITER.id, "f" * 32, 2)
ASKING = Asking(RECRUITER.id, "f" * 32, "000000018")
SUBSCRIBER = Subscriber("000000018", "a" * 32)

Mint = Callable[[Links], str]
# Purpose -> the page it opens, how it is minted, what its token must say.
PURPOSES: dict[str, tuple[str, Mint, object]] = {
    "manage": ("gerer", lambda links: links.manage_url(RECRUITER), ManageClaim(RECRUITER.id, 3)),
    "firms": (
        "mes-entreprises",
        lambda links: links.firms_url(RECRUITER, NOW),
        FirmsClaim(RECRUITER.id, 3, NOW),
    ),
    "confirm": (
        "confirmer",
        lambda links: links.confirm_url(RECRUITER.id, 3),
        ConfirmClaim(RECRUITER.id, 3),
    ),
    "opco": ("opco", lambda links: links.opco_url(TURN), TURN),
    "employer": (
        "employeur",
        lambda links: links.employer_url(EmployerClaim(RECRUITER.id, 3)),
        EmployerClaim(RECRUITER.id, 3),
    ),
    "cfa": ("cfa", lambda links: links.cfa_url(ASKING), ASKING),
    "unsubscribe": (
        "desinscription",
        lambda links: links.unsubscribe(SUBSCRIBER).page,
        SUBSCRIBER,
    ),
}


@pytest.fixture(params=["signed", "fake"])
def links(request: pytest.FixtureRequest) -> Links:
    if request.param == "fake":
        return FakeLinks()
    return SignedLinks(SITE, LinkKeys("k1", {"k1": "s" * 64}))


def token(links: Links, purpose: str) -> str:
    _, mint, _ = PURPOSES[purpose]
    return mint(links).partition("#")[2]


def read(links: Links, purpose: str, fragment: str) -> object:
    return getattr(links, f"{purpose}_claim")(fragment)


def test_no_purpose_of_the_port_is_forgotten() -> None:
    claims = {name.removesuffix("_claim") for name in vars(Links) if name.endswith("_claim")}

    assert claims == PURPOSES.keys()


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_link_opens_its_page_with_its_token_in_the_fragment(links: Links, purpose: str) -> None:
    page, mint, _ = PURPOSES[purpose]

    assert mint(links) == f"{SITE}/{page}.html#{token(links, purpose)}"


@pytest.mark.parametrize("minted", PURPOSES)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_token_opens_its_own_purpose_and_no_other(
    links: Links, minted: str, purpose: str
) -> None:
    """Three purposes claim the very same values: only what they are for tells them apart."""
    fragment = token(links, minted)

    if minted == purpose:
        assert read(links, purpose, fragment) == PURPOSES[purpose][2]
    else:
        with pytest.raises(LinkInvalid):
            read(links, purpose, fragment)


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: "",
        lambda _: "nonsense",
        lambda _: "....",
        lambda minted: minted + ".1",
        lambda minted: minted.partition(".")[2],
        lambda minted: minted.rpartition(".")[0],
    ],
    ids=["empty", "a word", "dots", "longer", "headless", "tailless"],
)
def test_what_was_not_minted_opens_nothing(
    links: Links, purpose: str, spoil: Callable[[str], str]
) -> None:
    with pytest.raises(LinkInvalid):
        read(links, purpose, spoil(token(links, purpose)))


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_link_is_the_same_each_time(links: Links, purpose: str) -> None:
    assert token(links, purpose) == token(links, purpose)


def test_a_link_of_another_version_is_another_link(links: Links) -> None:
    renewed = RECRUITER.model_copy(update={"link_version": 4})

    assert links.manage_url(renewed) != links.manage_url(RECRUITER)
    assert links.opco_url(TURN._replace(number=3)) != links.opco_url(TURN)


def test_mail_programs_are_given_the_token_of_the_page(links: Links) -> None:
    out = links.unsubscribe(SUBSCRIBER)

    assert out.one_click == f"{SITE}/api/cfa/unsubscribe?t={token(links, 'unsubscribe')}"


def test_the_page_of_an_offer_is_for_everyone(links: Links) -> None:
    assert links.offer_url("o1") == f"{SITE}/offres/o1"
