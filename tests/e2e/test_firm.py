"""The firm of a need: found, named by its owner, hidden, or in a directory that is down."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.e2e.form import fill, fill_the_rest, find, see_it_deposited, send
from tests.e2e.site import Site, eventually


pytestmark = pytest.mark.emulator

SHOP = "000 090 126 00020"
HIDDEN = "000 090 118 00019"


def _published(site: Site, siret: str, name: str, *, openings: int = 1) -> dict[str, Any]:
    """Give where the work is, once the live offer of a firm says this of it."""
    firm = {"siret": siret.replace(" ", ""), "name": name}

    def look() -> dict[str, Any] | None:
        said = [o["workplace"] for o in site.live().values() if o["openings"] == openings]
        return next((place for place in said if firm.items() <= place.items()), None)

    return eventually(look)


def test_a_shop_is_found_and_named_by_its_owner_and_its_need_is_not_deposited_twice(
    site: Site, page: Page
) -> None:
    owner, partner = "proprietaire@example.org", "associe@example.org"
    page.goto(site.url + "/")
    find(page, "petit fournil", "Périgueux")
    page.get_by_role("button", name="LE PETIT FOURNIL FICTIF").click()
    expect(page.get_by_label("Numéro SIRET")).to_have_value(SHOP)
    expect(page.locator("#siret-messages")).to_contain_text("24000 PERIGUEUX")
    page.get_by_text("Corriger le nom ou l’adresse").click()
    page.get_by_label("Nom de l’enseigne").fill("Chez Jeanne")
    fill_the_rest(page, owner)
    send(page)
    see_it_deposited(page, "Chez Jeanne")
    assert _published(site, SHOP, "Chez Jeanne")["postcode"] == "24000"

    page.goto(site.url + "/")
    fill(page, siret=SHOP, email=partner)
    send(page)
    page.get_by_role("button", name="Gérer l’offre existante").click()
    expect(page.get_by_role("group", name="Le lien part par e-mail")).to_be_visible()
    page.goto(site.link(owner, "Ajouter un poste"))
    page.get_by_role("button", name="Oui, ajouter un poste").click()
    expect(page.get_by_text("Un poste ajouté")).to_be_visible()

    assert _published(site, SHOP, "Chez Jeanne", openings=2)
    assert site.mails(partner) == []


def test_a_firm_that_hides_is_shown_by_the_words_of_its_depositor_alone(
    site: Site, page: Page
) -> None:
    email = "discret@example.org"
    page.goto(site.url + "/")
    fill(page, siret=HIDDEN, email=email)
    expect(page.get_by_text("Nom et adresse à publier")).to_be_visible()
    send(page)
    expect(page.get_by_text("2 points à corriger")).to_be_visible()
    page.get_by_label("Nom de l’enseigne").fill("Dupont Plomberie")
    address = page.get_by_role("group", name="Adresse de l’établissement")
    address.get_by_label("Numéro et voie").fill("4 rue des Gras")
    address.get_by_label("Code postal").press_sequentially("63000")
    expect(address.get_by_label("Commune")).to_have_value("Clermont-Ferrand")
    send(page)
    see_it_deposited(page, "Dupont Plomberie")

    published = _published(site, HIDDEN, "Dupont Plomberie")
    assert published["address"] == "4 rue des Gras 63000 Clermont-Ferrand"
    assert published["legal_name"] is None
    assert site.mail("opco-constructys@example.org", "Dupont Plomberie")

    page.goto(site.link(email, "Gérer mes offres"))
    page.get_by_role("button", name="Corriger le nom ou l’adresse").click()
    page.get_by_label("Nom de l’enseigne").fill("Dupont et fille")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("C’est enregistré")).to_be_visible()
    assert _published(site, HIDDEN, "Dupont et fille")["city"] == "Clermont-Ferrand"


def test_a_directory_that_does_not_answer_never_stops_a_deposit(site: Site, page: Page) -> None:
    page.goto(site.url + "/")
    fill(page, siret="00009903600014", email="panne@example.org")  # the stand-in answers 500
    expect(page.get_by_text("L’annuaire des entreprises ne répond pas")).to_be_visible()
    send(page)
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
