"""Letters as mails: the words and the links.

The words are in ``tests/golden/mail``, a text and a page for each letter. After a change that is
meant: ``UPDATE_GOLDEN=1 pytest tests/unit/test_mail.py``, then read the difference.
"""

import os
import re
from pathlib import Path
from typing import get_args

import pytest
from jinja2 import UndefinedError

import depot.mail
from depot.domain.letters.letter import LetterKind
from depot.mail.courier import compose
from tests.builders import a_letter
from tests.letters import LETTERS, mailed
from tests.mails import Page, plain, sent_mail
from tests.world import World


GOLDEN = Path(__file__).parents[1] / "golden" / "mail"


# Letters that announce needs, and how many: each has its public page.
ONLINE = {
    "deposit_received": 1,
    "deposit_received-several": 2,
    "deposit_received-elsewhere": 1,
    "deposit_received-to-verify": 1,
    "deposit_received-public": 1,
    "deposit_received-on-behalf": 1,
    "offer_added": 1,
    "offer_added-on-behalf": 1,
}
WITHOUT_LINK = {"email_changed", "erased", "erased-unused", "erased-by-its-firm", "firm_erased"}
CENTRES = {"cfa_need", "cfa_need-on-behalf", "cfa_follow_up"}
TEMPLATES = Path(depot.mail.__file__).parent / "templates"


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_reads_as_agreed(name: str) -> None:
    mail = sent_mail(mailed(name))
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
    sent = mailed(name)
    mail = sent_mail(sent)
    page = Page(mail.html)

    if sent.letter.reader == "depositor":
        assert sent.link is not None
        assert sent.link in page.links
        assert sent.link in mail.text
    else:
        assert "gerer.html" not in f"{sent.link} {mail.html} {mail.text}"


@pytest.mark.parametrize("name", LETTERS)
def test_an_opcos_letter_opens_its_turn_with_three_choices_and_no_other_letter_does(
    name: str,
) -> None:
    sent = mailed(name)
    written, link, *_ = sent
    mail = sent_mail(sent)

    assert (written.turn is not None) is name.startswith("opco_")
    if written.turn is None:
        assert "opco.html" not in f"{link} {mail.html} {mail.text}"
    else:
        page, _, token = (link or "").partition("#")
        assert Page(mail.html).links == [
            f"{page}?action={action}#{token}" for action in ("contact", "contacte", "transmettre")
        ]


@pytest.mark.parametrize("name", LETTERS)
def test_a_public_page_is_linked_where_a_need_is_announced_and_carries_no_token(name: str) -> None:
    world = World()
    mail = sent_mail(mailed(name, world))
    online = [link for link in Page(mail.html).links if "/offres/" in link]

    assert len(online) == ONLINE.get(name, 0)
    assert set(online) <= {f"https://depot.example/offres/{offer.id}" for offer in world.offers}
    assert len(set(online)) == len(online)
    assert all(link in mail.text for link in online)


@pytest.mark.parametrize("name", LETTERS)
def test_a_centres_letter_opens_its_need_with_three_answers_and_the_way_out(name: str) -> None:
    sent = mailed(name)
    _, link, out, _ = sent
    mail = sent_mail(sent)

    assert (out is not None) is (name in CENTRES)
    if out is None:
        assert "cfa.html" not in f"{link} {mail.html} {mail.text}"
        assert "desinscription" not in mail.html + mail.text
    else:
        page, _, token = (link or "").partition("#")
        answers = ("candidats", "plus-tard", "pas-concerne")
        opened = [f"{page}?action={action}#{token}" for action in answers]
        assert Page(mail.html).links == [*opened, out.page]
        assert "/api/" not in mail.html + mail.text, "a person is led to a page"


@pytest.mark.parametrize("name", LETTERS)
def test_every_link_opens_its_page_with_the_readers_token(name: str) -> None:
    sent = mailed(name)
    page = Page(sent_mail(sent).html)
    if sent.letter.opens:  # a link for each deposit
        opened = [link.replace("?action=droits#", "#") for link in page.links]
        assert list(dict.fromkeys(opened)) == sent.letter.facts["urls"]
        return

    assert bool(page.links) is (name not in WITHOUT_LINK)
    for link in page.links:
        if "/offres/" in link or (sent.out and link == sent.out.page):
            continue  # for everyone, and the way out: below
        bare = re.sub(r"\?action=[\w-]+(&offre=\w+)?(?=#[\w.]+$)", "", link)
        assert bare in sent.links


@pytest.mark.parametrize("name", [name for name in LETTERS if name.startswith("on_behalf_")])
def test_a_firm_somebody_deposited_for_is_led_to_its_rights(name: str) -> None:
    sent = mailed(name)
    page, _, token = (sent.link or "").partition("#")

    assert f"{page}?action=droits#{token}" in Page(sent_mail(sent).html).links


@pytest.mark.parametrize("name", ["employer_link_resent", "employer_link_resent-several"])
def test_each_deposit_a_firm_is_led_back_to_has_its_rights(name: str) -> None:
    sent = mailed(name)
    mail = sent_mail(sent)

    urls = sent.letter.facts["urls"]
    assert isinstance(urls, list)
    for page, _, token in (str(url).partition("#") for url in urls):
        rights = f"{page}?action=droits#{token}"
        assert rights in Page(mail.html).links
        assert rights in mail.text


@pytest.mark.parametrize("name", LETTERS)
def test_both_readings_say_the_same(name: str) -> None:
    mail = sent_mail(mailed(name))
    page = Page(mail.html)
    text = re.sub(r"\s:\nhttps://\S+", "", mail.text)  # a label and its address: a link on the page

    assert plain(page.text) == plain(
        f"Dépôt d’offres en alternance {mail.subject} {text}".replace("- ", "")
    )


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_typeset_in_french(name: str) -> None:
    mail = sent_mail(mailed(name))

    for text in (mail.subject, mail.text, Page(mail.html).text):
        assert not re.search(r" [:;?!»]|« ", text)
        assert "'" not in text
        assert "None" not in text


@pytest.mark.parametrize("name", LETTERS)
def test_a_page_has_a_language_a_title_and_headings_in_order(name: str) -> None:
    mail = sent_mail(mailed(name))
    page = Page(mail.html)

    assert '<html lang="fr">' in mail.html
    assert {"title", "h1"} <= set(page.tags)
    assert page.tags.count("h1") == 1
    assert not {"img", "script", "h3", "table"} & set(page.tags)


def test_the_main_action_of_a_reminder_is_to_extend() -> None:
    html = sent_mail(mailed("reminder")).html

    main = re.findall(r'<strong><a class="main" [^>]*>([^<]*)</a>', html)
    assert main == ["Prolonger pour 4 semaines"]


def test_a_reminder_has_its_three_actions_for_each_offer() -> None:
    links = Page(sent_mail(mailed("reminder-several")).html).links

    offers = {link.partition("offre=")[2] for link in links if "offre=" in link}
    assert len(offers) == 2
    for action in ("prolonger", "pourvue", "cloturer"):
        assert sum(f"action={action}&" in link for link in links) == 2


@pytest.mark.parametrize("name", ["reminder-firms", "offer_expired-firms"])
def test_each_offer_of_several_firms_opens_the_page_of_its_own_and_one_link_leads_to_all(
    name: str,
) -> None:
    sent = mailed(name)
    links = Page(sent_mail(sent).html).links

    owners = {told.link.partition("#")[2]: told.letter for told in sent.together}
    assert len(owners) == 2
    for link in links[:-1]:
        (offer,) = re.findall(r"offre=(\w+)#", link)
        assert f'"{offer}"' in owners[link.partition("#")[2]].model_dump_json()
    assert links[-1] == sent.link
    assert "mes-entreprises.html" in links[-1]


@pytest.mark.parametrize("name", ["reminder-many", "offer_expired-many"])
def test_more_offers_than_one_reads_are_counted_and_found_by_the_page(name: str) -> None:
    mail = sent_mail(mailed(name))

    assert mail.subject.startswith("22 de vos offres")
    assert mail.text.count("action=pourvue") == 20
    assert "Et 2 autres offres" in mail.text


def test_a_reminder_at_the_limit_offers_no_extension() -> None:
    mail = sent_mail(mailed("reminder-at-the-limit"))

    assert "action=prolonger" not in mail.html + mail.text
    assert "action=pourvue" in mail.html


@pytest.mark.parametrize("name", ["offer_expired", "offer_closed-filled", "offer_closed-cancelled"])
def test_the_main_action_of_an_offer_that_ended_is_to_reactivate_it(name: str) -> None:
    html = sent_mail(mailed(name)).html

    main = re.findall(r'<strong><a class="main" [^>]*href="([^"]*)">([^<]*)</a>', html)
    ((link, words),) = main
    assert "action=reactiver" in link
    assert words == "Réactiver l’offre"


def test_a_letter_with_a_hole_is_never_sent() -> None:
    with pytest.raises(UndefinedError):
        compose(a_letter(facts={}), None)


def test_an_unverified_firm_is_not_promised_what_needs_its_place() -> None:
    written, manage_url, *_ = mailed("deposit_received-several")
    unverified = written.model_copy(
        update={"facts": {**written.facts, "verification": "to_verify"}}
    )

    assert "CFA" in compose(written, manage_url).text
    assert "CFA" not in compose(unverified, manage_url).text
