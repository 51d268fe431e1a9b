"""The main job, as people live it: an artisan on a phone, an OPCO, training centres, a partner."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from depot.ports.store import Replace
from local.seed import PARTNER, PARTNER_KEY
from tests.e2e.form import fill, send
from tests.e2e.site import Site, eventually
from tests.ticks import tick


pytestmark = pytest.mark.emulator

NATURALIA = "302 474 648 00664"  # recorded from the public directory; IDCC 1505
TWO_TRADES = "000 090 068 00016"  # a bakery and restaurant: two agreements, two OPCOs
AKTO = "AKTO / Opco entreprises et salariés des services à forte intensité de main d'oeuvre"
EMAIL = "jeanne.martin@example.org"


def _offer_id(page: Page, rank: int = 0) -> str:
    identifier = page.locator("article.offer").nth(rank).get_attribute("id")
    assert identifier
    return identifier.removeprefix("offre-")


def test_a_need_goes_from_the_form_to_opco_centres_and_partners_and_is_managed_to_its_end(
    site: Site, page: Page
) -> None:
    _deposit(site, page)
    link = site.link(EMAIL, "Gérer mes offres")
    eventually(lambda: site.managed(link)[0]["opco"]["state"] == "sent")
    page.goto(link)
    expect(page.get_by_text("L'Opcommerce")).to_be_visible()
    offer_id = _offer_id(page)

    _everyone_was_told(site)
    _partners_read(site, offer_id)
    _anyone_reads(site, page, offer_id)
    _a_partner_says_where_it_is_shown(site, page, offer_id)
    second_id = _add_another(site, page)
    _edit(site, page, second_id)
    _close_as_filled(site, page, second_id)
    _reactivate_from_the_mail(site, page, second_id)
    _close_as_filled(site, page, second_id)
    _time_passes(site, page, offer_id)


def _deposit(site: Site, page: Page) -> None:
    page.goto(site.url + "/")
    fill(page, siret=NATURALIA, email=EMAIL)
    expect(page.get_by_text("NATURALIA FRANCE")).to_be_visible()
    tick(page.get_by_label("Faire connaître mon besoin aux CFA"))
    send(page)
    confirmation = page.get_by_role("main")
    expect(confirmation).to_contain_text("Boulanger / Boulangère")
    last_day = re.compile(r"En ligne jusqu’au \S+\s\d+(er)?\s\S+\s20\d\d")
    expect(confirmation).to_contain_text(last_day)


def _everyone_was_told(site: Site) -> None:
    confirmation = site.mail(EMAIL, "est en ligne")
    assert [each["name"] for each in confirmation["attachments"]] == ["fin-de-mes-offres.ics"]
    opco = site.mail("opco-opcommerce@example.org", "NATURALIA")
    assert "01\u00a099\u00a000\u00a012\u00a034" in opco["text"]
    assert opco["reply_to"] == [EMAIL]
    centres = eventually(lambda: site.mails("cfa-", "NATURALIA"))
    assert 1 <= len(centres) <= 10
    assert "gerer.html" not in opco["text"] + centres[0]["text"]


def _partners_read(site: Site, offer_id: str) -> None:
    published = eventually(lambda: site.live().get(offer_id))
    assert published["title"] == "Boulanger / Boulangère"
    assert published["workplace"]["siret"] == NATURALIA.replace(" ", "")
    assert EMAIL not in str(published)
    assert eventually(lambda: published in site.document())


def _a_partner_says_where_it_is_shown(site: Site, page: Page, offer_id: str) -> None:
    url = f"https://partner.example/offres/{offer_id}"
    now = datetime.now(UTC).isoformat()
    shown = {"offer_id": offer_id, "state": "shown", "at": now, "url": url}
    answer = site.api(
        "POST",
        f"/partners/{PARTNER}/receipts",
        {"receipts": [shown]},
        Authorization=f"Bearer {PARTNER_KEY}",
    )
    assert answer.json() == {"kept": 1, "unknown": []}
    page.reload()
    link = page.locator(f"#offre-{offer_id}").get_by_role("link", name="Voir l’annonce")
    expect(link).to_have_attribute("href", url)


def _anyone_reads(site: Site, page: Page, offer_id: str) -> None:
    """On its public page, by the link of the card; search engines and machines as well."""
    page.get_by_role("link", name="Voir mon offre en ligne").click()
    expect(page.get_by_role("link", name="01 99 00 12 34")).to_be_visible()
    page.go_back()
    assert site.get(f"/offres/{offer_id}").headers["Content-Security-Policy"]
    assert site.get(f"/feed/v1/offers/{offer_id}.json").json() == site.live()[offer_id]
    assert eventually(lambda: offer_id in site.sitemap())
    assert "/sitemap.xml" in site.get("/robots.txt").text
    assert offer_id in site.get("/feed/v1/offers.atom").text


def _nobody_reads(site: Site, offer_id: str) -> None:
    """Anything of an offer that ended."""
    eventually(lambda: site.get(f"/offres/{offer_id}").status_code == 410)
    gone = site.get(f"/offres/{offer_id}")
    assert "n’est plus disponible" in gone.content.decode()
    assert not [name for name in gone.headers if name.lower().startswith("x-amz-meta")]
    eventually(lambda: site.get(f"/feed/v1/offers/{offer_id}.json").status_code in {403, 404})
    eventually(lambda: offer_id not in site.sitemap())


def _add_another(site: Site, page: Page) -> str:
    page.get_by_role("button", name="Déposer un autre besoin").click()
    form = page.get_by_role("form", name="Déposer un autre besoin")
    form.get_by_role("combobox", name="Métier recherché").press_sequentially("patissier")
    form.get_by_role("option", name="Pâtissier / Pâtissière", exact=True).click()
    form.get_by_role("button", name="Déposer ce besoin").click()
    expect(page.locator("article.offer")).to_have_count(2)
    offer_id = _offer_id(page)
    eventually(lambda: site.live().get(offer_id))
    return offer_id


def _edit(site: Site, page: Page, offer_id: str) -> None:
    card = page.locator(f"#offre-{offer_id}")
    card.get_by_role("button", name="Modifier").click()
    form = page.get_by_role("form", name=re.compile("Modifier l’offre"))
    form.get_by_text("Préciser le besoin").click()
    form.get_by_label("Nombre de postes").select_option("2")
    form.get_by_role("button", name="Enregistrer les modifications").click()
    expect(card).to_contain_text("Offre modifiée")
    eventually(lambda: site.live()[offer_id]["openings"] == 2)
    # On its first day an extension would gain nothing.
    expect(card.get_by_role("button", name="Prolonger pour 4 semaines")).to_be_hidden()
    expect(card).to_contain_text("déjà 4 semaines devant elle")


def _close_as_filled(site: Site, page: Page, offer_id: str) -> None:
    card = page.locator(f"#offre-{offer_id}")
    card.get_by_role("button", name="Le poste est pourvu").click()
    tick(card.get_by_label("J’ai pourvu l’offre grâce à ce service"))
    card.get_by_role("button", name="Oui, le poste est pourvu").click()
    expect(card).to_contain_text("Pourvue")
    assert eventually(lambda: site.withdrawn(offer_id)) == "filled"
    assert offer_id not in site.live()
    _nobody_reads(site, offer_id)


def _reactivate_from_the_mail(site: Site, page: Page, offer_id: str) -> None:
    """It comes back under its id; its OPCO, told before, hears nothing of it."""
    told = len(site.mails("opco-opcommerce@example.org", "NATURALIA"))
    page.goto(site.link(EMAIL, "Réactiver l’offre"))
    card = page.locator(f"#offre-{offer_id}")
    card.get_by_role("button", name="Oui, réactiver pour 4 semaines").click()
    expect(card).to_contain_text("Offre réactivée")
    eventually(lambda: site.live().get(offer_id))
    assert site.withdrawn(offer_id) is None
    assert len(site.mails("opco-opcommerce@example.org", "NATURALIA")) == told


def _time_passes(site: Site, page: Page, offer_id: str) -> None:
    """One reminder at seven days, the end at twenty-eight, whatever the number of runs."""
    now = datetime.now(UTC)
    site.sweep(now)
    assert site.mails(EMAIL, "se termine bientôt") == []
    site.sweep(now + timedelta(days=22))
    assert "action=prolonger" in site.mail(EMAIL, "se termine bientôt")["text"]
    assert site.sweep(now + timedelta(days=22))["reminded"] == 0
    assert len(site.mails(EMAIL, "se termine bientôt")) == 1
    site.sweep(now + timedelta(days=30))
    assert eventually(lambda: site.withdrawn(offer_id)) == "expired"
    _nobody_reads(site, offer_id)
    page.reload()
    expect(page.locator(f"#offre-{offer_id}")).to_contain_text("Expirée")


def test_a_need_of_no_certain_opco_goes_by_the_desk_to_one_whose_answer_the_employer_sees(
    site: Site, page: Page
) -> None:
    email = "deux-metiers@example.org"
    _deposit_without_knowing_the_opco(site, page, email)
    _pass_on_to_akto(site, page)
    _say_contacted(site, page)

    page.goto(site.link(email, "Gérer mes offres"))
    card = page.locator("article.offer")
    expect(card).to_contain_text(f"{AKTO} indique vous avoir contacté")
    expect(card.get_by_role("button", name="Indiquer mon OPCO")).to_be_hidden()


def _deposit_without_knowing_the_opco(site: Site, page: Page, email: str) -> None:
    page.goto(site.url + "/")
    fill(page, siret=TWO_TRADES, email=email)
    choice = page.get_by_role("group", name="Quel est votre OPCO")
    expect(choice.get_by_label(AKTO)).to_be_visible()
    tick(choice.get_by_label("Je ne sais pas"))
    page.get_by_role("button", name="Déposer mon besoin").click()
    expect(page.get_by_role("main")).to_contain_text("Votre besoin est déposé")


def _pass_on_to_akto(site: Site, page: Page) -> None:
    desk = site.mail("opco-inconnu@example.org", TWO_TRADES.replace(" ", ""))
    assert "Plusieurs OPCO sont possibles" in desk["text"]
    assert f"Convention collective 1979\N{NO-BREAK SPACE}: {AKTO}" in desk["text"]
    page.goto(_opco_link(desk, "transmettre"))
    page.get_by_label("OPCO à qui le transmettre").select_option(AKTO)
    page.get_by_role("button", name="Oui, transmettre ce besoin").click()
    expect(page.get_by_role("main")).to_contain_text(f"{AKTO} en est informé")
    expect(page.get_by_text("01 99 00 12 34")).to_have_count(0)


def _say_contacted(site: Site, page: Page) -> None:
    told = site.mail("opco-akto@example.org", TWO_TRADES.replace(" ", ""))
    assert "01\u00a099\u00a000\u00a012\u00a034" in told["text"]
    page.goto(_opco_link(told, "contacte"))
    page.get_by_role("button", name="Oui, je l’ai contactée").click()
    expect(page.locator("#badge")).to_have_text("Contacté")


def _opco_link(mail: dict[str, Any], action: str) -> str:
    found = re.search(rf"http://\S+/opco\.html\?action={action}#\S+", mail["text"])
    assert found, mail["text"]
    return found.group()


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(
    site: Site, page: Page
) -> None:
    page.goto(site.url + "/")
    fill(page, siret="123 456 789 00003", email="jeanne@")
    send(page)

    expect(page.get_by_role("main")).to_contain_text("points à corriger")
    expect(page.locator("#siret")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#siret-messages")).not_to_be_empty()
    expect(page.locator("#contact-email-messages")).not_to_be_empty()
    expect(page.get_by_label("Prénom et nom")).to_have_value("Jeanne Martin")
    assert site.mails("jeanne@") == []


def test_the_button_of_a_reminder_changes_nothing_until_one_says_yes_then_extends(
    site: Site, page: Page
) -> None:
    email = "rappel@example.org"
    receipt = site.deposit("00009002700012", email)
    offer_id = receipt["offers"][0]["id"]
    _three_weeks_pass(site, receipt["recruiter_id"], offer_id)
    site.sweep(datetime.now(UTC))
    button = site.link(email, "Prolonger pour 4 semaines")
    (before,) = site.managed(button)

    page.goto(button)
    confirm = page.get_by_role("button", name="Oui, prolonger pour 4 semaines")
    expect(confirm).to_be_visible()
    assert site.managed(button) == [before]

    confirm.click()
    expect(page.locator(f"#offre-{offer_id}")).to_contain_text("Offre prolongée")
    (after,) = site.managed(button)
    assert after["ends_on"] > before["ends_on"]
    eventually(lambda: site.live()[offer_id]["ends_on"] == after["ends_on"])
    site.sweep(datetime.now(UTC))
    assert len(site.mails(email, "se termine bientôt")) == 1


def _three_weeks_pass(site: Site, recruiter_id: str, offer_id: str) -> None:
    """For one offer alone: on its first day an extension gains nothing."""
    offer = site.store.offer(recruiter_id, offer_id)
    assert offer
    aged = {"ends_on": offer.ends_on - timedelta(days=22), "version": offer.version + 1}
    site.store.commit(Replace(offer.model_copy(update=aged)))
