"""What the foot of a mail says of a reply: who reads it, once."""

import re

import pytest

from depot.domain.letters.letter import Letter
from depot.mail.courier import compose
from tests.builders import a_letter
from tests.letters import LETTERS, mailed
from tests.mails import Page, plain, sent_mail


def test_the_foot_of_a_mail_says_who_reads_a_reply() -> None:
    alone, answered = a_letter(), mailed("opco_need")
    told = {**answered.letter.facts}
    written = alone.model_copy(update={"facts": told})
    to_the_firm = written.model_copy(update={"reply_to": "jeanne@example.org"})

    def foot(letter: Letter, service: str | None) -> str:
        mail = compose(letter, None, service=service)
        _, _, said = mail.text.partition("\n-- \n")
        assert plain(said) in plain(Page(mail.html).text)
        return said.strip()

    assert foot(written, None).endswith("personne ne lit les réponses.")
    assert foot(written, "contact@depot.example").endswith(
        "Répondez à cet e-mail\u00a0: nous vous lirons."
    )
    assert foot(to_the_firm, None).endswith("c’est écrire à jeanne@example.org.")
    assert foot(to_the_firm, "contact@depot.example").endswith("Écrivez à contact@depot.example.")


@pytest.mark.parametrize("name", LETTERS)
def test_a_mail_that_says_to_reply_has_somebody_who_reads_it(name: str) -> None:
    """Nobody is invited to write to a mailbox that is not read."""
    sent = mailed(name)
    unread = sent_mail(sent, service=None)

    invited = re.search(r"épond(re|ez) à cet e-mail", unread.text)
    assert bool(invited) is (sent.letter.reply_to is not None)


@pytest.mark.parametrize("name", LETTERS)
def test_how_to_reply_is_said_once(name: str) -> None:
    """By the foot, which knows who reads it."""
    mail = sent_mail(mailed(name))

    assert len(re.findall(r"[Rr]épond(?:re|ez) à cet e-mail", mail.text)) == 1
