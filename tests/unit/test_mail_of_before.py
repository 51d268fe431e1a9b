"""Letters a release before wrote and left behind still leave."""

import pytest

from depot.mail.courier import compose
from tests.letters import mailed
from tests.mails import Page, sent_mail


NEW_FACTS = {"hints", "said", "disputed"}


def test_an_opcos_letter_of_before_it_could_answer_still_leaves() -> None:
    written, *_ = mailed("opco_need")
    later = {"addressee", "declined", "told_on"}
    facts = {name: fact for name, fact in written.facts.items() if name not in later}
    former = written.model_copy(update={"facts": facts, "turn": None})

    mail = compose(former, None)

    assert "Une entreprise de votre champ (Opco entreprises de proximité)" in mail.text
    assert Page(mail.html).links == []


def test_a_centres_letter_of_before_it_could_answer_still_leaves() -> None:
    written, *_ = mailed("cfa_need")
    facts = {name: fact for name, fact in written.facts.items() if name != "asked_on"}
    former = written.model_copy(update={"facts": facts, "asking": None})

    mail = compose(former, None)

    assert "Ces coordonnées vous sont confiées" in mail.text
    assert Page(mail.html).links == []


def test_letters_written_before_offers_could_be_reactivated_still_leave() -> None:
    for name in ("offer_expired", "reminder"):
        sent = mailed(name)
        written, manage_url, *_ = sent
        (offer,) = written.facts["offers"]  # type: ignore[misc, union-attr]
        later = {"reactivable_until", "extendable", "objected"}
        facts = {key: fact for key, fact in offer.items() if key not in later}  # type: ignore[union-attr]
        former = written.model_copy(update={"facts": {**written.facts, "offers": [facts]}})

        assert Page(compose(former, manage_url).html).links == Page(sent_mail(sent).html).links


def test_a_letter_that_waits_since_before_places_could_be_declared_still_leaves() -> None:
    written, manage_url, *_ = mailed("opco_need")
    facts = {name: fact for name, fact in written.facts.items() if name != "workplace"}

    assert compose(written.model_copy(update={"facts": facts}), manage_url) == compose(
        written, manage_url
    )


def test_a_letter_written_before_needs_had_other_metiers_still_leaves() -> None:
    written, manage_url, *_ = mailed("opco_need")
    older = {name: fact for name, fact in written.facts.items() if name != "other_metiers"}

    text = compose(written.model_copy(update={"facts": older}), manage_url).text

    assert "Autres métiers" in compose(written, manage_url).text
    assert "Autres métiers" not in text


@pytest.mark.parametrize("name", ["opco_need", "opco_need-candidates", "opco_need-unknown"])
def test_a_letter_written_before_evidence_was_told_still_leaves(name: str) -> None:
    written, *_ = mailed(name)
    old = {key: fact for key, fact in written.facts.items() if key not in NEW_FACTS}
    assert len(old) == len(written.facts) - len(NEW_FACTS)

    mail = compose(written.model_copy(update={"facts": old}), None)

    assert mail.subject == sent_mail(mailed(name)).subject
    assert "sources" not in mail.text
