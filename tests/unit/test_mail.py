"""Letters as mails: the words and the links.

The words are in ``tests/golden/mail``, a text and a page for each letter. After a change that is
meant: ``UPDATE_GOLDEN=1 pytest tests/unit/test_mail.py``, then read the difference.
"""

import os
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

import depot.mail
from depot.domain.letters.letter import LetterKind
from depot.domain.life.offer import Level
from depot.mail.courier import compose
from depot.words import french
from tests.builders import a_letter
from tests.letters import LETTERS, letter
from tests.mails import Page, plain, sent_mail, unsubscribe


GOLDEN = Path(__file__).parents[1] / "golden" / "mail"


NEW_FACTS = {"hints", "said", "disputed"}
TEMPLATES = Path(depot.mail.__file__).parent / "templates"


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_reads_as_agreed(name: str) -> None:
    mail = sent_mail(letter(name))
    said = {f"{name}.txt": f"{mail.subject}\n\n{mail.text}", f"{name}.html": mail.html}

    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        for file, text in said.items():
            (GOLDEN / file).write_text(text, encoding="utf-8")

    assert said == {file: (GOLDEN / file).read_text("utf-8") for file in said}


def test_no_golden_file_is_about_a_letter_that_no_longer_exists() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == set(LETTERS)


def test_every_kind_of_letter_has_its_template_and_every_template_its_kind() -> None:
    templates = {file.stem for file in TEMPLATES.glob("*.md") if not file.stem.startswith("_")}

    assert templates == set(get_args(LetterKind))
    assert {name.partition("-")[0] for name in LETTERS} == templates


@pytest.mark.parametrize("name", LETTERS)
def test_a_depositors_letter_carries_its_manage_link_and_no_other_letter_does(name: str) -> None:
    written, manage_url = letter(name)
    mail = sent_mail((written, manage_url))
    page = Page(mail.html)

    if written.reader == "depositor":
        assert manage_url is not None
        assert manage_url in page.links
        assert manage_url in mail.text
    else:
        assert "gerer.html" not in f"{manage_url} {mail.html} {mail.text}"


@pytest.mark.parametrize("name", LETTERS)
def test_an_opcos_letter_opens_its_turn_with_three_choices_and_no_other_letter_does(
    name: str,
) -> None:
    written, link = letter(name)
    mail = sent_mail((written, link))

    if written.turn is None:
        assert "opco.html" not in f"{link} {mail.html} {mail.text}"
    else:
        page, _, token = (link or "").partition("#")
        assert Page(mail.html).links == [
            f"{page}?action={action}#{token}" for action in ("contact", "contacte", "transmettre")
        ]


def test_an_opcos_letter_of_before_it_could_answer_still_leaves() -> None:
    written, _ = letter("opco_need")
    later = {"addressee", "declined", "told_on"}
    facts = {name: fact for name, fact in written.facts.items() if name not in later}
    former = written.model_copy(update={"facts": facts, "turn": None})

    mail = compose(former, None)

    assert "Une entreprise de votre champ (Opco entreprises de proximité)" in mail.text
    assert Page(mail.html).links == []


@pytest.mark.parametrize("name", LETTERS)
def test_a_public_page_is_linked_where_a_need_is_announced_and_carries_no_token(name: str) -> None:
    written, manage_url = letter(name)
    mail = sent_mail((written, manage_url))
    online = [link for link in Page(mail.html).links if "/offres/" in link]

    kind = written.kind
    announced = written.facts["offers"] if kind == "deposit_received" else [written.facts]
    announced = announced if kind in {"deposit_received", "offer_added"} else []
    site = (manage_url or "").partition("/gerer.html")[0]
    assert online == [f"{site}/offres/{offer['offer']}" for offer in announced]
    assert all(link in mail.text for link in online)


@pytest.mark.parametrize("name", LETTERS)
def test_a_centres_letter_opens_its_need_with_three_answers_and_the_way_out(name: str) -> None:
    written, link = letter(name)
    mail = sent_mail((written, link))
    out = unsubscribe(written)

    if out is None:
        assert "cfa.html" not in f"{link} {mail.html} {mail.text}"
        assert "desinscription" not in mail.html + mail.text
    else:
        page, _, token = (link or "").partition("#")
        answers = ("candidats", "plus-tard", "pas-concerne")
        opened = [f"{page}?action={action}#{token}" for action in answers]
        assert Page(mail.html).links == [*opened, out.page]
        assert "/api/" not in mail.html + mail.text, "a person is led to a page"


def test_a_centres_letter_of_before_it_could_answer_still_leaves() -> None:
    written, _ = letter("cfa_need")
    facts = {name: fact for name, fact in written.facts.items() if name != "asked_on"}
    former = written.model_copy(update={"facts": facts, "asking": None})

    mail = compose(former, None)

    assert "Ces coordonnées vous sont confiées" in mail.text
    assert Page(mail.html).links == []


@pytest.mark.parametrize("name", LETTERS)
def test_every_link_opens_its_page_with_the_readers_token(name: str) -> None:
    written, manage_url = letter(name)
    page = Page(sent_mail((written, manage_url)).html)
    address, _, token = (manage_url or "").partition("#")
    out = unsubscribe(written)

    for link in page.links:
        if "/offres/" in link or (out and link == out.page):
            continue  # for everyone, and the way out: below
        assert re.fullmatch(re.escape(address) + r"(\?action=[\w-]+(&offre=\w+)?)?#[\w.]+", link)
        assert link.endswith(f"#{token}")


@pytest.mark.parametrize("name", LETTERS)
def test_both_readings_say_the_same(name: str) -> None:
    mail = sent_mail(letter(name))
    page = Page(mail.html)
    text = re.sub(r"\s:\nhttps://\S+", "", mail.text)  # a label and its address: a link on the page

    assert plain(page.text) == plain(
        f"Dépôt d’offres en alternance {mail.subject} {text}".replace("- ", "")
    )


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_typeset_in_french(name: str) -> None:
    mail = sent_mail(letter(name))

    for text in (mail.subject, mail.text, Page(mail.html).text):
        assert not re.search(r" [:;?!»]|« ", text)
        assert "'" not in text
        assert "None" not in text


@pytest.mark.parametrize("name", LETTERS)
def test_a_page_has_a_language_a_title_and_headings_in_order(name: str) -> None:
    mail = sent_mail(letter(name))
    page = Page(mail.html)

    assert '<html lang="fr">' in mail.html
    assert {"title", "h1"} <= set(page.tags)
    assert page.tags.count("h1") == 1
    assert not {"img", "script", "h3", "table"} & set(page.tags)


def test_the_main_action_of_a_reminder_is_to_extend() -> None:
    html = sent_mail(letter("reminder")).html

    main = re.findall(r'<strong><a class="main" [^>]*>([^<]*)</a>', html)
    assert main == ["Prolonger pour 4 semaines"]


def test_a_reminder_has_its_three_actions_for_each_offer() -> None:
    links = Page(sent_mail(letter("reminder-several")).html).links

    offers = {link.partition("offre=")[2] for link in links if "offre=" in link}
    assert len(offers) == 2
    for action in ("prolonger", "pourvue", "cloturer"):
        assert sum(f"action={action}&" in link for link in links) == 2


def test_a_reminder_at_the_limit_offers_no_extension() -> None:
    mail = sent_mail(letter("reminder-at-the-limit"))

    assert "action=prolonger" not in mail.html + mail.text
    assert "action=pourvue" in mail.html


@pytest.mark.parametrize("name", ["offer_expired", "offer_closed-filled", "offer_closed-cancelled"])
def test_the_main_action_of_an_offer_that_ended_is_to_reactivate_it(name: str) -> None:
    html = sent_mail(letter(name)).html

    main = re.findall(r'<strong><a class="main" [^>]*href="([^"]*)">([^<]*)</a>', html)
    ((link, words),) = main
    assert "action=reactiver" in link
    assert words == "Réactiver l’offre"


def test_letters_written_before_offers_could_be_reactivated_still_leave() -> None:
    for name in ("offer_expired", "reminder"):
        written, manage_url = letter(name)
        (offer,) = written.facts["offers"]  # type: ignore[misc, union-attr]
        later = {"reactivable_until", "extendable"}
        facts = {key: fact for key, fact in offer.items() if key not in later}  # type: ignore[union-attr]
        former = written.model_copy(update={"facts": {**written.facts, "offers": [facts]}})

        assert (
            Page(compose(former, manage_url).html).links
            == Page(sent_mail((written, manage_url)).html).links
        )


def test_a_letter_with_a_hole_is_never_sent() -> None:
    with pytest.raises(UndefinedError):
        compose(a_letter(facts={}), None)


def test_a_letter_that_waits_since_before_places_could_be_declared_still_leaves() -> None:
    written, manage_url = letter("opco_need")
    facts = {name: fact for name, fact in written.facts.items() if name != "workplace"}

    assert compose(written.model_copy(update={"facts": facts}), manage_url) == compose(
        written, manage_url
    )


def test_a_letter_written_before_needs_had_other_metiers_still_leaves() -> None:
    written, manage_url = letter("opco_need")
    older = {name: fact for name, fact in written.facts.items() if name != "other_metiers"}

    text = compose(written.model_copy(update={"facts": older}), manage_url).text

    assert "Autres métiers" in compose(written, manage_url).text
    assert "Autres métiers" not in text


@pytest.mark.parametrize("name", ["opco_need", "opco_need-candidates", "opco_need-unknown"])
def test_a_letter_written_before_evidence_was_told_still_leaves(name: str) -> None:
    written, _ = letter(name)
    old = {key: fact for key, fact in written.facts.items() if key not in NEW_FACTS}
    assert len(old) == len(written.facts) - len(NEW_FACTS)

    mail = compose(written.model_copy(update={"facts": old}), None)

    assert mail.subject == sent_mail(letter(name)).subject
    assert "sources" not in mail.text


def test_an_unverified_firm_is_not_promised_what_needs_its_place() -> None:
    written, manage_url = letter("deposit_received-several")
    unverified = written.model_copy(
        update={"facts": {**written.facts, "verification": "to_verify"}}
    )

    assert "CFA" in compose(written, manage_url).text
    assert "CFA" not in compose(unverified, manage_url).text


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2026-12-21", "lundi 21 décembre 2026"),
        ("2027-02-01", "lundi 1er février 2027"),
        ("2028-02-29", "mardi 29 février 2028"),
        ("2026-08-02", "dimanche 2 août 2026"),
    ],
)
def test_a_date_is_said_in_full(iso: str, said: str) -> None:
    assert french.long_date(iso) == said


@given(st.dates())
def test_every_day_has_a_name(day: Any) -> None:
    assert re.fullmatch(r"\w+di|dimanche", french.long_date(day.isoformat()).split()[0])


@pytest.mark.parametrize(
    ("distance", "said"), [(0, "0 km"), (3.94, "3,9 km"), (12.0, "12 km"), (99.96, "100 km")]
)
def test_a_distance_is_said_with_a_comma(distance: float, said: str) -> None:
    assert french.kilometres(distance) == said


def test_what_was_not_said_is_said_so() -> None:
    assert (french.start(None), french.level(None)) == ("dès que possible", "indifférent")


@pytest.mark.parametrize("level", get_args(Level))
def test_every_level_has_its_words(level: str) -> None:
    assert french.level(level) == french.LEVELS[level]
