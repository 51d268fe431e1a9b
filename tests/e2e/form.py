"""The deposit form, as a person fills it."""

import re

from playwright.sync_api import Page, expect


def fill(page: Page, *, siret: str, email: str) -> None:
    """Type all that a deposit needs."""
    page.get_by_label("Numéro SIRET").fill(siret)
    fill_the_rest(page, email)


def fill_the_rest(page: Page, email: str) -> None:
    """A baker is sought, and here is whom to call; the firm is known already."""
    page.get_by_role("combobox", name="Métier recherché").press_sequentially("boulang")
    page.get_by_role("option", name="Boulanger / Boulangère", exact=True).click()
    page.get_by_label("Prénom et nom").fill("Jeanne Martin")
    page.get_by_label("Téléphone").fill("01 99 00 12 34")
    page.get_by_label("Adresse e-mail").fill(email)


def find(page: Page, name: str, town: str) -> None:
    """Look for a firm by its name."""
    page.get_by_text("Je ne connais pas mon SIRET").click()
    page.get_by_label("Nom de l’entreprise").fill(name)
    page.get_by_label("Ville ou code postal").fill(town)
    page.get_by_role("button", name="Chercher").click()


def send(page: Page) -> None:
    page.get_by_role("button", name="Déposer mon besoin").click()


def see_it_deposited(page: Page, firm: str) -> None:
    confirmation = page.get_by_role("main")
    expect(confirmation).to_contain_text(re.compile(rf"Boulanger / Boulangère\s+pour {firm}"))
