"""A training centre deposits for two firms by a file; both are told, one takes its offer back."""

import pytest
from playwright.sync_api import Page, expect

from depot.domain.deposit.deposit_file import COLUMNS
from tests.e2e.site import Site, eventually
from tests.ticks import tick
from tests.unit.domain.deposit.test_deposit_file import written


pytestmark = pytest.mark.emulator

BAKERY, HAIRDRESSER = "000 090 019 00019", "000090027-00012"
CENTRE = "000 090 134 00016"
CENTRE_EMAIL = "claire.roux@example.com"
BAKER_EMAIL, HAIRDRESSER_EMAIL = "four.partenaire@example.org", "salon.partenaire@example.org"


def _file() -> bytes:
    lines = [
        (BAKERY, "Boulanger", "Jeanne Martin", BAKER_EMAIL, "01 99 00 12 34", "", "CAP"),
        (HAIRDRESSER, "coiffeuse", "Paul Petit", HAIRDRESSER_EMAIL, "01 99 00 56 78", "", ""),
    ]
    rows = [[*line, *[""] * (len(COLUMNS) - len(line))] for line in lines]
    return written([list(COLUMNS), *rows], encoding="cp1252")


def test_a_centre_deposits_for_two_firms_by_a_file_and_one_of_them_takes_its_offer_back(
    site: Site, page: Page
) -> None:
    page.goto(site.url + "/")
    page.get_by_role("link", name="Vous déposez pour des entreprises partenaires").click()
    _say_who(page)
    _deposit(page)

    sent = "Vérifier ce qui est publié"
    eventually(lambda: len(site.mails(CENTRE_EMAIL, "Gérer mes offres")) >= 2)
    assert "CFA de la route" in site.mail(HAIRDRESSER_EMAIL, sent)["subject"]
    offer_id = _published(site, "LE FOURNIL FICTIF")
    _take_back(page, site.link(BAKER_EMAIL, sent))

    assert eventually(lambda: offer_id not in site.live())
    assert site.withdrawn(offer_id) == "removed"
    assert "a retiré" in site.mail(CENTRE_EMAIL, "vient de la retirer")["subject"]
    page.goto(site.link(CENTRE_EMAIL, "Gérer mes offres"))
    expect(page.get_by_text("L’entreprise a retiré cette offre")).to_be_visible()
    _send_again(page, site)


def _say_who(page: Page) -> None:
    page.get_by_label("Vous êtes").select_option("cfa")
    page.get_by_label("Nom de votre organisme").fill("CFA de la route (fictif)")
    page.get_by_label("Numéro SIRET de votre organisme").fill(CENTRE)
    page.get_by_label("Votre prénom et nom").fill("Claire Roux")
    page.get_by_label("Votre téléphone").fill("05 53 00 00 01")
    page.get_by_label("Votre adresse e-mail").fill(CENTRE_EMAIL)


def _read(page: Page) -> None:
    page.get_by_text("Par un fichier, jusqu’à 200 besoins").click()
    file = {"name": "besoins.csv", "mimeType": "text/csv", "buffer": _file()}
    page.get_by_label("Votre fichier CSV").set_input_files(file)
    page.get_by_role("button", name="Relire le fichier").click()


def _deposit(page: Page) -> None:
    _read(page)
    lines = page.locator("#preview-lines")
    expect(lines).to_contain_text("LE FOURNIL FICTIF")
    expect(lines).to_contain_text("Coiffeur / Coiffeuse")
    deposit = page.get_by_role("button", name="Déposer ces besoins")
    expect(deposit).to_be_visible()  # each line has been read
    for box in page.locator("#preview-lines input").all():  # other tests deposit for this bakery
        tick(box)
    deposit.click()
    expect(page.locator("#deposit-place")).to_contain_text("2 besoins déposés")


def _published(site: Site, firm: str) -> str:
    """The id of the offer of a firm that says who deposited it."""
    said = {"role": "cfa", "organisation": "CFA de la route (fictif)"}
    found = eventually(
        lambda: [
            offer_id
            for offer_id, record in site.live().items()
            if record["depositor"] == said and record["workplace"]["name"] == firm
        ]
    )
    return found[0]


def _take_back(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_text("CFA de la route (fictif)").first).to_be_visible()
    page.get_by_role("button", name="Retirer l’offre", exact=True).click()
    page.get_by_role("button", name="Oui, retirer l’offre").click()
    expect(page.get_by_text("L’offre est retirée")).to_be_visible()


def _send_again(page: Page, site: Site) -> None:
    """From the start: who deposits is still there; what is live is asked about."""
    page.goto(site.url + "/partenaires.html")
    expect(page.get_by_label("Nom de votre organisme")).to_have_value("CFA de la route (fictif)")
    _read(page)
    expect(page.locator("#preview-lines")).to_contain_text("Déjà en ligne")
