"""The main job, as people live it: an artisan on a phone, an OPCO, training centres, a partner."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.e2e.site import Site, eventually


pytestmark = pytest.mark.emulator

NATURALIA = "302 474 648 00664"  # recorded from the public directory; IDCC 1505
EMAIL = "jeanne.martin@example.org"


def _fill(
    page: Page, *, siret: str = NATURALIA, email: str = EMAIL, metier: str = "boulang"
) -> None:
    page.get_by_label("Numéro SIRET").fill(siret)
    page.get_by_role("combobox", name="Métier recherché").press_sequentially(metier)
    page.get_by_role("option", name="Boulanger / Boulangère", exact=True).click()
    page.get_by_label("Prénom et nom").fill("Jeanne Martin")
    page.get_by_label("Téléphone").fill("01 99 00 12 34")
    page.get_by_label("Adresse e-mail").fill(email)


def _manage_link(site: Site, email: str) -> str:
    text = site.mail(email, "Gérer mes offres")["text"]
    found = re.search(r"http://\S+/gerer\.html#\S+", text)
    assert found, text
    return found.group()


def _offer_id(page: Page, rank: int = 0) -> str:
    identifier = page.locator("article.offer").nth(rank).get_attribute("id")
    assert identifier
    return identifier.removeprefix("offre-")


def test_a_need_goes_from_the_form_to_opco_centres_and_partners_and_is_managed_to_its_end(
    site: Site, page: Page
) -> None:
    _deposit(site, page)
    page.goto(_manage_link(site, EMAIL))
    expect(page.get_by_text("L'Opcommerce")).to_be_visible()
    offer_id = _offer_id(page)

    _everyone_was_told(site)
    _partners_read(site, offer_id)
    second_id = _add_another(site, page)
    _edit_and_extend(site, page, second_id)
    _close_as_filled(site, page, second_id)
    _time_passes(site, page, offer_id)


def _deposit(site: Site, page: Page) -> None:
    page.goto(site.url + "/")
    _fill(page)
    expect(page.get_by_text("NATURALIA FRANCE")).to_be_visible()
    page.get_by_label("Faire connaître mon besoin aux CFA").check(force=True)
    page.get_by_role("button", name="Déposer mon besoin").click()
    confirmation = page.get_by_role("main")
    expect(confirmation).to_contain_text("Boulanger / Boulangère")
    last_day = re.compile(r"En ligne jusqu’au \S+\s\d+(er)?\s\S+\s20\d\d")
    expect(confirmation).to_contain_text(last_day)


def _everyone_was_told(site: Site) -> None:
    opco = site.mail("opco-opcommerce@example.org", "NATURALIA")
    assert "01 99 00 12 34" in opco["text"]
    centres = eventually(lambda: site.mails("cfa-", "Boulanger"))
    assert 1 <= len(centres) <= 10
    assert "gerer.html" not in opco["text"] + centres[0]["text"]


def _partners_read(site: Site, offer_id: str) -> None:
    (published,) = eventually(lambda: site.changes(offer_id))
    assert published["offer"]["workplace"]["siret"] == NATURALIA.replace(" ", "")
    assert EMAIL not in str(published)
    assert eventually(lambda: site.live().get(offer_id))["title"] == "Boulanger / Boulangère"


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


def _edit_and_extend(site: Site, page: Page, offer_id: str) -> None:
    card = page.locator(f"#offre-{offer_id}")
    card.get_by_role("button", name="Modifier").click()
    form = page.get_by_role("form", name=re.compile("Modifier l’offre"))
    form.get_by_text("Préciser le besoin").click()
    form.get_by_label("Nombre de postes").select_option("2")
    form.get_by_role("button", name="Enregistrer les modifications").click()
    expect(card).to_contain_text("Offre modifiée")
    eventually(lambda: site.live()[offer_id]["openings"] == 2)
    card.get_by_role("button", name="Prolonger pour 4 semaines").click()
    expect(card).to_contain_text("Offre prolongée")


def _close_as_filled(site: Site, page: Page, offer_id: str) -> None:
    card = page.locator(f"#offre-{offer_id}")
    card.get_by_role("button", name="Le poste est pourvu").click()
    card.get_by_label("J’ai pourvu l’offre grâce à ce service").check(force=True)
    card.get_by_role("button", name="Oui, le poste est pourvu").click()
    expect(card).to_contain_text("Pourvue")
    assert eventually(lambda: _tombstone(site, offer_id))["reason"] == "filled"
    eventually(lambda: offer_id not in site.live())


def _time_passes(site: Site, page: Page, offer_id: str) -> None:
    """One reminder at seven days, the end at twenty-eight, whatever the number of runs."""
    now = datetime.now(UTC)
    assert site.sweep(now)["reminded"] == 0
    assert site.sweep(now + timedelta(days=22))["reminded"] == 1
    assert site.sweep(now + timedelta(days=22))["reminded"] == 0
    assert "action=prolonger" in site.mail(EMAIL, "se termine bientôt")["text"]
    assert site.sweep(now + timedelta(days=30))["expired"] == 1
    assert eventually(lambda: _tombstone(site, offer_id))["reason"] == "expired"
    page.reload()
    expect(page.locator(f"#offre-{offer_id}")).to_contain_text("Expirée")


def _tombstone(site: Site, offer_id: str) -> dict[str, str] | None:
    last = site.changes(offer_id)[-1]
    return last if last["op"] == "tombstone" else None


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(
    site: Site, page: Page
) -> None:
    page.goto(site.url + "/")
    _fill(page, siret="123 456 789 00003", email="jeanne@")
    page.get_by_role("button", name="Déposer mon besoin").click()

    expect(page.get_by_role("main")).to_contain_text("points à corriger")
    expect(page.locator("#siret")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#siret-messages")).not_to_be_empty()
    expect(page.locator("#contact-email-messages")).not_to_be_empty()
    expect(page.get_by_label("Prénom et nom")).to_have_value("Jeanne Martin")
    assert site.mails("jeanne@") == []


def test_the_button_of_a_reminder_opens_the_page_and_only_a_click_there_extends(
    site: Site, page: Page
) -> None:
    email = "rappel@example.org"
    page.goto(site.url + "/")
    _fill(page, siret="00009002700012", email=email)
    page.get_by_role("button", name="Déposer mon besoin").click()
    site.mail(email)
    site.sweep(datetime.now(UTC) + timedelta(days=22))
    reminder = site.mail(email, "se termine bientôt")
    button = re.search(r"http://\S+action=prolonger\S+", reminder["text"])
    assert button

    page.goto(button.group())
    confirm = page.get_by_role("button", name="Oui, prolonger pour 4 semaines")
    expect(confirm).to_be_visible()
    token = button.group().partition("#")[2]
    before = site.api("GET", "/manage", Authorization=f"Bearer {token}").json()["offers"][0]
    confirm.click()
    expect(page.get_by_text("Offre prolongée")).to_be_visible()
    after = site.api("GET", "/manage", Authorization=f"Bearer {token}").json()["offers"][0]
    assert after["version"] == before["version"] + 1


def test_a_firm_is_found_by_its_name_and_its_town(site: Site, page: Page) -> None:
    page.goto(site.url + "/")
    page.get_by_text("Je ne connais pas mon SIRET").click()
    page.get_by_label("Nom de l’entreprise").fill("petit fournil")
    page.get_by_label("Ville ou code postal").fill("Périgueux")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("button", name="LE PETIT FOURNIL FICTIF").click()

    expect(page.get_by_label("Numéro SIRET")).to_have_value("000 090 126 00020")
    expect(page.locator("#siret-messages")).to_contain_text("24000 PERIGUEUX")


def test_a_directory_that_does_not_answer_never_stops_a_deposit(site: Site, page: Page) -> None:
    page.goto(site.url + "/")
    _fill(page, siret="00009903600014", email="panne@example.org")  # the stand-in answers 500
    expect(page.get_by_text("L’annuaire des entreprises ne répond pas")).to_be_visible()
    page.get_by_role("button", name="Déposer mon besoin").click()
    expect(page.get_by_role("main")).to_contain_text("Boulanger / Boulangère")
    assert "Votre SIRET reste à vérifier" in site.mail("panne@example.org")["text"]
    assert site.mail("opco-inconnu@example.org", "00009903600014")


def test_while_the_first_directory_is_down_the_second_is_asked(site: Site) -> None:
    fault = f"{site.facts['standin']}/_faults"
    down = {"fault": "error", "service": "companies"}
    requests.post(fault, json=down, timeout=5).raise_for_status()
    try:
        firm = site.api("GET", "/companies/55204944776279").json()
    finally:
        requests.post(fault, json={**down, "fault": None}, timeout=5).raise_for_status()

    assert firm["legal_name"] == "SOCIETE NATIONALE SNCF"


def test_a_firm_the_directory_comes_to_know_is_completed_everywhere(site: Site) -> None:
    siret, email = "00009004300019", "retour@example.org"  # no other test asks about it
    fault = f"{site.facts['standin']}/_faults"
    requests.post(fault, json={"fault": "error"}, timeout=5).raise_for_status()
    try:
        receipt = site.deposit(siret, email)
        assert receipt["verification"] == "to_verify"
    finally:
        requests.post(fault, json={"fault": None}, timeout=5).raise_for_status()
    (offer,) = receipt["offers"]

    assert site.sweep(datetime.now(UTC) + timedelta(minutes=16))["verified"] == 1

    assert "GARAGE FICTIF DU PUY" in site.mail(email, "SIRET est vérifié")["text"]
    named = eventually(
        lambda: (site.live().get(offer["id"]) or {"workplace": {}})["workplace"].get("name")
    )
    assert named == "GARAGE FICTIF DU PUY"
