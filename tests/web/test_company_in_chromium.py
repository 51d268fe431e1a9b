"""The SIRET field in Chromium: a SIREN, a name, a closed shop, an outage; by hand and by keys."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.web.played import ORIGIN, Drive


SIREN = "000 090 126"
SHOP = "000 090 126 00020"
CLOSED = "000 090 126 00046"
SCHOOL = "000 090 134 00016"
TOWN = "000 090 142 00019"
NO_ANSWER = "000 099 036 00014"
FIELD = "Numéro SIRET"


def _choice(siret: str, name: str, town: str, *, active: bool = True) -> dict[str, Any]:
    address = f"12 RUE DE L'APPRENTISSAGE {town}"
    return {"siret": siret.replace(" ", ""), "name": name, "address": address, "active": active}


CHOICES = [
    _choice("000 090 126 00012", "BOULANGERIES FICTIVES REUNIES", "24000 PERIGUEUX"),
    _choice(SHOP, "LE PETIT FOURNIL FICTIF", "24000 PERIGUEUX"),
    _choice(CLOSED, "BOULANGERIES FICTIVES REUNIES", "35000 RENNES", active=False),
]


@dataclass
class Api:
    """Answers for companies, and remembers what it was asked."""

    more: bool = False
    answered: bool = True
    open_elsewhere: bool = True
    asked: list[str] = field(default_factory=list)

    def reply(self, _method: str, url: str, _body: Any) -> tuple[int, Any]:
        parts = urlsplit(url)
        path, query = parts.path.removeprefix("/api/companies"), parse_qs(parts.query)
        self.asked.append(path.lstrip("/") or query["q"][0])
        if not path:
            none = not self.answered or not self.open_elsewhere or query["q"] == ["rien"]
            found = [] if none else CHOICES
            return 200, {"answered": self.answered, "choices": found, "more": self.more}
        siret = path.lstrip("/")
        if siret == CLOSED.replace(" ", ""):
            error = {"field": "siret", "code": "closed_company", "message": "Cet établissement est"}
            error |= {"message": "Cet établissement est fermé.", "remedy": "Indiquez l’ouvert."}
            return 422, {"code": "invalid", "detail": "Corrigez.", "errors": [error]}
        if siret == NO_ANSWER.replace(" ", ""):
            return 200, {"siret": siret, "verification": "to_verify"}
        natures = {SCHOOL[:11]: "teaching", TOWN[:11]: "public"}
        nature = next(
            (n for key, n in natures.items() if siret[:9] == key.replace(" ", "")), "firm"
        )
        firm = {"name": "FIRME FICTIVE", "legal_name": "FICTIVE", "address": {"label": "24000 ICI"}}
        return 200, {"siret": siret, "verification": "verified", "nature": nature, **firm}


Journey = Callable[[Page, Api], None]


@pytest.fixture(scope="session")
def drive(play: Callable[..., None]) -> Drive:
    """Run a journey that begins at the form."""

    def run(journey: Journey, **given: Any) -> None:
        api = Api(**given)

        def visit(page: Page) -> None:
            page.goto(f"{ORIGIN}/")
            journey(page, api)

        play(visit, api)

    return run


def test_a_siren_typed_offers_its_establishments_on_demand(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.get_by_label(FIELD).press_sequentially(SIREN)
        expect(page.locator("#siret-messages")).to_contain_text("C’est un SIREN")
        assert api.asked == []
        page.get_by_role("button", name="Voir ses établissements").click()
        expect(page.locator("#company-choices")).to_contain_text("2 établissements ouverts")
        expect(page.locator("#company-choices-title")).to_be_focused()
        page.get_by_role("button", name="LE PETIT FOURNIL").click()
        expect(page.get_by_label(FIELD)).to_have_value(SHOP)
        expect(page.locator("#siret-messages")).to_contain_text("FIRME FICTIVE")
        expect(page.locator("#company-choices")).to_be_empty()
        assert api.asked == ["000090126", SHOP.replace(" ", "")]

    drive(journey)


def test_a_siret_typed_in_one_go_never_speaks_of_a_siren(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.clock.install()
        page.get_by_label(FIELD).press_sequentially(SHOP)
        expect(page.locator("#siret-messages")).to_contain_text("FIRME FICTIVE")
        page.clock.run_for(2_000)
        expect(page.locator("#siret-messages")).not_to_contain_text("SIREN")
        assert api.asked == [SHOP.replace(" ", "")]

    drive(journey)


def test_with_keys_alone_a_siren_becomes_a_siret(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.clock.install()
        page.get_by_label(FIELD).press_sequentially(SIREN)
        page.keyboard.press("Enter")
        expect(page.locator("#company-choices-title")).to_be_focused()
        page.clock.run_for(2_000)  # what a SIREN alone would bring does not take their place
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_label(FIELD)).to_have_value(SHOP)

    drive(journey)


def test_a_firm_is_found_by_name_and_town_without_sending_the_form(
    drive: Drive,
) -> None:
    def journey(page: Page, api: Api) -> None:
        page.get_by_text("Je ne connais pas mon SIRET").click()
        page.get_by_label("Nom de l’entreprise").press_sequentially("fournil")
        page.get_by_label("Ville ou code postal").fill("Périgueux")
        assert api.asked == []
        page.keyboard.press("Enter")
        found = page.locator("#finder-choices")
        expect(found).to_contain_text("2 établissements ouverts")
        expect(found.get_by_role("button")).to_have_count(2)
        expect(found).to_contain_text("Fermé")
        assert api.asked == ["fournil"]
        found.get_by_role("button", name="LE PETIT FOURNIL").click()
        expect(page.get_by_label(FIELD)).to_have_value(SHOP)
        expect(page.locator("#finder")).not_to_have_attribute("open", "")
        expect(page.locator("#summary")).to_be_empty()

    drive(journey)


def test_what_was_looked_for_is_still_there_after_a_reload(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.get_by_text("Je ne connais pas mon SIRET").click()
        page.get_by_label("Nom de l’entreprise").fill("fournil")
        page.get_by_label("Ville ou code postal").fill("Périgueux")
        page.reload()
        expect(page.get_by_label("Nom de l’entreprise")).to_have_value("fournil")
        expect(page.get_by_label("Ville ou code postal")).to_be_visible()

    drive(journey)


@pytest.mark.parametrize(
    ("looked_for", "said"),
    [("ab", "Trois lettres au moins"), ("rien", "Aucun établissement ouvert")],
)
def test_a_search_that_finds_nothing_says_what_to_do(
    drive: Drive, looked_for: str, said: str
) -> None:
    def journey(page: Page, _: Api) -> None:
        page.get_by_text("Je ne connais pas mon SIRET").click()
        page.get_by_label("Nom de l’entreprise").fill(looked_for)
        page.get_by_role("button", name="Chercher").click()
        expect(page.locator("#finder")).to_contain_text(said)
        expect(page.get_by_label("Nom de l’entreprise")).to_have_value(looked_for)

    drive(journey)


def test_a_closed_establishment_offers_the_open_ones(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.get_by_label(FIELD).fill(CLOSED)
        expect(page.locator("#siret-messages")).to_contain_text("est fermé")
        expect(page.locator("#siret-messages")).to_contain_text("Choisissez ci-dessous")
        page.locator("#company-choices").get_by_role("button", name="LE PETIT FOURNIL").click()
        expect(page.locator("#siret-messages")).to_contain_text("FIRME FICTIVE")
        expect(page.get_by_label(FIELD)).not_to_have_attribute("aria-invalid", "true")

    drive(journey)


def test_a_firm_all_closed_is_said_to_be_so(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.get_by_label(FIELD).fill(CLOSED)
        said = page.locator("#company-choices")
        expect(said).to_contain_text("Aucun établissement ouvert de cette entreprise")
        expect(page.locator("#siret-messages")).to_contain_text("est fermé")

    drive(journey, open_elsewhere=False)


@pytest.mark.parametrize(
    ("siret", "said"), [(SCHOOL, "organisme de formation"), (TOWN, "ne dépend d’aucun OPCO")]
)
def test_who_is_no_firm_like_others_is_told_and_not_stopped(
    drive: Drive, siret: str, said: str
) -> None:
    def journey(page: Page, _: Api) -> None:
        page.get_by_label(FIELD).fill(siret)
        expect(page.locator("#company-notice")).to_contain_text(said)
        expect(page.get_by_label(FIELD)).not_to_have_attribute("aria-invalid", "true")
        page.get_by_label(FIELD).fill(SHOP)
        expect(page.locator("#siret-messages")).to_contain_text("FIRME FICTIVE")
        expect(page.locator("#company-notice")).to_be_empty()

    drive(journey)


def test_a_firm_too_large_to_show_is_narrowed_by_a_town(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.get_by_label(FIELD).press_sequentially(SIREN)
        page.keyboard.press("Enter")
        expect(page.locator("#company-choices")).to_contain_text("il y en a d’autres")
        page.get_by_role("button", name="Préciser la ville").click()
        expect(page.get_by_label("Nom de l’entreprise")).to_have_value("000090126")
        expect(page.get_by_label("Ville ou code postal")).to_be_focused()

    drive(journey, more=True)


def test_an_outage_never_stops_and_keeps_what_was_typed(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.get_by_label(FIELD).fill(NO_ANSWER)
        expect(page.locator("#siret-messages")).to_contain_text("Vous pouvez continuer")
        page.get_by_label(FIELD).fill("")
        page.get_by_label(FIELD).press_sequentially(SIREN)
        page.keyboard.press("Enter")
        expect(page.locator("#siret-messages")).to_contain_text("vous pouvez continuer avec")
        expect(page.get_by_label(FIELD)).to_have_value(SIREN)
        page.get_by_text("Je ne connais pas mon SIRET").click()
        page.get_by_label("Nom de l’entreprise").fill("fournil")
        page.get_by_role("button", name="Chercher").click()
        expect(page.locator("#find-q-messages")).to_contain_text("Réessayez dans un moment")

    drive(journey, answered=False)
