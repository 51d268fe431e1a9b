"""Where an OPCO hears of a need."""

import pytest
from pydantic import ValidationError

from depot.domain.opco.routing import OpcoMailboxes, OpcoMailing, OpcoRouting, departement_of
from depot.reference.places import regions
from tests.world import AKTO, EP


MAILING = OpcoMailing(
    OpcoRouting(
        default="accueil@example.org",
        opcos={
            EP: OpcoMailboxes(
                mailbox="ep@example.org",
                regions={"53": "bretagne@example.org", "94": "corse@example.org"},
                departements={"35": "rennes@example.org", "971": "guadeloupe@example.org"},
            )
        },
    ),
    regions(),
)


@pytest.mark.parametrize(
    ("insee", "mailbox"),
    [
        ("35238", "rennes@example.org"),
        ("29232", "bretagne@example.org"),
        ("24322", "ep@example.org"),
        ("2A004", "corse@example.org"),
        ("2B033", "corse@example.org"),
        ("97105", "guadeloupe@example.org"),
        ("97209", "ep@example.org"),
        ("99999", "ep@example.org"),
        ("", "ep@example.org"),
        (None, "ep@example.org"),
    ],
)
def test_the_most_precise_mailbox_hears_of_it(insee: str | None, mailbox: str) -> None:
    assert MAILING.mailbox(EP, insee) == mailbox


@pytest.mark.parametrize("opco", [None, "", AKTO])
def test_a_need_without_an_opco_that_has_a_mailbox_goes_to_the_desk(opco: str | None) -> None:
    assert MAILING.mailbox(opco, "35238") == "accueil@example.org"


def test_a_need_can_be_passed_on_to_the_opcos_that_have_a_mailbox() -> None:
    assert MAILING.names == (EP,)


@pytest.mark.parametrize(
    ("insee", "departement"),
    [
        ("01053", "01"),
        ("75112", "75"),
        ("2A004", "2A"),
        ("97105", "971"),
        ("97611", "976"),
        ("98818", "988"),
    ],
)
def test_the_code_of_a_commune_begins_with_its_departement(insee: str, departement: str) -> None:
    assert departement_of(insee) == departement
    assert departement in regions()


@pytest.mark.parametrize("wrong", ["", "accueil", "a b@example.org", "a@b", "a@b.fr\n", "é@b.fr"])
def test_a_mailbox_is_an_address_ses_takes(wrong: str) -> None:
    with pytest.raises(ValidationError):
        OpcoMailboxes(mailbox=wrong)
