"""A firm's contact that is in truth its depositor's own."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from depot.domain.employer.own_contact import own_contact_errors
from depot.reference.mail_providers import public_domains
from tests.strategies import emails


PUBLIC = frozenset({"gmail.com", "orange.fr"})
FIRM = ("jeanne@boulangerie.fr", "+33199001234")
names = st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8})?", fullmatch=True)
domains = st.from_regex(r"[a-z]{2,8}(-[a-z]{2,6})?\.(fr|com)", fullmatch=True)
phones = st.from_regex(r"\+33[1-79][0-9]{8}", fullmatch=True)


def reached(email: str, phone: str) -> Any:
    return SimpleNamespace(email=email, phone=phone)


def codes(
    firm: tuple[str, str], depositor: tuple[str, str], public: frozenset[str] = PUBLIC
) -> list[tuple[str, str]]:
    found = own_contact_errors(reached(*firm), reached(*depositor), public=public)
    return [(error.field, error.code) for error in found]


def test_a_contact_of_the_firm_itself_is_accepted() -> None:
    assert codes(FIRM, ("claire@cfa.fr", "+33553000001")) == []


@given(emails, phones, phones)
def test_the_depositors_own_address_is_refused_wherever_its_mailbox_is(
    email: str, firm: str, depositor: str
) -> None:
    public = frozenset({email.partition("@")[2]})

    found = codes((email, firm), (email, depositor), public)

    assert ("contact.email", "own_email") in found


@given(names, names, domains)
def test_a_tag_after_a_plus_is_the_same_mailbox(name: str, tag: str, domain: str) -> None:
    found = codes((f"{name}+{tag}@{domain}", "+33199001234"), (f"{name}@{domain}", "+33553000001"))

    assert found == [("contact.email", "own_email")]


@given(names, names, domains)
def test_a_colleague_of_the_depositor_is_refused(one: str, other: str, domain: str) -> None:
    assume(one != other)
    assume(domain not in PUBLIC)

    found = codes((f"{one}@{domain}", "+33199001234"), (f"{other}@{domain}", "+33553000001"))

    assert found == [("contact.email", "own_domain")]


@given(names, names, domains, names)
def test_a_colleague_in_another_branch_is_refused_either_way(
    one: str, other: str, domain: str, branch: str
) -> None:
    assume(one != other)
    assume(domain not in PUBLIC)
    near, far = f"{one}@{branch}.{domain}", f"{other}@{domain}"

    for firm, depositor in ((near, far), (far, near)):
        found = codes((firm, "+33199001234"), (depositor, "+33553000001"))
        assert found == [("contact.email", "own_domain")]


@given(names, names, st.sampled_from(sorted(PUBLIC)))
def test_two_people_of_a_public_provider_have_nothing_in_common(
    one: str, other: str, domain: str
) -> None:
    assume(one != other)

    assert codes((f"{one}@{domain}", "+33199001234"), (f"{other}@{domain}", "+33553000001")) == []


@given(names, names, domains)
def test_a_domain_that_merely_ends_alike_is_another(one: str, other: str, domain: str) -> None:
    found = codes((f"{one}@mon{domain}", "+33199001234"), (f"{other}@{domain}", "+33553000001"))

    assert found == []


@given(phones)
def test_the_depositors_phone_is_refused(phone: str) -> None:
    found = codes((FIRM[0], phone), ("claire@cfa.fr", phone))

    assert found == [("contact.phone", "own_phone")]


def test_everything_that_is_the_depositors_is_told_at_once() -> None:
    mine = ("claire@cfa.fr", "+33553000001")

    assert codes(mine, mine) == [("contact.email", "own_email"), ("contact.phone", "own_phone")]


@pytest.mark.parametrize("domain", ["gmail.com", "orange.fr", "wanadoo.fr", "laposte.net"])
def test_the_providers_of_most_people_are_known(domain: str) -> None:
    assert domain in public_domains()


def test_providers_are_written_as_addresses_are_compared() -> None:
    assert all(domain == domain.lower().strip() and "." in domain for domain in public_domains())
