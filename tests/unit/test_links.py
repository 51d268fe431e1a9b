"""Capability links: who holds one may manage, and nobody else."""

import hashlib
import string
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from itsdangerous import Signer

from depot.domain.cfa.cfa_contact import Asking
from depot.domain.errors import LinkInvalid
from depot.domain.opco.notice import OpcoTurn
from depot.keys.links import (
    CFA,
    CONFIRM,
    EMPLOYER,
    FIRMS,
    MANAGE,
    OPCO,
    WAY_OUT,
    LinkKeys,
    Purpose,
    SignedLinks,
)
from depot.ports.links import ConfirmClaim, EmployerClaim, FirmsClaim, ManageClaim, Subscriber
from tests.builders import NOW, a_recruiter


SITE = "https://depot.example"
SECRET, OLD_SECRET = "s" * 64, "o" * 64
KEYS = LinkKeys("k2", {"k2": SECRET, "k1": OLD_SECRET})
LINKS = SignedLinks(SITE, KEYS)
RECRUITER = a_recruiter(id="0" * 32, link_version=3)


def token(links: SignedLinks = LINKS) -> str:
    return links.manage_url(RECRUITER).partition("#")[2]


def test_a_link_opens_the_recruiter_it_was_minted_for() -> None:
    assert LINKS.manage_claim(token()) == ManageClaim("0" * 32, 3)


def test_the_token_rides_in_the_fragment_of_the_manage_page() -> None:
    page, _, fragment = LINKS.manage_url(RECRUITER).partition("#")

    assert page == f"{SITE}/gerer.html"
    assert fragment == token()


def test_a_link_is_the_same_each_time_until_it_is_revoked() -> None:
    revoked = a_recruiter(id="0" * 32, link_version=4)

    assert LINKS.manage_url(RECRUITER) == LINKS.manage_url(RECRUITER)
    assert LINKS.manage_url(revoked) != LINKS.manage_url(RECRUITER)


def test_a_link_tells_no_secret() -> None:
    assert SECRET not in LINKS.manage_url(RECRUITER)


def test_a_link_signed_by_a_former_key_still_opens() -> None:
    former = SignedLinks(SITE, LinkKeys("k1", {"k1": OLD_SECRET}))

    assert LINKS.manage_claim(token(former)) == ManageClaim("0" * 32, 3)


def test_a_link_signed_by_a_withdrawn_key_does_not_open() -> None:
    withdrawn = SignedLinks(SITE, LinkKeys("k0", {"k0": "w" * 64}))

    with pytest.raises(LinkInvalid):
        LINKS.manage_claim(token(withdrawn))


def test_a_link_signed_by_another_secret_under_the_same_key_id_does_not_open() -> None:
    forged = SignedLinks(SITE, LinkKeys("k2", {"k2": "f" * 64}))

    with pytest.raises(LinkInvalid):
        LINKS.manage_claim(token(forged))


def test_a_key_id_cannot_be_exchanged_for_another() -> None:
    with pytest.raises(LinkInvalid):
        LINKS.manage_claim(token().replace("k2.", "k1."))


EMPLOYER_CLAIM = EmployerClaim(RECRUITER.id, 3)
TURN = OpcoTurn(RECRUITER.id, "f" * 32, 2)
ASKING = Asking(RECRUITER.id, "f" * 32, "000000018")
SUBSCRIBER = Subscriber("000000018", "a" * 32)
# Purpose -> what is minted for it, how it is read, and what it must say.
PURPOSES: dict[Purpose, tuple[str, Callable[[str], object], object]] = {
    MANAGE: (LINKS.manage_url(RECRUITER), LINKS.manage_claim, ManageClaim(RECRUITER.id, 3)),
    FIRMS: (
        LINKS.firms_url(RECRUITER, NOW),
        LINKS.firms_claim,
        FirmsClaim(RECRUITER.id, 3, NOW),
    ),
    CONFIRM: (
        LINKS.confirm_url(RECRUITER.id, 2),
        LINKS.confirm_claim,
        ConfirmClaim(RECRUITER.id, 2),
    ),
    OPCO: (LINKS.opco_url(TURN), LINKS.opco_claim, TURN),
    EMPLOYER: (
        LINKS.employer_url(EmployerClaim(RECRUITER.id, 3)),
        LINKS.employer_claim,
        EMPLOYER_CLAIM,
    ),
    CFA: (LINKS.cfa_url(ASKING), LINKS.cfa_claim, ASKING),
    WAY_OUT: (LINKS.unsubscribe(SUBSCRIBER).page, LINKS.unsubscribe_claim, SUBSCRIBER),
}
CLAIMS = {
    purpose: minted.partition("#")[2].rpartition(".")[0]
    for purpose, (minted, _, _) in PURPOSES.items()
}


def test_every_purpose_has_its_own_salt_and_its_own_page() -> None:
    assert len({purpose.salt for purpose in PURPOSES}) == len(PURPOSES)
    for purpose, (url, _, _) in PURPOSES.items():
        assert url.startswith(f"{SITE}/{purpose.page}#")


@pytest.mark.parametrize("minted", PURPOSES)
@pytest.mark.parametrize("read", PURPOSES)
def test_a_link_opens_its_own_purpose_and_no_other(minted: Purpose, read: Purpose) -> None:
    fragment = PURPOSES[minted][0].partition("#")[2]
    _, claim, said = PURPOSES[read]

    if minted == read:
        assert claim(fragment) == said
    else:
        with pytest.raises(LinkInvalid):
            claim(fragment)


@pytest.mark.parametrize("read", PURPOSES)
@pytest.mark.parametrize("salt", ["", "depot", "depot.feed", *(each.salt for each in PURPOSES)])
@pytest.mark.parametrize("minted", CLAIMS)
def test_only_the_salt_of_its_purpose_signs_a_claim_of_its_shape(
    read: Purpose, salt: str, minted: Purpose
) -> None:
    """The whole matrix: reader, salt of the signature, shape of the claim."""
    signer = Signer(SECRET, salt=salt, sep=".", key_derivation="hmac", digest_method=hashlib.sha256)
    forged = signer.sign(CLAIMS[minted]).decode()

    if (salt, minted) == (read.salt, read):
        assert PURPOSES[read][1](forged) == PURPOSES[read][2]
    elif salt != read.salt or minted.parts != read.parts:
        with pytest.raises(LinkInvalid):
            PURPOSES[read][1](forged)


def test_the_way_out_of_mail_programs_carries_the_token_of_the_page_and_names_nobody() -> None:
    out = LINKS.unsubscribe(SUBSCRIBER)
    address, _, token = out.one_click.partition("?t=")

    assert address == f"{SITE}/api/cfa/unsubscribe"
    assert token == out.page.partition("#")[2]
    assert len(out.one_click) < 870, "SES takes no longer header"
    assert "@" not in out.one_click


def test_each_turn_and_each_offer_has_its_own_link() -> None:
    others = [TURN._replace(number=3), TURN._replace(offer_id="e" * 32)]

    assert len({LINKS.opco_url(turn) for turn in [TURN, *others]}) == 3


@pytest.mark.parametrize("claim", ["k2", f"k2.{RECRUITER.id}", f"k2.{RECRUITER.id}.3.o1"])
def test_a_signed_token_of_another_shape_does_not_open(claim: str) -> None:
    with pytest.raises(LinkInvalid):
        LINKS.manage_claim(KEYS.signer("k2", MANAGE).sign(claim).decode())


def test_no_single_character_of_a_token_can_be_changed() -> None:
    """Every spelling of a base64 signature but ours is refused, its unused bits included."""
    minted = token()

    for place, char in enumerate(minted):
        for other in set(string.ascii_letters + string.digits + "-_.") - {char}:
            with pytest.raises(LinkInvalid):
                LINKS.manage_claim(minted[:place] + other + minted[place + 1 :])


@given(st.data())
def test_no_part_of_a_token_can_be_changed(data: st.DataObject) -> None:
    parts = token().split(".")
    place = data.draw(st.integers(0, len(parts) - 1))
    # But for the last character: 256 bits leave two of its six unused.
    kept = parts[place][:-1] if place == len(parts) - 1 else parts[place]
    swapped = data.draw(st.from_regex(r"[0-9A-Za-z_-]{1,44}", fullmatch=True))
    parts[place] = swapped

    if not swapped.startswith(kept):
        with pytest.raises(LinkInvalid):
            LINKS.manage_claim(".".join(parts))


@given(st.sampled_from(["", "k2.", "k1.0.1."]), st.text(st.characters(), max_size=50))
@example("k2.", "\ud800.")
def test_what_is_no_token_is_an_invalid_link_and_nothing_else(start: str, text: str) -> None:
    with pytest.raises(LinkInvalid):
        LINKS.manage_claim(start + text)
